package voiptui.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.FramePacer;
import voiptui.audio.NullSink;
import voiptui.audio.PcmFormat;
import voiptui.audio.SilenceDetector;
import voiptui.audio.SilenceSource;
import voiptui.call.AudioPort;
import voiptui.call.CallConfig;
import voiptui.call.CallSession;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;
import voiptui.net.UdpTransport;
import voiptui.relay.Relay;
import voiptui.relay.RelayConfig;
import voiptui.time.NanoClock;

/**
 * A call from a speaker to a listener through a relay, all real and all on this machine's loopback address.
 *
 * <p>The speaker waits until both hear each other, says its piece and hangs up. Blocks its caller for the length of the
 * call.
 */
public final class DemoCall {

    /** The format of the call. */
    public static final PcmFormat FORMAT = CallConfig.CLASSIC_FORMAT;

    private static final long CONNECT_TIMEOUT_MS = 5000;
    private static final long HANG_UP_TIMEOUT_MS = 10_000;
    /** Speech, connecting and room for a slow machine. */
    private static final int MAX_SAMPLES = 60 * FORMAT.sampleRateHz();

    private final NanoClock clock = NanoClock.SYSTEM;

    /**
     * What came of the call.
     *
     * @param relayControl where the relay listened (TCP)
     * @param relayMedia where the relay listened (UDP)
     * @param speaker the speaker's summary
     * @param listener the listener's summary
     * @param match how well what was said was found in what was heard; 0 when the two never met
     * @param mouthToEarMs time from a sound entering the one end to leaving the other, without what the speaker device
     *     itself adds; NaN when it did not arrive
     */
    public record Result(InetSocketAddress relayControl, InetSocketAddress relayMedia, CallEvent.Summary speaker,
            CallEvent.Summary listener, SpeechMatch match, double mouthToEarMs) {
    }

    /**
     * Makes the call.
     *
     * @param speech what is said, from its beginning on; closed afterwards
     * @param speechMs how long it is
     * @param ear where it is heard; closed afterwards
     * @throws IOException when this machine has no loopback ports to give
     */
    public Result run(AudioSource speech, long speechMs, AudioSink ear) throws IOException, InterruptedException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        RelayConfig usual = RelayConfig.defaults();
        RelayConfig onFreePorts = new RelayConfig(loopback, 0, 0, 2, usual.tcpTimeoutMs(), usual.clientTimeoutMs(),
                usual.sweepMs());
        ObservedSource mouth = new ObservedSource(new SilenceSource(new FramePacer(FORMAT, clock)), speech, MAX_SAMPLES, clock);
        ObservedSink observedEar = new ObservedSink(ear, MAX_SAMPLES, clock);
        try (mouth; observedEar; Relay relay = Relay.start(onFreePorts, new EventBus(), clock)) {
            EventBus speakerBus = new EventBus();
            EventBus listenerBus = new EventBus();
            try (Subscription speakerEvents = speakerBus.subscribe();
                    Subscription listenerEvents = listenerBus.subscribe()) {
                CallSession speaker = session(relay, loopback, mouth, new NullSink(new FramePacer(FORMAT, clock)),
                        speakerBus);
                CallSession listener = session(relay, loopback,
                        new SilenceSource(new FramePacer(FORMAT, clock)), observedEar, listenerBus);
                speaker.start();
                listener.start();
                if (awaitInCall(speakerEvents) && awaitInCall(listenerEvents)) {
                    mouth.release();
                    speaker.awaitEnd(speechMs);
                }
                return hangUp(relay, speaker, listener, mouth, observedEar);
            }
        }
    }

    private CallSession session(Relay relay, InetAddress loopback, AudioSource microphone, AudioSink speaker,
            EventBus bus) throws IOException {
        CallConfig config = new CallConfig(relay.controlAddress(), relay.mediaAddress(), loopback, loopback, 0, 3, 2000,
                30_000, 0, false, 8, 60, SilenceDetector.USUAL_THRESHOLD);
        return new CallSession(config, UdpTransport.open(loopback, 0, relay.mediaAddress()),
                AudioPort.opened(microphone.name(), microphone),
                AudioPort.opened(speaker.name(), speaker), bus, clock);
    }

    private boolean awaitInCall(Subscription events) {
        long deadlineNs = clock.nanoTime() + CONNECT_TIMEOUT_MS * 1_000_000L;
        while (clock.nanoTime() - deadlineNs < 0) {
            Event event = events.poll(100);
            if (event instanceof CallEvent.StateChanged changed && changed.state() == CallState.IN_CALL) {
                return true;
            }
        }
        return false;
    }

    private Result hangUp(Relay relay, CallSession speaker, CallSession listener, ObservedSource mouth, ObservedSink ear)
            throws InterruptedException {
        speaker.hangUp(EndReason.QUIT);
        CallEvent.Summary spoken = speaker.awaitEnd();
        CallEvent.Summary listened = listener.awaitEnd(HANG_UP_TIMEOUT_MS);
        if (listened == null) {
            listener.hangUp(EndReason.QUIT);
            listened = listener.awaitEnd();
        }
        SpeechMatch match = SpeechMatch.find(mouth.said(), ear.heard());
        double mouthToEarMs = match.likeness() == 0 ? Double.NaN
                : (ear.heardAtNs(match.offsetSamples()) - mouth.firstSampleNs()) / 1e6;
        return new Result(relay.controlAddress(), relay.mediaAddress(), spoken, listened, match, mouthToEarMs);
    }
}
