package voiptui.media;

import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.event.VoiceEvent;
import voiptui.voice.SendSettings;

/** Publishes the statistics of a call twice a second, and its summary at the end. Owned by the call thread. */
final class MediaStats {

    private static final long INTERVAL_MS = 500;

    private final MediaConfig config;
    private final Counters counters;
    private final SendPipeline send;
    private final ReceivePipeline receive;
    private final PlayoutPipeline playout;
    private final QualityMeter quality;
    private final EventBus bus;
    private long sentBytes;
    private long receivedBytes;
    private long ratesMs;
    private long nextMs;

    MediaStats(
            MediaConfig config,
            Counters counters,
            SendPipeline send,
            ReceivePipeline receive,
            PlayoutPipeline playout,
            QualityMeter quality,
            EventBus bus) {
        this.config = config;
        this.counters = counters;
        this.send = send;
        this.receive = receive;
        this.playout = playout;
        this.quality = quality;
        this.bus = bus;
    }

    /**
     * Publishes the statistics if they are due.
     *
     * @param nowMs milliseconds on a monotonic clock
     */
    void onTick(long nowMs) {
        if (nowMs < nextMs) {
            return;
        }
        nextMs = nowMs + INTERVAL_MS;
        bus.publish(new CallEvent.PlayoutDelay(
                playout.delayMs(),
                playout.targetMs(),
                config.delay().minMs(),
                config.delay().maxMs()));
        bus.publish(new CallEvent.NetworkStats(
                counters.get(Counter.PACKETS_SENT),
                counters.get(Counter.PACKETS_RECEIVED),
                counters.get(Counter.PACKETS_LOST),
                counters.get(Counter.PACKETS_LATE),
                counters.get(Counter.PACKETS_DUPLICATE),
                counters.get(Counter.PACKETS_REORDERED),
                counters.get(Counter.PACKETS_DISCARDED),
                receive.jitterMs(),
                counters.get(Counter.CONCEALED_MS)));
        quality.update();
        if (quality.quality() != null) {
            bus.publish(quality.quality());
        }
        bus.publish(quality.delay());
        publishRates(nowMs);
        bus.publish(new CallEvent.Totals(counters.snapshot(Counter.Side.CALL)));
    }

    private void publishRates(long nowMs) {
        double seconds = (nowMs - ratesMs) / 1000.0;
        long sent = counters.get(Counter.SENT_BYTES);
        long received = counters.get(Counter.RECEIVED_BYTES);
        SendSettings settings = send.settings();
        if (ratesMs > 0) {
            bus.publish(new VoiceEvent.VoiceRates(
                    kbps(sent - sentBytes, seconds),
                    kbps(received - receivedBytes, seconds),
                    settings == null ? 0 : settings.encoder().bitRateBps() / 1000.0,
                    settings == null ? List.of() : settings.copies(),
                    settings == null ? 0 : settings.encoder().dredMs(),
                    settings != null && settings.encoder().inBandFec(),
                    settings != null && settings.retransmissions()));
        }
        ratesMs = nowMs;
        sentBytes = sent;
        receivedBytes = received;
    }

    private static double kbps(long bytes, double seconds) {
        return bytes * Byte.SIZE / 1000.0 / seconds;
    }

    /**
     * Returns the summary of the call.
     *
     * @param state the state in which the call ended
     * @param durationMs how long the call was connected, in milliseconds
     * @param relayRttMs last round trip to the relay, in milliseconds; null when none was measured
     * @param codec name of the codec; empty when none was negotiated
     */
    CallEvent.Summary summary(
            CallState state, EndReason reason, long durationMs, @Nullable Double relayRttMs, String codec) {
        return new CallEvent.Summary(
                state,
                reason,
                durationMs,
                counters.get(Counter.PACKETS_SENT),
                counters.get(Counter.PACKETS_RECEIVED),
                counters.get(Counter.PACKETS_LOST),
                counters.get(Counter.PACKETS_LATE),
                counters.get(Counter.PACKETS_DUPLICATE),
                counters.get(Counter.PACKETS_REORDERED),
                counters.get(Counter.PACKETS_DISCARDED),
                counters.get(Counter.CONCEALED_MS),
                receive.jitterMs(),
                playout.meanDelayMs(),
                relayRttMs,
                codec,
                send.peakDbfs());
    }
}
