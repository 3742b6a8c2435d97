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
import voiptui.codec.PcmCodec;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.media.record.RecordingTap;
import voiptui.media.stream.MediaContext;
import voiptui.media.stream.MediaSignals;
import voiptui.net.DatagramTransport;
import voiptui.rtp.ClassicPacket;
import voiptui.testkit.Allocation;
import voiptui.testkit.Events;
import voiptui.testkit.FakeSource;
import voiptui.testkit.Golden;
import voiptui.testkit.ManualClock;
import voiptui.testkit.MemoryTransport;
import voiptui.testkit.Sounds;
import voiptui.time.PacketTime;

/** Runs the capture thread's work in the test's own thread: it ends when the fake microphone does. */
class SendPipelineTest {

    private static final int FRAME = PcmFormat.CLASSIC.frameSamples();
    private static final int PACKET = PcmFormat.CLASSIC.samplesOf(PacketTime.MS);

    private final MemoryTransport transport = new MemoryTransport();
    private final EventBus bus = new EventBus();
    private final Events events = new Events(bus);
    private final Counters counters = new Counters();
    private final MediaSignals signals = new MediaSignals(() -> {});
    private final MediaContext context = new MediaContext(PcmFormat.CLASSIC, bus, counters, signals, new ManualClock());
    private final Gain gain = Gain.ofMicrophone();
    private final RecordingTap recording = new RecordingTap();
    private SendPipeline pipeline;

    private SendPipeline pipeline(FakeSource microphone) {
        return pipeline(microphone, transport);
    }

    private SendPipeline pipeline(FakeSource microphone, DatagramTransport to) {
        pipeline = new SendPipeline(context, 0.01, microphone, NearEnd.UNCHANGED, gain, recording, to);
        pipeline.use(ClassicMedia.create(context));
        return pipeline;
    }

    /** A microphone for the time of so many packets: two frames each. */
    private static FakeSource microphone(int packets, IntConsumer beforePacket) {
        return new FakeSource(2 * packets, frame -> {
            if (frame % 2 == 0) {
                beforePacket.accept(frame / 2);
            }
        });
    }

    private void run(int packets, IntConsumer beforePacket, short... sound) {
        pipeline(microphone(packets, beforePacket).playing(sound)).startSending();
        pipeline.run();
    }

    private short[] sentAudio(int index) {
        byte[] packet = transport.sent().get(index);
        short[] audio = new short[PACKET];
        PcmCodec.decode(Arrays.copyOfRange(packet, 4, packet.length), audio);
        return audio;
    }

    private long sentSequence(int index) {
        return Integer.toUnsignedLong(
                ClassicPacket.sequence(ByteBuffer.wrap(transport.sent().get(index))));
    }

    @Test
    void shouldSendTheMicrophoneBitForBit() {
        short[] vowel = Sounds.vowel(20_000, 44_100, PACKET * 10, 1);

        run(10, frame -> {}, vowel);

        assertThat(transport.sent()).hasSize(10).allMatch(packet -> packet.length == 1768);
        for (int i = 0; i < 10; i++) {
            assertThat(sentSequence(i)).isEqualTo(i);
            assertThat(sentAudio(i)).isEqualTo(Arrays.copyOfRange(vowel, i * PACKET, (i + 1) * PACKET));
        }
        assertThat(counters.get(Counter.PACKETS_SENT)).isEqualTo(10);
    }

    @Test
    void shouldBeginWithTheGoldenFirstPacket() {
        run(1, frame -> {}, (short) 0);

        assertThat(transport.sent().get(0))
                .isEqualTo(Golden.hex("classic-packet.hex").get("first"));
    }

    @Test
    void shouldSendEndOfTransmissionThreeTimes() {
        pipeline(new FakeSource(0, frame -> {})).sendEndOfTransmission(3, transport);

        byte[] golden = Golden.hex("classic-packet.hex").get("end-of-transmission");
        assertThat(transport.sent()).hasSize(3).allMatch(packet -> Arrays.equals(packet, golden));
    }

    @Test
    void shouldSendNothingBeforeItIsRegistered() {
        FakeSource microphone = microphone(10, packet -> {
                    if (packet == 6) {
                        pipeline.startSending();
                    }
                })
                .playing((short) 5);
        pipeline(microphone).run();

        assertThat(transport.sent()).hasSize(4);
        assertThat(sentSequence(0))
                .as("numbers begin with the first packet sent")
                .isZero();
    }

    @Test
    void shouldSendNothingAfterItWasStopped() {
        run(
                10,
                frame -> {
                    if (frame == 4) {
                        pipeline.stop();
                    }
                },
                (short) 5);

        assertThat(transport.sent()).hasSize(4);
    }

