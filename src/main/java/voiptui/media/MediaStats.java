package voiptui.media;

import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EndReason;
import voiptui.event.EventBus;

/** The numbers of a call: told twice a second, and summed up at the end. Owned by the call thread. */
final class MediaStats {

    private static final long INTERVAL_MS = 500;

    private final MediaConfig settings;
    private final Counters counters;
    private final SendPipeline send;
    private final ReceivePipeline receive;
    private final PlayoutPipeline playout;
    private final EventBus bus;
    private long nextMs;

    MediaStats(
            MediaConfig settings,
            Counters counters,
            SendPipeline send,
            ReceivePipeline receive,
            PlayoutPipeline playout,
            EventBus bus) {
        this.settings = settings;
        this.counters = counters;
        this.send = send;
        this.receive = receive;
        this.playout = playout;
        this.bus = bus;
    }

    /** Tells how things are, if it is time to. */
    void onTick(long nowMs) {
        if (nowMs < nextMs) {
            return;
        }
        nextMs = nowMs + INTERVAL_MS;
        int depthFrames = playout.depthFrames();
        bus.publish(new CallEvent.JitterBufferFill(
                depthFrames,
                depthFrames * MediaConfig.FRAME_MS,
                settings.prefillFrames() * MediaConfig.FRAME_MS,
                settings.jitterBufferFrames()));
        bus.publish(new CallEvent.NetworkStats(
                counters.get(Counter.PACKETS_SENT),
                counters.get(Counter.PACKETS_RECEIVED),
                counters.get(Counter.PACKETS_LOST),
                counters.get(Counter.PACKETS_LATE),
                counters.get(Counter.PACKETS_DUPLICATE),
                counters.get(Counter.PACKETS_REORDERED),
                counters.get(Counter.PACKETS_DISCARDED),
                receive.jitterMs(),
                concealedMs()));
        bus.publish(new CallEvent.Totals(counters.snapshot(Counter.Side.CALL)));
    }

    private long concealedMs() {
        return counters.get(Counter.FRAMES_CONCEALED) * MediaConfig.FRAME_MS;
    }

    /**
     * What is left to say when it is over.
     *
     * @param state that in which the call ended
     * @param relayRttMs the last round trip to the relay, or {@code null}
     * @param codec how sound was coded
     */
    CallEvent.Summary summary(CallState state, EndReason reason, long durationMs, Double relayRttMs, String codec) {
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
                concealedMs(),
                receive.jitterMs(),
                playout.meanDepthFrames() * MediaConfig.FRAME_MS,
                relayRttMs,
                codec,
                send.peakDbfs());
    }
}
