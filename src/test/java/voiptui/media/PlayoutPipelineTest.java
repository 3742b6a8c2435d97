package voiptui.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
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
import voiptui.jitter.PacketOrigin;
import voiptui.media.stream.MediaContext;
import voiptui.media.stream.MediaSignals;
import voiptui.rtp.ClassicPacket;
import voiptui.testkit.Allocation;
import voiptui.testkit.Events;
import voiptui.testkit.FakeSink;
import voiptui.testkit.ManualClock;
import voiptui.testkit.Sounds;
import voiptui.time.PacketTime;

/** Runs the playout thread's work in the test's own thread, a frame at a time: the fake speaker is the clock. */
class PlayoutPipelineTest {

    private static final int FRAME = PcmFormat.CLASSIC.frameSamples();
    private static final int PACKET = PcmFormat.CLASSIC.samplesOf(PacketTime.MS);
    private static final long FIRST = 1L << 33;
    /** The target of 40 ms, in frames. */
    private static final int DELAY_FRAMES = 4;

    private final ArrivalQueue arrivals = new ArrivalQueue(128, ClassicPacket.PAYLOAD_BYTES);
    private final EventBus bus = new EventBus();
    private final Events events = new Events(bus);
    private final Counters counters = new Counters();
    private final MediaSignals signals = new MediaSignals(() -> {});
    private final ManualClock clock = new ManualClock();
    private final MediaContext context = new MediaContext(PcmFormat.CLASSIC, bus, counters, signals, clock);
    private final ByteBuffer datagram = ByteBuffer.allocate(ClassicPacket.PACKET_BYTES);
    private final short[] packet = new short[PACKET];
    private final TestTone tone = new TestTone(PcmFormat.CLASSIC);
    private final Gain volume = Gain.ofSpeaker();
    private PlayoutPipeline pipeline;

    /** Packet {@code number} of {@code sound}, which begins anew at its end, arrives. */
    private void arrive(int number, short[] sound) {
        for (int i = 0; i < PACKET; i++) {
            packet[i] = sound[(number * PACKET + i) % sound.length];
        }
        PcmCodec.encode(packet, datagram, ClassicPacket.HEADER_BYTES);
        arrivals.offer(
                1,
                FIRST + number,
                clock.nanoTime(),
                PacketOrigin.ORIGINAL,
                datagram,
                ClassicPacket.HEADER_BYTES,
                ClassicPacket.PAYLOAD_BYTES);
    }

    /** Plays for the time of so many packets: two frames each. */
    private FakeSink play(int packets, IntConsumer beforePacket) {
        FakeSink speaker = new FakeSink(2 * packets, number -> {
            clock.advanceMs(PcmFormat.FRAME_MS);
            if (number % 2 == 0) {
                beforePacket.accept(number / 2);
            }
        });
        run(speaker);
        return speaker;
    }

    private void run(FakeSink speaker) {
        pipeline = new PlayoutPipeline(context, arrivals, tone, volume, speaker, FarEnd.IGNORED);
        pipeline.use(ClassicMedia.create(context));
        pipeline.run();
    }

    @Test
    void shouldPlayWhatArrivesBitForBitAfterTheTargetDelay() {
        short[] vowel = Sounds.vowel(20_000, 44_100, 100 * PACKET, 1);

        short[] heard = play(100, number -> arrive(number, vowel)).sound();

        assertThat(Arrays.copyOf(heard, DELAY_FRAMES * FRAME)).containsOnly((short) 0);
        assertThat(Arrays.copyOfRange(heard, DELAY_FRAMES * FRAME, heard.length))
                .isEqualTo(Arrays.copyOf(vowel, heard.length - DELAY_FRAMES * FRAME));
        assertThat(counters.get(Counter.CONCEALED_MS)).isZero();
        assertThat(counters.get(Counter.STRETCH_REMOVED_MS)).isZero();
        assertThat(pipeline.delayMs()).isEqualTo(40.0, within(1.0));
        assertThat(pipeline.meanDelayMs()).isEqualTo(40.0, within(1.0));
        assertThat(pipeline.targetMs()).isEqualTo(45.0, within(1.0));
    }

    @Test
    void shouldPlayHalfFramesWhereTheSpeakerTakesThem() {
        short[] vowel = Sounds.vowel(20_000, 44_100, 100 * PACKET, 1);
        FakeSink speaker = new FakeSink(400, number -> {
                    clock.advanceMs(PcmFormat.FRAME_MS / 2);
                    if (number % 4 == 0) {
                        arrive(number / 4, vowel);
                    }
                })
                .takingHalfFrames();

        run(speaker);

        assertThat(speaker.heard()).allMatch(frame -> frame.length == FRAME / 2);
        assertThat(counters.get(Counter.CONCEALED_MS)).isZero();
        assertThat(pipeline.targetMs())
                .as("half of a pull later than the shortest delay")
                .isEqualTo(42.5, within(0.5));
    }

