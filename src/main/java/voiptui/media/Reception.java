package voiptui.media;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.FrameResampler;
import voiptui.event.EventBus;
import voiptui.event.VoiceEvent;
import voiptui.event.VoiceEvent.Replay.Phase;
import voiptui.voice.Replay;
import voiptui.voice.StreamHistory;
import voiptui.voice.VoiceReceiver;

/**
 * What is played of one stream: the live audio of its receiver, or a replay in its place; and the conversion to the format of the
 * devices.
 *
 * <p>Owned by the playout thread, apart from the requests. Per frame nothing is allocated; while a replay is running, it is reported
 * {@value #REPORTS_PER_SECOND} times a second.
 */
final class Reception {

    private static final int REPORTS_PER_SECOND = 4;

    private final VoiceReceiver receiver;
    private final StreamHistory history;
    private final Replay replay;
    private final EventBus bus;
    private final @Nullable FrameResampler resampler;
    private final short[] pulled;

    private final AtomicInteger steps = new AtomicInteger();
    private volatile boolean liveRequested;
    private boolean replaying;
    private final int samplesPerReport;
    private int samplesSinceReport;

    /** Creates what plays {@code media} on devices of that format. Allocates. */
    Reception(NegotiatedMedia media, PcmFormat devices, EventBus bus) {
        PcmFormat decoded = PcmFormat.atRate(media.receiver().rateHz());
        this.receiver = media.receiver();
        this.history = media.history();
        this.replay = new Replay(history, decoded.frameSamples());
        this.bus = bus;
        this.resampler = decoded.equals(devices) ? null : new FrameResampler(decoded, devices);
        this.pulled = new short[decoded.frameSamples()];
        this.samplesPerReport = decoded.sampleRateHz() / REPORTS_PER_SECOND;
    }

    /** Returns the receiver of the live audio. */
    VoiceReceiver receiver() {
        return receiver;
    }

    /** Replays with the next frame, or goes further back. Any thread. */
    void sayAgain() {
        steps.incrementAndGet();
    }

    /** Returns to the live audio with the next frame. Any thread. */
    void backToLive() {
        liveRequested = true;
    }

    /** Returns whether half frames can be pulled: not where their rate is converted. */
    boolean hasHalfFrames() {
        return resampler == null;
    }

    /** Fills a frame of the devices, or half of one; returns whether something is being received live. */
    boolean pull(short[] frame, long nowNs) {
        short[] audio = resampler == null ? frame : pulled;
        long liveTime = receiver.time();
        boolean receiving = receiver.pull(audio, nowNs);
        for (int left = steps.getAndSet(0); left > 0; left--) {
            begin(liveTime, nowNs);
        }
        if (liveRequested) {
            liveRequested = false;
            replay.backToLive();
        }
        replay.pull(audio, liveTime, nowNs);
        report(audio.length);
        if (resampler != null) {
            resampler.convert(pulled, frame);
        }
        return receiving;
    }

    private void begin(long liveTime, long nowNs) {
        replaying = replay.sayAgain(liveTime, history.roundTripMs().getAsDouble(), history.heals(), nowNs);
        samplesSinceReport = 0;
        if (replaying) {
            bus.publish(new VoiceEvent.Replay(Phase.STARTED, replay.behindMs(), replay.missing(), history.heals()));
        } else {
            bus.publish(new VoiceEvent.Replay(Phase.NOTHING, 0, 0, history.heals()));
        }
    }

    private void report(int samples) {
        if (!replaying) {
            return;
        }
        replaying = replay.isRunning();
        if (!replaying) {
            bus.publish(new VoiceEvent.ReplayProgress(0, 0, 0));
            bus.publish(new VoiceEvent.Replay(Phase.ENDED, 0, replay.missed(), history.heals()));
            return;
        }
        samplesSinceReport += samples;
        if (samplesSinceReport >= samplesPerReport) {
            samplesSinceReport = 0;
            bus.publish(new VoiceEvent.ReplayProgress(replay.behindMs(), replay.liveInMs(), replay.missing()));
        }
    }
}