    @Test
    void shouldSendSilenceWhileMutedAndFadeWithoutAClick() {
        short[] sine = Sounds.sine(200, 12_000, 44_100, 0, 441); // two whole periods, so it goes on without a seam
        run(
                12,
                frame -> {
                    if (frame == 3 || frame == 8) {
                        pipeline.toggleMute();
                    }
                },
                sine);

        assertThat(transport.sent())
                .as("packets go on, which keeps the way through firewalls open")
                .hasSize(12);
        short[] all = new short[12 * PACKET];
        for (int i = 0; i < 12; i++) {
            System.arraycopy(sentAudio(i), 0, all, i * PACKET, PACKET);
        }
        assertThat(Sounds.peak(all, 0, 3 * PACKET)).isGreaterThan(11_900);
        assertThat(Sounds.peak(all, 3 * PACKET, 4 * PACKET)).as("fades out").isBetween(6_000, 12_000);
        assertThat(Sounds.peak(all, 4 * PACKET, 8 * PACKET)).as("muted").isZero();
        assertThat(Sounds.peak(all, 8 * PACKET, 9 * PACKET)).as("fades in").isBetween(6_000, 12_000);
        assertThat(Arrays.copyOfRange(all, 9 * PACKET, 10 * PACKET))
                .isEqualTo(Arrays.copyOfRange(all, PACKET, 2 * PACKET));
        assertThat(Sounds.largestStep(all)).as("clicks").isLessThanOrEqualTo(Sounds.largestStep(sine) + 20);
    }

    @Test
    void shouldToggleMute() {
        pipeline(new FakeSource(0, frame -> {}));

        assertThat(pipeline.toggleMute()).isTrue();
        assertThat(pipeline.toggleMute()).isFalse();
    }

    @Test
    void shouldPublishTheLevelTenTimesASecondAlsoWhileMuted() {
        List<Event> readings = new ArrayList<>();
        run(
                11,
                frame -> {
                    readings.addAll(events.take());
                    if (frame == 2) {
                        pipeline.toggleMute();
                    }
                },
                (short) 16_384);

        assertThat(readings)
                .filteredOn(CallEvent.MicLevel.class::isInstance)
                .hasSize(2)
                .allSatisfy(event -> {
                    CallEvent.MicLevel level = (CallEvent.MicLevel) event;
                    assertThat(level.peakDbfs()).isEqualTo(-6.02, within(0.01));
                    assertThat(level.rmsDbfs()).isEqualTo(-6.02, within(0.01));
                    assertThat(level.muted()).isTrue();
                });
        assertThat(pipeline.peakDbfs()).isEqualTo(-6.02, within(0.01));
    }

    @Test
    void shouldWarnOfASilentMicrophoneAfterTwoSecondsAndAnnounceWhenItIsHeardAgain() {
        List<Event> warnings = new ArrayList<>();
        int[] warnedAt = {-1};
        FakeSource microphone = microphone(160, packet -> {});
        FakeSource[] holder = {microphone};
        microphone = microphone(160, packet -> {
                    for (Event event : events.take()) {
                        if (event instanceof CallEvent.MicSilence) {
                            warnings.add(event);
                            warnedAt[0] = warnedAt[0] < 0 ? packet : warnedAt[0];
                        }
                    }
                    holder[0].playing(packet < 150 ? (short) 300 : (short) 400);
                })
                .playing((short) 300);
        holder[0] = microphone;
        pipeline(microphone).run();

        assertThat(warnings)
                .containsExactly(new CallEvent.MicSilence(true, 2000), new CallEvent.MicSilence(false, 3000));
        assertThat(warnedAt[0]).as("seen before packet").isEqualTo(100);
    }

    @Test
    void shouldNotWarnWithoutAMicrophone() {
        List<Event> warnings = new ArrayList<>();
        FakeSource silence =
                microphone(1_000, packet -> warnings.addAll(events.take())).insteadOfAMicrophone();
        pipeline(silence).run();

        assertThat(warnings).isNotEmpty().noneMatch(CallEvent.MicSilence.class::isInstance);
    }

    @Test
    void shouldCountFailedSendsAndContinue() {
        transport.failNextSend(DatagramTransport.UNAVAILABLE);
        transport.failNextSend(DatagramTransport.REFUSED);
        run(5, frame -> {}, (short) 5);

        assertThat(counters.get(Counter.PACKETS_SENT)).isEqualTo(3);
        assertThat(counters.get(Counter.PACKETS_SEND_FAILED)).isEqualTo(2);
        assertThat(signals.take().refused())
                .as("reason enough to ask the relay")
                .isTrue();
        assertThat(sentSequence(0)).as("the peer counts them as lost").isEqualTo(2);
    }

    @Test
    void shouldApplyGainBeforeTheMeterAndThePeer() {
        List<Event> readings = new ArrayList<>();
        gain.change(6);
        run(11, frame -> readings.addAll(events.take()), (short) 1000);

        assertThat(sentAudio(5)[0]).as("6 dB").isEqualTo((short) 1995);
        assertThat(readings)
                .filteredOn(CallEvent.MicLevel.class::isInstance)
                .last()
                .satisfies(level ->
                        assertThat(((CallEvent.MicLevel) level).peakDbfs()).isEqualTo(-24.31, within(0.01)));
    }

