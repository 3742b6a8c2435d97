package voiptui.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class FramePacerTest {

    private final FakeTime time = new FakeTime();
    private final FramePacer pacer = time.pacer();

    @Test
    void shouldGiveTheFirstTurnAtOnceAndThenOnePerFrame() {
        pacer.awaitTurn();
        assertThat(time.takeWaitedMs()).isZero();
        pacer.awaitTurn();
        assertThat(time.takeWaitedMs()).isEqualTo(10);
    }

    @Test
    void shouldNotDriftWhenTheWorkTakesTime() {
        long startNs = time.nanoTime();
        for (int frame = 0; frame <= 100 * 3600; frame++) {
            pacer.awaitTurn();
            time.passMs(7);
        }
        assertThat(time.nanoTime() - startNs).isEqualTo(3600 * 1_000_000_000L + 7_000_000);
    }

    @Test
    void shouldNotDriftWhereAFrameIsNoWholeNumberOfNanoseconds() {
        FramePacer odd = new FramePacer(new PcmFormat(44_100, 441), time, time);
        FramePacer third = new FramePacer(new PcmFormat(48_000, 1024), time, time);
        long startNs = time.nanoTime();
        for (int frame = 0; frame <= 360_000; frame++) {
            odd.awaitTurn();
        }
        assertThat(time.nanoTime() - startNs).isEqualTo(3600 * 1_000_000_000L);
        startNs = time.nanoTime();
        for (int frame = 0; frame <= 48_000; frame++) {
            third.awaitTurn();
        }
        assertThat(time.nanoTime() - startNs).isEqualTo(1024 * 1_000_000_000L);
    }

    @Test
    void shouldCatchUpAfterAShortStall() {
        pacer.awaitTurn();
        time.passMs(100);
        for (int frame = 0; frame < 10; frame++) {
            pacer.awaitTurn();
        }
        assertThat(time.takeWaitedMs()).isZero();
        pacer.awaitTurn();
        assertThat(time.takeWaitedMs()).isEqualTo(10);
    }

    @Test
    void shouldRestartTheGridAfterALongStall() {
        pacer.awaitTurn();
        time.passMs(3_600_000);
        pacer.awaitTurn();
        assertThat(time.takeWaitedMs()).isZero();
        pacer.awaitTurn();
        assertThat(time.takeWaitedMs()).isEqualTo(10);
    }

    @Test
    void shouldEndTheWaitWhenClosed() {
        FramePacer closing = new FramePacer(PcmFormat.CLASSIC, time, ns -> pacerToClose.close());
        pacerToClose = closing;
        assertThat(closing.awaitTurn()).isTrue();
        assertThat(closing.awaitTurn()).isFalse();
        assertThat(closing.awaitTurn()).isFalse();
    }

    private FramePacer pacerToClose;

    @Test
    void shouldNotWaitInAnInterruptedThread() {
        pacer.awaitTurn();
        Thread.currentThread().interrupt();
        assertThat(pacer.awaitTurn()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(time.takeWaitedMs()).isZero();
    }

    @Test
    void shouldSleepOnceForSeveralFrames() {
        pacer.awaitTurn();
        pacer.awaitFrames(2);
        assertThat(time.takeWaitedMs()).isEqualTo(20);
        pacer.awaitTurn();
        pacer.awaitTurn();
        assertThat(time.takeWaitedMs()).isZero();
        pacer.awaitFrames(2);
        assertThat(time.takeWaitedMs()).isEqualTo(20);
    }

    @Test
    void shouldTakeSeveralTurnsAtOnce() {
        for (int times = 0; times < 3; times++) {
            pacer.awaitTurns(2);
            assertThat(time.takeWaitedMs()).isEqualTo(times == 0 ? 0 : 20);
        }
        pacer.awaitTurn();
        assertThat(time.takeWaitedMs()).isEqualTo(20);
    }

    @Test
    void shouldLetANullSpeakerTakeTheFramesOfAPacketAtOnce() throws AudioLostException {
        NullSink sink = new NullSink(pacer, 2);
        short[] frame = new short[480];
        for (int i = 0; i < 100; i++) {
            sink.awaitRoom();
            sink.write(frame);
            assertThat(time.takeWaitedMs()).as("frame %d", i).isEqualTo(i > 0 && i % 2 == 0 ? 20 : 0);
        }
        sink.awaitRoom();
        sink.close();
        assertThatExceptionOfType(AudioLostException.class).isThrownBy(() -> sink.write(frame));
    }

    @Test
    void shouldLetAToneComeSeveralFramesAtATime() throws AudioLostException {
        ToneSource tone = new ToneSource(440, PcmFormat.OPUS, pacer);
        short[] frame = new short[480];
        tone.read(frame);
        tone.awaitFrames(2);
        assertThat(time.takeWaitedMs()).isEqualTo(20);
        tone.read(frame);
        tone.read(frame);
        assertThat(time.takeWaitedMs()).isZero();
        tone.close();
        assertThatExceptionOfType(AudioLostException.class).isThrownBy(() -> tone.awaitFrames(2));
    }
}
