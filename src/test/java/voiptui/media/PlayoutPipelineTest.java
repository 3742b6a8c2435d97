package voiptui.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import voiptui.audio.FrameQueue;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.Gain;
import voiptui.audio.dsp.TestTone;
import voiptui.codec.PcmCodec;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.jitter.ArrivalQueue;
import voiptui.jitter.JitterBuffer;
import voiptui.media.record.RecordingTap;
import voiptui.rtp.ClassicPacket;
import voiptui.testkit.Allocation;
import voiptui.testkit.Events;
import voiptui.testkit.FakeSink;
import voiptui.testkit.ManualClock;
import voiptui.testkit.Sounds;

/** Runs the playout thread's work in the test's own thread, a frame at a time: the fake speaker is the clock. */
class PlayoutPipelineTest {

    private static final int FRAME = PcmFormat.CLASSIC.frameSamples();
    private static final long FIRST = 1L << 33;

    private final ArrivalQueue arrivals = new ArrivalQueue(64, ClassicPacket.PAYLOAD_BYTES);
    private final EventBus bus = new EventBus();
    private final Events events = new Events(bus);
    private final Counters counters = new Counters();
    private final MediaSignals signals = new MediaSignals(() -> {});
    private final MediaContext context = new MediaContext(PcmFormat.CLASSIC, bus, counters, signals, new ManualClock());
    private final ByteBuffer datagram = ByteBuffer.allocate(ClassicPacket.PACKET_BYTES);
    private final short[] frame = new short[FRAME];
    private final RecordingTap recording = new RecordingTap();
    private final TestTone tone = new TestTone(PcmFormat.CLASSIC);
    private final Gain volume = Gain.ofSpeaker();
    private PlayoutPipeline pipeline;

    /** Packet {@code number} of {@code sound}, which begins anew at its end, arrives. */
    private void arrive(int number, short[] sound) {
        for (int i = 0; i < FRAME; i++) {
            frame[i] = sound[(number * FRAME + i) % sound.length];
        }
        PcmCodec.encode(frame, datagram, ClassicPacket.HEADER_BYTES);
        arrivals.offer(FIRST + number, datagram, ClassicPacket.HEADER_BYTES);
    }

    private FakeSink play(int frames, IntConsumer beforeFrame) {
        FakeSink speaker = new FakeSink(frames, beforeFrame);
        run(speaker);
        return speaker;
    }

    private void run(FakeSink speaker) {
        pipeline = new PlayoutPipeline(
                context,
                arrivals,
                new JitterBuffer(8, 3, ClassicPacket.PAYLOAD_BYTES),
                recording,
                tone,
                volume,
                speaker);
        pipeline.use(ClassicMedia.create(context));
        pipeline.run();
    }

    @Test
    void shouldPlayWhatArrivesBitForBitAfterThePrefill() {
        short[] vowel = Sounds.vowel(20_000, 44_100, 100 * FRAME, 1);

        short[] heard = play(100, number -> arrive(number, vowel)).sound();

        assertThat(Arrays.copyOf(heard, 2 * FRAME))
                .as("before the target is reached")
                .containsOnly((short) 0);
        assertThat(Arrays.copyOfRange(heard, 2 * FRAME, heard.length))
                .isEqualTo(Arrays.copyOf(vowel, heard.length - 2 * FRAME));
        assertThat(counters.get(Counter.FRAMES_CONCEALED)).isZero();
        assertThat(counters.get(Counter.FRAMES_SKIPPED)).isZero();
        assertThat(pipeline.depthFrames()).isEqualTo(3);
        assertThat(pipeline.meanDepthFrames()).isEqualTo(3.0, within(0.1));
    }

    @Test
    void shouldPlaySilenceWhileNothingArrives() {
        FakeSink speaker = play(20, number -> {});

        assertThat(speaker.heard()).hasSize(20);
        assertThat(speaker.sound()).containsOnly((short) 0);
        assertThat(counters.get(Counter.FRAMES_CONCEALED)).isZero();
        assertThat(pipeline.meanDepthFrames()).isZero();
    }

    @Test
    void shouldConcealMissingPacket() {
        short[] sine = Sounds.sine(200, 12_000, 44_100, 0, 441);

        short[] heard = play(50, number -> {
                    if (number % 10 != 7) {
                        arrive(number, sine);
                    }
                })
                .sound();

        assertThat(counters.get(Counter.FRAMES_CONCEALED)).isEqualTo(5);
        assertThat(Sounds.largestStep(heard)).as("clicks").isLessThanOrEqualTo(2 * Sounds.largestStep(sine));
    }