    /** A gain must not hide that the microphone itself is dead. */
    @Test
    void shouldDetectSilenceBeforeTheGain() {
        gain.change(30);
        List<Event> warnings = new ArrayList<>();
        run(150, frame -> warnings.addAll(events.take()), (short) 100);

        assertThat(warnings).contains(new CallEvent.MicSilence(true, 2000));
    }

    @Test
    void shouldRecordSentAudioAndSilenceInBetween() {
        FrameQueue taken = new FrameQueue(32, FRAME);
        recording.copyTo(taken);
        gain.change(6);
        pipeline(microphone(12, packet -> {
                            if (packet == 3) {
                                pipeline.startSending();
                            } else if (packet == 8) {
                                pipeline.toggleMute();
                            } else if (packet == 11) {
                                recording.copyTo(null);
                            }
                        })
                        .playing((short) 1000))
                .run();

        short[] frame = new short[FRAME];
        for (int i = 0; i < 22; i++) {
            assertThat(taken.poll(frame)).isTrue();
            if (i < 6) {
                assertThat(frame).containsOnly((short) 0);
            } else {
                int from = i % 2 * FRAME;
                assertThat(frame)
                        .as("frame %d", i)
                        .isEqualTo(Arrays.copyOfRange(sentAudio(i / 2 - 3), from, from + FRAME));
            }
        }
        assertThat(frame).as("muted").containsOnly((short) 0);
        assertThat(taken.poll(frame)).isFalse();
    }

    @Test
    void shouldSendAPacketForEverySecondFrame() {
        int[] sentBefore = new int[8];
        pipeline(new FakeSource(8, frame -> sentBefore[frame] = transport.sent().size()).playing((short) 5))
                .startSending();
        pipeline.run();

        assertThat(sentBefore).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
    }

    @Test
    void shouldAllocateNothingPerPacket() {
        long[] bytes = new long[2];
        gain.change(3);
        recording.copyTo(new FrameQueue(16, FRAME));
        FakeSource microphone = new FakeSource(6000, frame -> {
                    if (frame == 3000) {
                        bytes[0] = Allocation.bytes();
                    } else if (frame == 5999) {
                        bytes[1] = Allocation.bytes();
                    }
                })
                .playing(Sounds.vowel(12_000, 44_100, 44_100, 1));
        pipeline(microphone, new NullTransport()).startSending();
        pipeline.run();

        assertThat((bytes[1] - bytes[0]) / 2999.0)
                .as("bytes a frame: the level's event every tenth is all")
                .isLessThan(16);
    }

    private static final class NullTransport implements DatagramTransport {
        @Override
        public int send(ByteBuffer datagram) {
            int length = datagram.remaining();
            datagram.position(datagram.limit());
            return length;
        }

        @Override
        public int receive(ByteBuffer buffer) {
            return CLOSED;
        }

        @Override
        public int localPort() {
            return 1;
        }

        @Override
        public void close() {
            // nothing to close
        }
    }

    @Test
    void shouldWaitForAWholePacketAtATime() {
        FakeSource microphone = microphone(3, packet -> {});
        pipeline(microphone).startSending();
        pipeline.run();
        assertThat(microphone.awaited()).startsWith(2, 1, 2, 1, 2, 1);
    }

    @Test
    void shouldWaitForSingleFramesWhileTheyAreProcessed() {
        NearEnd processing = new NearEnd() {
            @Override
            public boolean wantsEachFrame() {
                return true;
            }

            @Override
            public void process(short[] frame, long latencyNs) {}
        };
        FakeSource microphone = microphone(3, packet -> {});
        pipeline = new SendPipeline(context, 0.01, microphone, processing, gain, recording, transport);
        pipeline.use(ClassicMedia.create(context));
        pipeline.startSending();
        pipeline.run();
        assertThat(microphone.awaited()).startsWith(1, 1, 1, 1, 1, 1);
    }

    private List<CallEvent.AudioWarning> warnings() {
        return events.take().stream()
                .filter(CallEvent.AudioWarning.class::isInstance)
                .map(CallEvent.AudioWarning.class::cast)
                .toList();
    }

    /** 3 of 10 ms are missing: the user is told once, not every ten seconds. */
    @Test
    void shouldTellOnceThatTheMicrophoneDeliversTooLittle() {
        pipeline(new FakeSource(3_000, frame -> {}).missing(4_285_714)).run();

        assertThat(warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.direction()).isEqualTo(AudioDirection.INPUT);
            assertThat(warning.device()).isEqualTo("fake microphone");
            assertThat(warning.problem()).startsWith("delivers only 70 % of its sound");
        });
    }

    @Test
    void shouldNotMindAMicrophoneThatDeliversAlmostEverything() {
        pipeline(new FakeSource(3_000, frame -> {}).missing(400_000)).run();

        assertThat(warnings()).isEmpty();
    }

    @Test
    void shouldNotJudgeWhatIsNoMicrophone() {
        pipeline(new FakeSource(3_000, frame -> {}).missing(4_285_714).insteadOfAMicrophone())
                .run();

        assertThat(warnings()).isEmpty();
    }
}
