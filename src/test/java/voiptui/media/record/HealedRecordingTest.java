package voiptui.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import voiptui.audio.FrameQueue;
import voiptui.codec.FrameDecoder;
import voiptui.event.Counter;
import voiptui.media.LossyCall;
import voiptui.protocol.offer.MediaFeature;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.testkit.Sounds;
import voiptui.testkit.Wav;

/** What a recording has of a call behind a network that loses datagrams of all kinds. */
class HealedRecordingTest {

    private static final int FRAME = LossyCall.DEVICES.frameSamples();
    private static final int SECONDS = 10;
    /** At the end: what was sent last may still be under way. */
    private static final int TAIL_FRAMES = 100;

    private static final MediaFeatures FEATURES = MediaFeatures.of(
            MediaFeature.RED, MediaFeature.RTX, MediaFeature.XR, MediaFeature.HEAL, MediaFeature.PTIME);

    private final short[] far = new short[(SECONDS + 15) * 100 * FRAME];
    private int length;
    private RecordingMixer mixer;

    private LossyCall record(double loss, MediaFeatures features) {
        LossyCall call = new LossyCall(loss, features, Sounds.vowel(12_000, 48_000, 480_000, 1), 3);
        FrameQueue near = new FrameQueue(2048, FRAME);
        mixer = new RecordingMixer(near, LossyCall.DEVICES);
        mixer.use(call.history(), call::targetMs);
        for (int tick = 0; tick < SECONDS * 100; tick++) {
            near.offer(call.tick());
            keep(call);
        }
        // The talker has nothing more to say: what is missing comes.
        for (int tick = 0; tick < 500; tick++) {
            near.offer(call.tick());
            keep(call);
        }
        short[] stereo = new short[2 * FRAME];
        while (mixer.last(stereo)) {
            keep(stereo);
        }
        mixer.close();
        return call;
    }

    private void keep(LossyCall call) {
        short[] stereo = new short[2 * FRAME];
        while (mixer.next(stereo, call.clock().nanoTime())) {
            keep(stereo);
        }
    }

    private void keep(short[] stereo) {
        for (int i = 0; i < FRAME; i++) {
            far[length++] = stereo[2 * i + 1];
        }
    }

    /** Returns what the frames sound like that were sent. */
    private static short[] said(LossyCall call) {
        FrameDecoder decoder = call.history().decoders().get();
        short[] all = new short[(SECONDS + 10) * 48_000];
        short[] audio = new short[48_000];
        int samples = 0;
        for (byte[] frame : call.sentFrames().values()) {
            int decoded = decoder.decode(frame, frame.length, audio);
            System.arraycopy(audio, 0, all, samples, decoded);
            samples += decoded;
        }
        return Arrays.copyOf(all, samples);
    }

    @Test
    void shouldEqualWhatWasSentAfterTwentyPercentLoss() {
        LossyCall call = record(0.2, FEATURES);
        short[] said = said(call);

        assertThat(call.received(Counter.PACKETS_LOST)).isGreaterThan(70);
        assertThat(mixer.missing()).as("missing").isZero();
        assertThat(Wav.indexOf(Arrays.copyOf(far, length), Arrays.copyOf(said, said.length - TAIL_FRAMES * FRAME)))
                .as("every sample")
                .isNotNegative();
    }

    @Test
    void shouldHaveWhatArrivedOfAPeerThatKeepsNothing() {
        LossyCall call = record(0.2, MediaFeatures.of(MediaFeature.RTX, MediaFeature.XR));

        assertThat(mixer.healed()).isZero();
        assertThat(mixer.missing()).isBetween(70, 160);
        assertThat(length / FRAME).isBetween((SECONDS + 5) * 100 - 10, (SECONDS + 5) * 100 + 30);
        assertThat(call.received(Counter.RETRANSMISSIONS_REQUESTED)).isZero();
    }
}
