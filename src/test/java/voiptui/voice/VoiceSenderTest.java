package voiptui.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.audio.PcmFormat;
import voiptui.codec.EncoderSettings;
import voiptui.codec.FrameEncoder;
import voiptui.rtp.repair.RedPayload;
import voiptui.testkit.Allocation;

class VoiceSenderTest {

    private static final int PAYLOAD_TYPE = 111;
    private static final int FRAME = 480;
    private static final int PACKET = 960;
    private static final EncoderSettings CODING = new EncoderSettings(32_000, 0, false, 0, false);

    private static final int UNLIMITED_BPS = 10_000_000;
    /** Empty frames that announce a pause. */
    private static final int ANNOUNCED = 3;

    private final NumberingEncoder encoder = new NumberingEncoder();
    private final VoiceSender sender =
            new VoiceSender(encoder, new VoiceSender.Format(PcmFormat.OPUS, 48_000, 20, PAYLOAD_TYPE));
    private final RedPayload red = new RedPayload(112);
    private final short[] frame = new short[FRAME];

    /** Encodes a packet to its number, again and again; to nearly nothing where its first sample is 0. */
    private static final class NumberingEncoder implements FrameEncoder {

        private final List<EncoderSettings> adapted = new ArrayList<>();
        private final List<Integer> lengths = new ArrayList<>();
        private boolean keeps = true;
        private int bytes = 40;
        private int count;

        @Override
        public int encode(short[] packet, ByteBuffer payload, int at) {
            if (keeps) {
                lengths.add(packet.length);
            }
            int length = packet[0] == 0 ? 1 : bytes;
            for (int i = 0; i < length; i++) {
                payload.put(at + i, (byte) count);
            }
            count++;
            return length;
        }

        @Override
        public void adapt(EncoderSettings settings) {
            adapted.add(settings);
        }

        @Override
        public int maxPayloadBytes() {
            return 1_275;
        }
    }

    /** Adds a packet's frames; returns whether there is something to send. */
    private boolean say(int level) {
        Arrays.fill(frame, (short) level);
        assertThat(sender.add(frame)).as("half a packet").isFalse();
        return sender.add(frame);
    }

    private void copies(Integer... distances) {
        sender.adapt(new SendSettings(CODING, List.of(distances), false, UNLIMITED_BPS));
    }

    /** Returns the number of each block, as the peer reads them. */
    private List<Integer> blocks() {
        assertThat(red.parse(sender.payload(), 0, sender.payloadBytes())).isPositive();
        List<Integer> numbers = new ArrayList<>();
        for (int block = 0; block < red.blocks(); block++) {
            assertThat(red.payloadType(block)).isEqualTo(PAYLOAD_TYPE);
            numbers.add((int) sender.payload().get(red.at(block)));
        }
        return numbers;
    }

    private List<Integer> offsets() {
        List<Integer> offsets = new ArrayList<>();
        for (int block = 0; block < red.blocks(); block++) {
            offsets.add(red.timestampOffset(block));
        }
        return offsets;
    }

    @Test
    void shouldSendTwoFramesInAPacket() {
        for (int number = 0; number < 3; number++) {
            assertThat(say(1)).isTrue();
            assertThat(sender.timestamp()).isEqualTo(number * (long) PACKET);
            assertThat(sender.payloadBytes()).isEqualTo(40);
            assertThat(sender.payload().get(0)).isEqualTo((byte) number);
            assertThat(sender.hasCopies()).isFalse();
            assertThat(sender.startsTalkSpurt()).isFalse();
        }
        assertThat(encoder.lengths).containsExactly(PACKET, PACKET, PACKET);
    }

    /** The length changes between packets, and time goes on. */
    @Test
    void shouldSendShortPacketsWhileTheSettingsAskForThem() {
        Arrays.fill(frame, (short) 1);
        sender.add(frame);
        sender.adapt(new SendSettings(CODING, List.of(1), false, UNLIMITED_BPS, 10));
        assertThat(sender.add(frame)).as("the packet begun").isTrue();
        assertThat(sender.framesToPacket()).isEqualTo(1);
        assertThat(sender.add(frame)).isTrue();
        assertThat(sender.timestamp()).isEqualTo(PACKET);
        assertThat(offsets(sender)).containsExactly(PACKET, 0);
        assertThat(sender.add(frame)).isTrue();
        assertThat(offsets(sender)).containsExactly(FRAME, 0);

        sender.adapt(new SendSettings(CODING, List.of(), false, UNLIMITED_BPS, 20));
        assertThat(sender.framesToPacket()).isEqualTo(2);
        assertThat(say(1)).isTrue();
        assertThat(sender.timestamp()).isEqualTo(PACKET + 2 * FRAME);
        assertThat(encoder.lengths).containsExactly(PACKET, FRAME, FRAME, PACKET);
    }

