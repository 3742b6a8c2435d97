package voiptui.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.repair.RedWriter;
import voiptui.rtp.repair.RtxPacket;
import voiptui.rtp.repair.SentPackets;
import voiptui.rtp.rtcp.LossMap;
import voiptui.rtp.rtcp.ReportBlock;
import voiptui.rtp.rtcp.RtcpWriter;
import voiptui.rtp.rtcp.VoipMetrics;

/** Valid datagrams of every sort, made by the writers that a call uses. One thread. */
final class DatagramSeeds {

    private static final int FRAME_UNITS = 960;
    private static final int COUNT = 400;
    private static final int RTX_SSRC = 77;
    private static final int MAX_BYTES = 2_300;

    private final List<byte[]> payloads;
    private final int peer;
    private final int ourselves;
    private final Random random = new Random(2);

    /**
     * Creates a maker of datagrams.
     *
     * @param payloads Opus packets
     * @param peer the source of the datagrams
     * @param ourselves the source that reports refer to
     */
    DatagramSeeds(List<byte[]> payloads, int peer, int ourselves) {
        this.payloads = payloads;
        this.peer = peer;
        this.ourselves = ourselves;
    }

    /** Returns some hundred datagrams. */
    List<byte[]> of(DatagramSort sort) {
        List<byte[]> datagrams = new ArrayList<>();
        for (int i = 4; i < COUNT; i++) {
            switch (sort) {
                case OPUS -> datagrams.add(plain(i));
                case RED -> datagrams.add(redundant(i));
                case RTX -> datagrams.add(again(i % 2 == 0 ? plain(i) : redundant(i)));
                case RTCP -> datagrams.add(report(i));
            }
        }
        return datagrams;
    }

    private byte[] payload(int i) {
        return payloads.get(i % payloads.size());
    }

    /** Returns packet {@code i} of a stream of Opus. */
    byte[] plain(int i) {
        return packet(PayloadFormat.OPUS.payloadType(), i, ByteBuffer.wrap(payload(i)));
    }

    private byte[] packet(int payloadType, int i, ByteBuffer payload) {
        ByteBuffer packet = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + payload.remaining());
        RtpPacket.writeHeader(packet, i % 50 == 0, payloadType, i, i * FRAME_UNITS, peer);
        return packet.position(RtpPacket.HEADER_BYTES).put(payload).array();
    }

    private byte[] redundant(int i) {
        RedWriter writer = new RedWriter();
        for (int distance = 1 + random.nextInt(4); distance > 0; distance--) {
            byte[] copy = payload(i - distance);
            writer.addCopy(
                    PayloadFormat.OPUS.payloadType(), distance * FRAME_UNITS, ByteBuffer.wrap(copy), 0, copy.length);
        }
        byte[] primary = payload(i);
        ByteBuffer payload = ByteBuffer.allocate(writer.payloadBytes(primary.length));
        writer.write(payload, 0, PayloadFormat.OPUS.payloadType(), ByteBuffer.wrap(primary), 0, primary.length);
        return packet(PayloadFormat.RED_PAYLOAD_TYPE, i, payload);
    }

    private static byte[] again(byte[] original) {
        SentPackets sent = new SentPackets(2, MAX_BYTES, 10);
        sent.onSent(ByteBuffer.wrap(original), 0);
        RtxPacket writer = new RtxPacket(sent, RTX_SSRC, 0);
        writer.map(PayloadFormat.OPUS.payloadType(), PayloadFormat.RTX_PAYLOAD_TYPE);
        writer.map(PayloadFormat.RED_PAYLOAD_TYPE, PayloadFormat.RED_RTX_PAYLOAD_TYPE);
        @Nullable ByteBuffer packet = writer.build((original[2] & 0xff) << 8 | original[3] & 0xff, false, 0);
        if (packet == null) {
            throw new AssertionError("not sent again: " + Arrays.toString(original));
        }
        return bytes(packet);
    }

    private byte[] report(int i) {
        ByteBuffer packet = ByteBuffer.allocate(RtcpWriter.MAX_BYTES);
        ReportBlock block = new ReportBlock(ourselves, i & 0xff, i, i, i, i << 16, i);
        if (i % 2 == 0) {
            RtcpWriter.senderReport(packet, peer, new RtcpWriter.SenderInfo(random.nextLong(), i, i, i), block);
        } else {
            RtcpWriter.receiverReport(packet, peer, i % 5 == 0 ? null : block);
        }
        RtcpWriter.cname(packet, peer, "0123456789abcdef".substring(i % 16).getBytes(StandardCharsets.US_ASCII));
        if (i % 3 != 0) {
            LossMap map = new LossMap();
            map.clear(ourselves, i);
            for (int received = random.nextInt(LossMap.MAX_PACKETS + 1); received > 0; received--) {
                map.add(random.nextInt(4) > 0);
            }
            RtcpWriter.lossMap(packet, peer, map);
            RtcpWriter.voipMetrics(packet, peer, metrics());
        }
        if (i % 3 != 1) {
            int[] sequences =
                    random.ints(1 + random.nextInt(40), i, i + 60).sorted().toArray();
            RtcpWriter.nack(packet, peer, ourselves, sequences, sequences.length);
        }
        if (i % 50 == 0) {
            RtcpWriter.bye(packet, peer);
        }
        return bytes(packet.flip());
    }

    private VoipMetrics metrics() {
        return new VoipMetrics(
                ourselves,
                new VoipMetrics.Losses(random.nextDouble(), random.nextDouble(), 0.5, 0.1, 300, 4_000, 16),
                new VoipMetrics.Delays(random.nextInt(1_000), 80, 60, 120, 200),
                VoipMetrics.Levels.UNKNOWN,
                new VoipMetrics.Quality(random.nextInt(101), VoipMetrics.UNAVAILABLE, 4.1, 1 + 4 * random.nextDouble()),
                new VoipMetrics.Receiver(
                        VoipMetrics.Concealment.ENHANCED, VoipMetrics.JitterBuffer.ADAPTIVE, random.nextInt(16)));
    }

    private static byte[] bytes(ByteBuffer packet) {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(packet.position(), bytes);
        return bytes;
    }
}
