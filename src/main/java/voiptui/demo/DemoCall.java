package voiptui.demo;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.FramePacer;
import voiptui.audio.NullSink;
import voiptui.audio.PcmFormat;
import voiptui.audio.SilenceSource;
import voiptui.call.CallOptions;
import voiptui.demo.network.ImpairedPath;
import voiptui.demo.speech.SpeechMatch;
import voiptui.event.CallEvent;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;
import voiptui.identity.Identity;
import voiptui.identity.KnownRelays;
import voiptui.media.MediaConfig;
import voiptui.media.MediaEnvironment;
import voiptui.media.MediaWarmUp;
import voiptui.media.device.OpenedDevice;
import voiptui.net.HostAddresses;
import voiptui.net.IpText;
import voiptui.phone.PhoneAudio;
import voiptui.phone.PhoneConfig;
import voiptui.phone.PhoneSession;
import voiptui.protocol.classic.ClassicProtocol;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaOffer;
import voiptui.relay.Relay;
import voiptui.relay.RelayConfig;
import voiptui.session.SessionConfig;
import voiptui.time.NanoClock;

/**
 * A real call from a speaker to a listener through a real relay, all in this process on the loopback address.
 *
 * <p>On request, packets to the listener pass a bad network ({@link NetworkEmulator}); the way back is not impaired. The speaker
 * waits until both hear each other, plays the speech and hangs up. Blocks its caller for the length of the
 * call.
 */
public final class DemoCall {

    /** The format of the call. */
    public static final PcmFormat FORMAT = PcmFormat.OPUS;

    private static final long CONNECT_TIMEOUT_MS = 10_000;
    private static final long HANG_UP_TIMEOUT_MS = 10_000;
    private static final long SETTLE_MS = 3_000;
    /** Time for the end of the speech to be heard. */
    private static final long TAIL_MS = 400;

    private static final long TAIL_IMPAIRED_MS = 1_500;
    /** Limit for connecting and the speech, with a margin for a slow machine. */
    private static final int MAX_SAMPLES = 60 * FORMAT.sampleRateHz();

    private final NanoClock clock = NanoClock.SYSTEM;
    private final Path folder;
    private final LongSupplier wallClockMs;

    /**
     * Prepares a call.
     *
     * @param folder temporary directory for the identities of relay and callers
     * @param wallClockMs wall clock, in milliseconds since 1970-01-01 UTC
     */
    public DemoCall(Path folder, LongSupplier wallClockMs) {
        this.folder = folder;
        this.wallClockMs = wallClockMs;
    }

    /**
     * Result of the call.
     *
     * @param relayControl the relay's control address (TCP)
     * @param relayMedia the relay's media address (UDP)
     * @param speaker the speaker's summary
     * @param reception what the listener's side reports
     * @param sound what was said and heard
     * @param network what the network did; null without one in between
     */
    public record Result(
            InetSocketAddress relayControl,
            InetSocketAddress relayMedia,
            CallEvent.Summary speaker,
            Reception reception,
            Sound sound,
            @Nullable NetworkCounts network) {}

    /**
     * What was said and heard, at the rate of {@link #FORMAT}.
     *
     * @param said the speech that was sent
     * @param heard all that was received
     * @param match the former found in the latter
     * @param mouthToEarMs mouth-to-ear delay in milliseconds, without the delay of the speaker device: the median over the call; NaN
     *     if the speech did not arrive
     */
    public record Sound(short[] said, short[] heard, SpeechMatch match, double mouthToEarMs) {}

    /**
     * What the network between relay and listener did.
     *
     * @param packets how many packets the relay sent
     * @param dropped how many of them it lost
     */
    public record NetworkCounts(long packets, long dropped) {}

    /** One end of the call, with its events. */
    private record End(PhoneSession phone, Subscription events) implements AutoCloseable {

        /** Waits for media from the other side. Returns false if none arrives in time. */
        boolean awaitHeard(NanoClock clock) {
            long deadlineNs = clock.nanoTime() + CONNECT_TIMEOUT_MS * NS_PER_MS;
            while (clock.nanoTime() - deadlineNs < 0) {
                if (events.poll(100) instanceof CallEvent.NetworkStats stats && stats.packetsReceived() > 0) {
                    return true;
                }
            }
            return false;
        }

        /** Waits for the end of the call; hangs up if it does not end in time. */
        Reception awaitEnd(NanoClock clock) {
            Reception.Reader reader = new Reception.Reader();
            long deadlineNs = clock.nanoTime() + HANG_UP_TIMEOUT_MS * NS_PER_MS;
            while (true) {
                Event event = events.poll(100);
                if (event instanceof CallEvent.Summary summary) {
                    for (Event last = events.poll(); last != null; last = events.poll()) {
                        reader.onEvent(last);
                    }
                    return reader.finish(summary);
                }
                reader.onEvent(event);
                if (clock.nanoTime() - deadlineNs >= 0) {
                    phone.hangUp(EndReason.QUIT);
                }
            }
        }