    private List<Integer> offsets(VoiceSender of) {
        assertThat(red.parse(of.payload(), 0, of.payloadBytes())).isPositive();
        return offsets();
    }

    @Test
    void shouldResampleToTheCodec() {
        VoiceSender resampling =
                new VoiceSender(encoder, new VoiceSender.Format(PcmFormat.CLASSIC, 48_000, 20, PAYLOAD_TYPE));
        for (int i = 0; i < 20; i++) {
            assertThat(resampling.add(new short[441]))
                    .as("frame %d: silence is announced, then not sent", i)
                    .isEqualTo(i % 2 == 1 && i < 2 * ANNOUNCED);
        }

        assertThat(encoder.lengths).hasSize(10).containsOnly(PACKET);
        assertThat(resampling.timestamp()).isEqualTo(9 * PACKET);
    }

    @Test
    void shouldSendCopiesTheFarthestFirst() {
        copies(1, 3);
        say(1);
        assertThat(sender.hasCopies()).as("nothing to copy").isFalse();
        say(1);
        assertThat(blocks()).containsExactly(0, 1);
        say(1);
        say(1);

        assertThat(sender.hasCopies()).isTrue();
        assertThat(blocks()).containsExactly(0, 2, 3);
        assertThat(offsets()).containsExactly(3 * PACKET, PACKET, 0);
        for (int block = 0; block < 3; block++) {
            assertThat(red.bytes(block)).isEqualTo(40);
        }
    }

    @Test
    void shouldCopyAsFarBackAsItRemembers() {
        copies(VoiceSender.MAX_COPY_DISTANCE, VoiceSender.MAX_COPY_DISTANCE + 1);
        for (int number = 0; number < 40; number++) {
            say(1);
        }

        assertThat(blocks()).containsExactly(39 - VoiceSender.MAX_COPY_DISTANCE, 39);
    }

    @Test
    void shouldTakeNewSettingsWithTheNextPacketAndOnce() {
        SendSettings settings = new SendSettings(CODING, List.of(1), false, 200_000);
        sender.adapt(settings);
        sender.adapt(settings);
        say(1);
        say(1);
        assertThat(sender.hasCopies()).isTrue();
        copies();
        say(1);

        assertThat(sender.hasCopies()).isFalse();
        assertThat(encoder.adapted).as("the same for the encoder").hasSize(1);
    }

    @Test
    void shouldLeaveOutCopiesThatMakeThePacketTooLong() {
        encoder.bytes = 500;
        copies(1, 2);
        say(1);
        say(1);
        say(1);
        assertThat(blocks()).as("one has").containsExactly(0, 2);
        encoder.bytes = 800;
        say(1);
        say(1);
        say(1);
        assertThat(sender.payloadBytes()).as("no copy has room").isEqualTo(800);
        encoder.bytes = 1_275;
        say(1);
        assertThat(sender.payloadBytes()).isEqualTo(1_275);
        assertThat(sender.payload().get(sender.payloadBytes() - 1))
                .as("the frame itself")
                .isEqualTo((byte) 6);
    }

    @Test
    void shouldSendTheFirstFrameOfAPauseAndMarkTheFirstAfter() {
        copies(1);
        say(1);
        assertThat(say(0)).as("announces the pause").isTrue();
        assertThat(blocks()).as("and repairs what went before").containsExactly(0, 1);
        for (int i = 1; i < ANNOUNCED; i++) {
            assertThat(say(0)).as("in case one gets lost").isTrue();
            assertThat(sender.hasCopies()).isFalse();
        }
        for (int i = 0; i < 10; i++) {
            assertThat(say(0)).isFalse();
        }
        assertThat(say(1)).isTrue();
        assertThat(sender.startsTalkSpurt()).isTrue();
        assertThat(sender.timestamp()).as("time goes on").isEqualTo((1 + ANNOUNCED + 10) * PACKET);
        assertThat(sender.hasCopies()).as("of nothing").isFalse();
        assertThat(say(1)).isTrue();
        assertThat(sender.startsTalkSpurt()).isFalse();
        assertThat(sender.hasCopies()).isTrue();
    }