    @Test
    void shouldPlaySilenceWhileNothingArrives() {
        FakeSink speaker = play(20, number -> {});

        assertThat(speaker.heard()).hasSize(40);
        assertThat(speaker.sound()).containsOnly((short) 0);
        assertThat(counters.get(Counter.CONCEALED_MS)).isZero();
        assertThat(pipeline.meanDelayMs()).isZero();
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

        assertThat(counters.get(Counter.CONCEALED_MS)).isEqualTo(5 * PacketTime.MS);
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
        assertThat(Arrays.copyOfRange(heard, 30 * PACKET, heard.length)).containsOnly((short) 0);
        assertThat(counters.get(Counter.CONCEALED_MS)).as("the end is no loss").isZero();
    }

    @Test
    void shouldCountLatePackets() {
        short[] sine = Sounds.sine(200, 12_000, 44_100, 0, 441);
        play(20, number -> {
            if (number != 5) {
                arrive(number, sine);
            }
            if (number == 12) {
                arrive(5, sine);
            }
        });

        assertThat(counters.get(Counter.PACKETS_LATE)).isEqualTo(1);
        assertThat(counters.get(Counter.CONCEALED_MS)).isEqualTo(PacketTime.MS);
    }

    @Test
    void shouldReduceASurplusWithoutAClick() {
        short[] sine = Sounds.sine(200, 12_000, 44_100, 0, 441);
        short[] heard = play(700, number -> {
                    if (number == 50) {
                        arrive(number, sine);
                        arrive(number + 1, sine);
                        arrive(number + 2, sine); // from here on there are two more than there need to be
                    } else {
                        arrive(number < 50 ? number : number + 2, sine);
                    }
                })
                .sound();

        assertThat(counters.get(Counter.STRETCH_REMOVED_MS)).isBetween(25L, 55L);
        assertThat(counters.get(Counter.CONCEALED_MS)).isZero();
        assertThat(pipeline.delayMs()).isEqualTo(pipeline.targetMs(), within(10.0));
        assertThat(Sounds.largestStep(heard)).as("clicks").isLessThanOrEqualTo(2 * Sounds.largestStep(sine));
    }

    /** A stall of the network: what it delivers at once is not played with seconds of delay. */
    @Test
    void shouldSkipAfterAStall() {
        short[] sine = Sounds.sine(200, 12_000, 44_100, 0, 441);
        short[] heard = play(300, number -> {
                    if (number < 100 || number > 200) {
                        arrive(number, sine);
                    } else if (number == 200) {
                        for (int stalled = 100; stalled <= 200; stalled++) {
                            arrive(stalled, sine);
                        }
                    }
                })
                .sound();

        assertThat(counters.get(Counter.PACKETS_DISCARDED)).isBetween(80L, 100L);
        assertThat(pipeline.delayMs()).isLessThan(120);
        assertThat(Sounds.largestStep(heard)).as("clicks").isLessThanOrEqualTo(2 * Sounds.largestStep(sine));
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
        short[] vowel = Sounds.vowel(20_000, 44_100, 100 * PACKET, 1);
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

        assertThat(Arrays.copyOfRange(speaker.sound(), DELAY_FRAMES * FRAME, DELAY_FRAMES * FRAME + 10 * PACKET))
                .as("to the last sample")
                .isEqualTo(Arrays.copyOf(vowel, 10 * PACKET));
        assertThat(drainedAt[0]).isBetween(13, 15);
        assertThat(speaker.drained()).isEqualTo(1);
        assertThat(counters.get(Counter.CONCEALED_MS)).isZero();
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

        assertThat(speaker.heard()).hasSize(9);
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
        assertThat(Sounds.peak(heard, 0, 2 * PACKET)).isZero();
        assertThat(Sounds.peak(heard, 10 * PACKET, 40 * PACKET)).as("-12 dBFS").isBetween(8150, 8260);
        assertThat(Sounds.peak(heard, 52 * PACKET, 60 * PACKET)).isZero();
    }

    @Test
    void shouldAllocateNothingPerFrame() {
        long[] bytes = new long[2];
        volume.change(3);
        short[] sine = Sounds.sine(200, 12_000, 44_100, 0, 441);
        FakeSink speaker = new FakeSink(6000, number -> {
                    clock.advanceMs(PcmFormat.FRAME_MS);
                    if (number % 2 == 0 && number % 18 != 0) {
                        arrive(number / 2, sine);
                    }
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

        assertThat(counters.get(Counter.CONCEALED_MS)).isGreaterThan(300 * PacketTime.MS);
        assertThat((bytes[1] - bytes[0]) / 2999.0)
                .as("bytes a frame: the level's event every tenth is all")
                .isLessThan(24);
    }
}