    @Test
    void shouldNotClickWhenTheStreamEnds() {
        short[] sine = Sounds.sine(200, 12_000, 44_100, 0, 441);

        short[] heard = play(50, number -> {
                    if (number < 20) {
                        arrive(number, sine);
                    } else if (number == 20) {
                        pipeline.playOut();
                    }
                })
                .sound();

        assertThat(Sounds.largestStep(heard)).as("clicks").isLessThanOrEqualTo(2 * Sounds.largestStep(sine));
        assertThat(Arrays.copyOfRange(heard, 30 * FRAME, heard.length)).containsOnly((short) 0);
        assertThat(counters.get(Counter.FRAMES_CONCEALED))
                .as("the end is no loss")
                .isZero();
    }

    @Test
    void shouldCountLateAndDiscardedPackets() {
        short[] sine = Sounds.sine(200, 12_000, 44_100, 0, 441);
        play(20, number -> {
            if (number == 5) {
                return;
            }
            arrive(number, sine);
            if (number == 12) {
                arrive(5, sine);
            }
            for (int burst = 13; number == 12 && burst <= 20; burst++) {
                arrive(burst, sine);
            }
        });

        assertThat(counters.get(Counter.PACKETS_LATE)).isGreaterThanOrEqualTo(1);
        assertThat(counters.get(Counter.PACKETS_DISCARDED)).isPositive();
    }

    @Test
    void shouldReduceASurplusWithoutAClick() {
        short[] sine = Sounds.sine(200, 12_000, 44_100, 0, 441);
        short[] heard = play(700, number -> {
                    if (number == 50) {
                        arrive(number, sine);
                        arrive(number + 1, sine); // from here on there is one more than there needs to be
                    } else {
                        arrive(number < 50 ? number : number + 1, sine);
                    }
                })
                .sound();

        assertThat(counters.get(Counter.FRAMES_SKIPPED)).isEqualTo(1);
        assertThat(counters.get(Counter.FRAMES_CONCEALED)).isZero();
        assertThat(pipeline.depthFrames()).isEqualTo(3);
        assertThat(Sounds.largestStep(heard)).as("clicks").isLessThanOrEqualTo(2 * Sounds.largestStep(sine));
    }

    /** The frame that is left out to shorten the delay may be the very one that is lost. */
    @Test
    void shouldNotClickWhenTheSkippedFrameIsLost() {
        short[] sine = Sounds.sine(173, 12_000, 44_100, 0, 44_100);
        int[] skippedAt = {-1};
        for (int lost = 90; lost < 120; lost++) {
            PlayoutPipelineTest test = new PlayoutPipelineTest();
            int missing = lost;
            short[] heard = test.play(260, number -> {
                        if (number == 50) {
                            test.arrive(number, sine);
                            test.arrive(number + 1, sine);
                            test.arrive(
                                    number + 2, sine); // three too many, so that two of them show in spite of the loss
                        }
                        int next = number < 50 ? number : number + 3;
                        if (next != missing) {
                            test.arrive(next, sine);
                        }
                    })
                    .sound();
            if (test.counters.get(Counter.FRAMES_CONCEALED) == 0) {
                skippedAt[0] = lost;
            }
            assertThat(Sounds.largestStep(heard, 3 * FRAME, heard.length))
                    .as("clicks with packet %d lost", lost)
                    .isLessThanOrEqualTo(2 * Sounds.largestStep(sine, 0, 40_000));
        }

        assertThat(skippedAt[0]).as("one of them was the one left out").isPositive();
    }

    @Test
    void shouldPublishTheLevelTenTimesASecond() {
        short[] half = {16_384};
        List<Event> readings = new ArrayList<>();
        play(21, number -> {
            arrive(number, half);
            readings.addAll(events.take());
        });

        assertThat(readings).hasSize(4).allMatch(CallEvent.SpeakerLevel.class::isInstance);
        assertThat(((CallEvent.SpeakerLevel) readings.get(3)).peakDbfs()).isEqualTo(-6.02, within(0.01));
    }

