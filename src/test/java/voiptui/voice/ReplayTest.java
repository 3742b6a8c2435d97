package voiptui.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import voiptui.audio.PcmFormat;
import voiptui.codec.PcmCodec;
import voiptui.codec.PcmDecoder;
import voiptui.rtp.repair.ReceivedPackets;
import voiptui.testkit.Allocation;
import voiptui.testkit.Sounds;

/** A replay of uncompressed audio, whose live audio is silence. */
class ReplayTest {

    private static final int RATE = 44_100;
    private static final int FRAME = PcmFormat.CLASSIC.frameSamples();
    private static final int PACKET = 2 * FRAME;
    private static final int BYTES = PACKET * PcmFormat.BYTES_PER_SAMPLE;

    private final ReceivedPackets packets = new ReceivedPackets(BYTES, 1_500 * BYTES);
    private final ByteBuffer payload = ByteBuffer.allocate(BYTES);
    private final Replay replay = new Replay(
            new StreamHistory(
                    packets,
                    () -> new PcmDecoder(PcmFormat.CLASSIC, ByteOrder.LITTLE_ENDIAN),
                    1,
                    PACKET,
                    false,
                    () -> Double.NaN),
            FRAME);
    private final short[] frame = new short[FRAME];
    private int said;
    private long nowNs;

    private void say(short[] samples) {
        short[] audio = new short[PACKET];
        for (int at = 0; at + PACKET <= samples.length; at += PACKET) {
            System.arraycopy(samples, at, audio, 0, PACKET);
            PcmCodec.encode(audio, payload, 0);
            packets.onPacket(said, said, (long) said * PACKET, payload, 0, BYTES, nowNs);
            said++;
        }
    }

    private long liveTime() {
        return (long) said * PACKET;
    }

    /** Lets the live audio go on with silence; returns what is heard until it is live again, at most so many frames. */
    private short[] hear(int frames) {
        short[] heard = new short[frames * FRAME];
        int count = 0;
        for (; count < frames && replay.isRunning(); count++) {
            nowNs += 10_000_000;
            if (count % 2 == 0) {
                say(new short[PACKET]);
            }
            Arrays.fill(frame, (short) 0);
            replay.pull(frame, liveTime() - PACKET, nowNs);
            System.arraycopy(frame, 0, heard, count * FRAME, FRAME);
        }
        return Arrays.copyOf(heard, count * FRAME);
    }

    private static int risingZeroCrossings(short[] samples, int from, int to) {
        int count = 0;
        for (int i = from + 1; i < to; i++) {
            count += samples[i - 1] < 0 && samples[i] >= 0 ? 1 : 0;
        }
        return count;
    }

    @Test
    void shouldPlayFasterAtTheSamePitchWithoutClicks() {
        short[] tone = Sounds.sine(200, 10_000, RATE, 0, 8 * RATE / PACKET * PACKET);
        say(tone);
        assertThat(replay.sayAgain(liveTime(), Double.NaN, true, nowNs)).isTrue();
        short[] heard = hear(1_500);

        int end = heard.length;
        while (heard[end - 1] == 0) {
            end--;
        }
        assertThat(end / (double) RATE).as("8 s at 1.25 times the speed").isEqualTo(6.4, within(0.15));
        assertThat(risingZeroCrossings(heard, RATE, 2 * RATE)).as("Hz").isBetween(199, 201);
        assertThat(Sounds.largestStep(heard)).as("no click").isLessThan(2 * Sounds.largestStep(tone));
        assertThat(replay.isRunning()).as("silence is skipped").isFalse();
        assertThat(heard.length / FRAME).as("frames until it is live").isLessThan(900);
    }

    @Test
    void shouldShortenPausesWithoutClicks() {
        short[] words = new short[6 * RATE / PACKET * PACKET];
        System.arraycopy(Sounds.sine(200, 10_000, RATE, 0, RATE), 0, words, 0, RATE);
        System.arraycopy(Sounds.sine(200, 10_000, RATE, 0, RATE), 0, words, 4 * RATE, RATE);
        say(words);
        replay.sayAgain(liveTime(), Double.NaN, true, nowNs);
        short[] heard = hear(1_500);

        int silent = 0;
        int longest = 0;
        for (short sample : heard) {
            silent = sample == 0 ? silent + 1 : 0;
            longest = Math.max(longest, silent);
        }
        assertThat(longest / (double) RATE).as("a pause of 3 s").isBetween(0.2, 1.2);
        assertThat(heard.length / FRAME).isLessThan(500);
    }

    @Test
    void shouldStopAtOnceAndFadeIn() {
        say(Sounds.sine(200, 10_000, RATE, 0, 4 * RATE));
        replay.sayAgain(liveTime(), Double.NaN, true, nowNs);
        short[] heard = hear(100);
        assertThat(Sounds.largestStep(heard)).isLessThan(600);
        replay.backToLive();

        assertThat(replay.isRunning()).isFalse();
        frame[0] = 123;
        replay.pull(frame, liveTime(), nowNs);
        assertThat(frame[0]).isEqualTo((short) 123);
    }

    @Test
    void shouldHaveNothingWithoutPackets() {
        assertThat(replay.sayAgain(0, Double.NaN, true, nowNs)).isFalse();
        assertThat(replay.isRunning()).isFalse();
    }

    @Test
    void shouldAllocateNothingPerFrame() {
        say(Sounds.vowel(10_000, RATE, 20 * RATE, 1));
        replay.sayAgain(liveTime(), Double.NaN, true, nowNs);
        assertThat(Allocation.bytesPerRun(500, 50, () -> {
                    nowNs += 10_000_000;
                    replay.pull(frame, liveTime(), nowNs);
                    replay.missing();
                }))
                .isLessThan(1);
        assertThat(replay.isRunning()).isTrue();
    }
}
