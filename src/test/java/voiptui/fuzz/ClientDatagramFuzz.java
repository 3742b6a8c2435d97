package voiptui.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import voiptui.codec.FrameDecoder;
import voiptui.codec.OpusPacket;
import voiptui.event.Counter;
import voiptui.media.ReceivingEnd;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.rtcp.RtcpReader;
import voiptui.voice.ReceiverCounts;

/**
 * Datagrams at a client in a call with Opus: a {@link Script} whose first byte tells how much time passes and is played before each, and
 * whether it answers the last request for a packet.
 */
public final class ClientDatagramFuzz {

    private static final int PACKETS_MASK = 0x03;
    private static final int ANSWERS_REQUEST = 0x04;
    private static final int TELLS_US = 0x08;
    private static final int SSRC_AT = 8;
    private static final int REPORTED_SSRC_AT = 8;
    private static final int PULL_SAMPLES = 480;
    private static final int[] PACKETS = {0, 1, 2, 20};
    /** What becomes of a datagram: each counts as one of these. Those of media counts are kept by number. */
    private static final List<Counter> FATES = List.of(
            Counter.RTCP_RECEIVED, Counter.PACKETS_MALFORMED, Counter.PACKETS_UNEXPECTED, Counter.PACKETS_AFTER_END);

    /** Reads lengths as the real one does, and decodes silence. */
    private static final class Silence implements FrameDecoder {
        private static final int MAX_SAMPLES = 5_760;

        @Override
        public int samples(byte[] payload, int bytes) {
            Promise.check(bytes >= 0 && bytes <= payload.length, "a payload is within its array", bytes);
            return Math.max(0, OpusPacket.samples(payload, bytes));
        }

        @Override
        public int decode(byte[] payload, int bytes, short[] audio) {
            int samples = samples(payload, bytes);
            Arrays.fill(audio, 0, samples, (short) 0);
            return samples;
        }

        @Override
        public void conceal(short[] audio, int samples) {
            Promise.check(
                    samples > 0 && samples <= MAX_SAMPLES && samples % 120 == 0, "as much as can be made", samples);
            Arrays.fill(audio, 0, samples, (short) 0);
        }

        @Override
        public int rateHz() {
            return 48_000;
        }
    }

    private ClientDatagramFuzz() {}

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] data) {
        ReceivingEnd end = new ReceivingEnd(new Silence());
        short[] out = new short[PULL_SAMPLES];
        Script.run(data, (how, datagram) -> {
            for (int i = PACKETS[how & PACKETS_MASK]; i > 0; i--) {
                end.advance();
                end.pull(out);
                end.pull(out);
            }
            take(end, how, datagram);
        });
        ReceiverCounts counts = end.counts();
        Promise.check(
                counts.expected() == counts.played() + counts.recovered() + counts.concealed() + counts.skipped(),
                "every packet whose turn came is accounted for");
        Promise.check(counts.undecodable() <= counts.concealed(), "what cannot be decoded is concealed");
        for (Counter counter : Counter.values()) {
            Promise.check(end.count(counter) >= 0, "nothing is counted backwards", counter);
        }
    }

    private static void take(ReceivingEnd end, int how, byte[] datagram) {
        complete(end, how, datagram);
        long fates = fates(end);
        long bytesIn = end.count(Counter.RECEIVED_BYTES);
        long sentAgain = end.count(Counter.RETRANSMISSIONS_SENT);
        long asked = sentAgain + end.count(Counter.RETRANSMISSIONS_REFUSED);
        ByteBuffer buffer = ByteBuffer.wrap(datagram);
        end.onDatagram(buffer);
        Promise.check(buffer.position() == 0 && buffer.limit() == datagram.length, "a datagram is not moved");
        boolean isMedia = end.count(Counter.RECEIVED_BYTES) > bytesIn;
        long counted = fates(end) - fates;
        Promise.check(counted + (isMedia ? 1 : 0) == 1, "a datagram counts once", counted, isMedia);
        Promise.check(
                !isMedia
                        || end.count(Counter.RECEIVED_BYTES) - bytesIn == datagram.length + RtpPacket.LOWER_LAYER_BYTES,
                "bytes are counted once");
        long askedNow = end.count(Counter.RETRANSMISSIONS_SENT) + end.count(Counter.RETRANSMISSIONS_REFUSED) - asked;
        Promise.check(askedNow <= RtcpReader.MAX_NACKS, "a datagram asks for so many packets at most", askedNow);
        Promise.check(
                end.count(Counter.PACKETS_LOST) + end.count(Counter.PACKETS_RECEIVED) < 1L << 40,
                "no single datagram makes a loss of weeks");
    }

    /** Puts into a datagram what its sender would know. */
    private static void complete(ReceivingEnd end, int how, byte[] datagram) {
        ByteBuffer buffer = ByteBuffer.wrap(datagram);
        if ((how & ANSWERS_REQUEST) != 0 && datagram.length >= RtpPacket.HEADER_BYTES + 2 && end.missing() >= 0) {
            buffer.putShort(RtpPacket.HEADER_BYTES, (short) end.missing());
        }
        if ((how & TELLS_US) != 0 && datagram.length >= SSRC_AT + 4 && RtpPacket.isRtcp(buffer)) {
            buffer.putInt(REPORTED_SSRC_AT, end.ssrc());
        }
    }

    private static long fates(ReceivingEnd end) {
        long sum = 0;
        for (Counter counter : FATES) {
            sum += end.count(counter);
        }
        return sum;
    }
}