    @Test
    void shouldAnnounceAPauseUntilTheFarthestCopyHasGone() {
        copies(5);
        say(1);
        for (int i = 0; i < 5; i++) {
            assertThat(say(0)).isTrue();
        }
        assertThat(blocks()).containsExactly(0, 5);

        assertThat(say(0)).isFalse();
    }

    @Test
    void shouldLeaveOutCopiesThatExceedTheBitRate() {
        // 40 bytes of headers and 40 of payload are 32 kbit/s; a copy adds 4 + 1 + 40 bytes
        sender.adapt(new SendSettings(CODING, List.of(1), false, 41_000));
        int bytes = 0;
        int copied = 0;
        for (int number = 0; number < 500; number++) {
            say(1);
            bytes += sender.payloadBytes() + 40;
            copied += sender.hasCopies() ? 1 : 0;
        }

        assertThat(copied).as("every second one").isBetween(230, 255);
        assertThat(bytes * 8 / 10).as("bit/s over 10 s").isBetween(40_000, 41_000);
    }

    /** The background of short pauses is sent as it is: comfort noise in its place is heard. */
    @Test
    void shouldSendPausesUntilTheyAreLong() {
        EncoderSettings pausing = new EncoderSettings(30_000, 0, false, 0, true);
        encoder.keeps = false;
        sender.adapt(new SendSettings(pausing, List.of(), false, UNLIMITED_BPS));
        say(10_000);
        assertThat(encoder.adapted).containsExactly(pausing.withoutDtx());
        for (int ms = 0; ms < PauseDetector.LONG_MS - 20; ms += 20) {
            say(100);
        }
        assertThat(encoder.adapted).hasSize(1);
        say(100);
        say(100);
        assertThat(encoder.adapted).hasSize(2).last().isEqualTo(pausing);
        say(10_000);
        assertThat(encoder.adapted).last().isEqualTo(pausing.withoutDtx());
    }

    @Test
    void shouldNotSendWhatNobodyHears() {
        EncoderSettings pausing = new EncoderSettings(30_000, 0, false, 0, true);
        sender.adapt(new SendSettings(pausing, List.of(), false, UNLIMITED_BPS));
        say(1);

        assertThat(encoder.adapted).containsExactly(pausing);
    }

    @Test
    void shouldEncodeWithLessWhileSpeechTakesTooMuchOfACleanPath() {
        EncoderSettings clean = new EncoderSettings(30_000, 0, false, 0, false);
        encoder.bytes = 80; // 32 kbit/s, 48 with headers
        sender.adapt(new SendSettings(clean, List.of(), false, UNLIMITED_BPS));
        for (int i = 0; i < 200; i++) {
            say(i % 10 == 0 ? 1_000 : 10_000);
        }
        assertThat(encoder.adapted).hasSize(2).last().isEqualTo(clean.withBitRate(27_900));
        encoder.bytes = 60;
        for (int i = 0; i < 500; i++) {
            say(i % 10 == 0 ? 1_000 : 10_000);
        }
        assertThat(encoder.adapted).hasSize(3).last().isEqualTo(clean);
        copies(2);
        encoder.bytes = 80;
        for (int i = 0; i < 200; i++) {
            say(i % 10 == 0 ? 1_000 : 10_000);
        }
        assertThat(encoder.adapted).as("copies have their own limit").last().isEqualTo(CODING);
    }

    @Test
    void shouldLetTimeGoOnWhenTheMicrophoneGaveNothing() {
        copies(1);
        say(1);
        sender.skip(48_000 + 7);
        say(1);

        assertThat(sender.timestamp()).isEqualTo(PACKET + 48_000);
        assertThat(sender.hasCopies()).as("too old for RFC 2198").isFalse();
    }

    @Test
    void shouldAllocateNothing() {
        encoder.keeps = false;
        copies(1, 3);
        int[] count = {0};

        assertThat(Allocation.bytesPerRun(2_000, 5_000, () -> {
                    frame[0] = (short) (count[0]++ / 100 % 2);
                    sender.add(frame);
                }))
                .isLessThan(1);
    }

    @Test
    void shouldSayHowManyFramesThePacketLacks() {
        assertThat(sender.framesToPacket()).isEqualTo(2);
        sender.add(frame);
        assertThat(sender.framesToPacket()).isEqualTo(1);
        sender.add(frame);
        assertThat(sender.framesToPacket()).isEqualTo(2);
    }
}