        @Override
        public void close() {
            phone.hangUp(EndReason.QUIT);
            events.close();
        }
    }

    /**
     * Makes the call.
     *
     * @param speech the speech to send; closed afterwards
     * @param speechMs its length, in milliseconds
     * @param ear the sink that receives it; closed afterwards
     * @param network what packets pass on their way from the relay to the listener; null: nothing. With it, speech begins after
     *     three seconds of silence, in which the listener's side adapts to the network
     * @throws IOException if no loopback port is free, or the directory cannot be written
     */
    public Result run(AudioSource speech, long speechMs, AudioSink ear, @Nullable ImpairedPath network)
            throws IOException, InterruptedException {
        // Both ends share this process: compiling during the call would cause audible gaps.
        MediaWarmUp.codec();
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        ObservedSource mouth = new ObservedSource(silence(), speech, MAX_SAMPLES, clock);
        ObservedSink observedEar = new ObservedSink(ear, MAX_SAMPLES, clock);
        try (mouth;
                observedEar;
                Relay relay =
                        Relay.start(RelayConfig.onFreePorts(loopback, folder.resolve("relay")), new EventBus(), clock);
                NetworkEmulator emulator =
                        network == null ? null : new NetworkEmulator(relay.mediaAddress(), network, clock)) {
            int listenersPort = emulator == null ? 0 : emulator.port();
            try (End speaker =
                            end(relay, 0, "speaker", "listener", mouth, new NullSink(new FramePacer(FORMAT, clock)));
                    End listener = end(relay, listenersPort, "listener", "speaker", silence(), observedEar)) {
                speaker.phone.start();
                listener.phone.start();
                if (speaker.awaitHeard(clock) && listener.awaitHeard(clock)) {
                    pause(emulator == null ? 0 : SETTLE_MS);
                    mouth.release();
                    pause(speechMs);
                    mouth.finish();
                    pause(emulator == null ? TAIL_MS : TAIL_IMPAIRED_MS);
                }
                speaker.phone.hangUp(EndReason.QUIT);
                CallEvent.Summary spoken = speaker.awaitEnd(clock).summary();
                Reception reception = listener.awaitEnd(clock);
                speaker.phone.awaitEnd();
                listener.phone.awaitEnd();
                return new Result(
                        relay.controlAddress(),
                        relay.mediaAddress(),
                        spoken,
                        reception,
                        compare(mouth, observedEar),
                        emulator == null ? null : emulator.counts());
            }
        }
    }

    private void pause(long ms) {
        long endNs = clock.nanoTime() + ms * NS_PER_MS;
        for (long leftNs = ms * NS_PER_MS; leftNs > 0; leftNs = endNs - clock.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }

    private AudioSource silence() {
        return new SilenceSource(new FramePacer(FORMAT, clock));
    }

    private End end(Relay relay, int udpPort, String name, String target, AudioSource microphone, AudioSink speaker) {
        Identity identity = Identity.create();
        SessionConfig session = new SessionConfig(
                new SessionConfig.Endpoint(
                        IpText.of(relay.controlAddress()),
                        HostAddresses.of(relay.controlAddress()),
                        relay.controlAddress().getAddress(),
                        0,
                        udpPort),
                new SessionConfig.Timing(3, ClassicProtocol.ANSWER_TIMEOUT_MS, 0),
                new SessionConfig.Credentials(name, false, identity, new KnownRelays(folder.resolve(name)), true));
        PhoneConfig config = new PhoneConfig(
                false,
                false,
                target,
                new CallOptions(
                        new MediaOffer(
                                List.of(MediaCodec.OPUS),
                                MediaFeatures.ALL,
                                identity.fingerprint().text()),
                        3,
                        0,
                        0,
                        false),
                new MediaConfig(new MediaConfig.Delay(10, 500)));
        OpenedDevice<AudioSource> microphonePort = OpenedDevice.opened(microphone.name(), microphone);
        OpenedDevice<AudioSink> speakerPort = OpenedDevice.opened(speaker.name(), speaker);
        PhoneAudio audio =
                new PhoneAudio(microphonePort, speakerPort, null, MediaEnvironment.here(FORMAT, false, clock));
        EventBus bus = new EventBus();
        return new End(new PhoneSession(config, session, audio, bus, clock, wallClockMs), bus.subscribe());
    }

    private static Sound compare(ObservedSource mouth, ObservedSink ear) {
        short[] said = mouth.said();
        short[] heard = ear.heard();
        SpeechMatch match = SpeechMatch.find(said, heard, FORMAT.sampleRateHz());
        double[] delaysMs = match.places().stream()
                .filter(place -> place.heardSample() >= 0 && place.heardSample() < heard.length)
                .mapToDouble(place ->
                        NanoClock.toMs(ear.heardAtNs(place.heardSample()) - mouth.saidAtNs(place.saidSample())))
                .sorted()
                .toArray();
        return new Sound(said, heard, match, delaysMs.length == 0 ? Double.NaN : delaysMs[delaysMs.length / 2]);
    }
}