    @Test
    void shouldPlayOutThenSignalDrained() {
        short[] vowel = Sounds.vowel(20_000, 44_100, 100 * FRAME, 1);
        int[] drainedAt = {-1};
        FakeSink speaker = play(30, number -> {
            if (number < 10) {
                arrive(number, vowel);
            }
            if (number == 10) {
                pipeline.playOut();
            }
            if (drainedAt[0] < 0 && signals.take().drained()) {
                drainedAt[0] = number;
            }
        });

        assertThat(Arrays.copyOfRange(speaker.sound(), 2 * FRAME, 12 * FRAME))
                .as("to the last sample")
                .isEqualTo(Arrays.copyOf(vowel, 10 * FRAME));
        assertThat(drainedAt[0]).isBetween(12, 14);
        assertThat(speaker.drained()).isEqualTo(1);
        assertThat(counters.get(Counter.FRAMES_CONCEALED)).isZero();
    }

    @Test
    void shouldSignalDrainedAlsoWhenNothingIsLeft() {
        play(3, number -> {
            if (number == 0) {
                pipeline.playOut();
            }
        });

        assertThat(signals.take().drained()).isTrue();
    }

    @Test
    void shouldEndWithTheNextFrameWhenStopped() {
        FakeSink speaker = play(100, number -> {
            if (number == 4) {
                pipeline.stop();
            }
        });

        assertThat(speaker.heard()).hasSize(5);
    }

    @Test
    void shouldApplyVolumeBeforeTheMeter() {
        short[] quiet = {1000};
        List<Event> readings = new ArrayList<>();
        volume.change(6);
        short[] heard = play(21, number -> {
                    arrive(number, quiet);
                    readings.addAll(events.take());
                })
                .sound();

        assertThat(heard[heard.length - 1]).isEqualTo((short) 1995);
        assertThat(((CallEvent.SpeakerLevel) readings.get(3)).peakDbfs()).isEqualTo(-24.31, within(0.01));
    }

    @Test
    void shouldPlayTheToneAtTheVolumeAndAnnounceStartAndEnd() {
        List<Event> told = new ArrayList<>();
        volume.change(6);
        short[] heard = play(60, number -> {
                    if (number == 2 || number == 20) {
                        tone.play();
                    }
                    events.take().stream()
                            .filter(CallEvent.TestTone.class::isInstance)
                            .forEach(told::add);
                })
                .sound();

        assertThat(told).containsExactly(new CallEvent.TestTone(true), new CallEvent.TestTone(false));
        assertThat(Sounds.peak(heard, 0, 2 * FRAME)).isZero();
        assertThat(Sounds.peak(heard, 10 * FRAME, 40 * FRAME)).as("-12 dBFS").isBetween(8150, 8260);
        assertThat(Sounds.peak(heard, 52 * FRAME, 60 * FRAME)).isZero();
    }

    @Test
    void shouldRecordThePeerWithoutVolumeAndTone() {
        FrameQueue taken = new FrameQueue(64, FRAME);
        recording.copyTo(taken);
        volume.change(-20);
        tone.play();
        short[] vowel = Sounds.vowel(20_000, 44_100, 100 * FRAME, 1);
        play(30, number -> arrive(number, vowel));

        short[] taking = new short[FRAME];
        for (int i = 0; i < 30; i++) {
            assertThat(taken.poll(taking)).isTrue();
            if (i >= 2) {
                assertThat(taking)
                        .as("frame %d", i)
                        .isEqualTo(Arrays.copyOfRange(vowel, (i - 2) * FRAME, (i - 1) * FRAME));
            }
        }
    }

    @Test
    void shouldAllocateNothingPerFrame() {
        long[] bytes = new long[2];
        volume.change(3);
        FrameQueue taken = new FrameQueue(16, FRAME);
        recording.copyTo(taken);
        short[] taking = new short[FRAME];
        short[] sine = Sounds.sine(200, 12_000, 44_100, 0, 441);
        FakeSink speaker = new FakeSink(6000, number -> {
                    if (number % 9 != 0) {
                        arrive(number, sine);
                    }
                    taken.poll(taking);
                    if (number % 100 == 0) {
                        tone.play();
                    }
                    if (number == 3000) {
                        bytes[0] = Allocation.bytes();
                    } else if (number == 5999) {
                        bytes[1] = Allocation.bytes();
                    }
                })
                .forgetting();
        run(speaker);

        assertThat(counters.get(Counter.FRAMES_CONCEALED)).isGreaterThan(600);
        assertThat((bytes[1] - bytes[0]) / 2999.0)
                .as("bytes a frame: the level's event every fifth is all")
                .isLessThan(48);
    }
}
