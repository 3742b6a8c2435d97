package voiptui.fuzz;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import voiptui.protocol.BindDatagram;
import voiptui.rtp.ClassicPacket;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.repair.RedPayload;
import voiptui.rtp.repair.RtxPacket;
import voiptui.rtp.rtcp.LossMap;
import voiptui.rtp.rtcp.ReportBlock;
import voiptui.rtp.rtcp.RtcpListener;
import voiptui.rtp.rtcp.RtcpReader;
import voiptui.rtp.rtcp.RtcpWriter;
import voiptui.rtp.rtcp.VoipMetrics;

/** One datagram for each reader of media packets: what they return lies within it. */
public final class PacketFuzz {

    /** Other bytes lie before and after a datagram; nothing may be read there. */
    private static final int MARGIN = 40;

    private PacketFuzz() {}

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] data) {
        ByteBuffer datagram = ByteBuffer.allocate(data.length + 2 * MARGIN);
        datagram.position(MARGIN).put(data).flip().position(MARGIN);
        checkRtp(datagram);
        checkRed(datagram, MARGIN, data.length);
        checkRtcp(datagram);
        checkBind(datagram);
        if (data.length >= ClassicPacket.HEADER_BYTES) {
            Promise.check(
                    ClassicPacket.isMedia(datagram) || !ClassicPacket.isEndOfTransmission(datagram),
                    "an end of transmission is a media packet");
        }
        Promise.check(
                datagram.position() == MARGIN && datagram.limit() == MARGIN + data.length, "a datagram is not moved");
    }

    private static void checkWithin(ByteBuffer datagram, int at, int bytes, String what) {
        Promise.check(
                at >= datagram.position() && bytes >= 0 && at + bytes <= datagram.limit(),
                "lies within the datagram",
                what,
                at,
                bytes);
    }

    private static void checkRtp(ByteBuffer datagram) {
        RtpPacket packet = new RtpPacket();
        if (!packet.parse(datagram)) {
            return;
        }
        Promise.check(!RtpPacket.isRtcp(datagram), "no datagram is RTP and RTCP");
        checkWithin(datagram, packet.payloadAt(), packet.payloadBytes(), "payload");
        int original = RtxPacket.originalSequence(datagram, packet);
        if (original >= 0) {
            checkWithin(
                    datagram, RtxPacket.originalPayloadAt(packet), RtxPacket.originalPayloadBytes(packet), "original");
        }
        checkRed(datagram, packet.payloadAt(), packet.payloadBytes());
    }

    private static void checkRed(ByteBuffer datagram, int at, int bytes) {
        RedPayload red = new RedPayload(PayloadFormat.RED_PAYLOAD_TYPE);
        int blocks = red.parse(datagram, at, bytes);
        Promise.check(
                blocks >= 0 && blocks <= RedPayload.MAX_BLOCKS && blocks == red.blocks(), "so many blocks", blocks);
        int end = at;
        for (int i = 0; i < blocks; i++) {
            checkWithin(datagram, red.at(i), red.bytes(i), "block");
            Promise.check(red.at(i) >= end, "blocks do not overlap", i);
            end = red.at(i) + red.bytes(i);
        }
        Promise.check(blocks == 0 || end == at + bytes, "the primary takes what is left");
    }

    private static void checkBind(ByteBuffer datagram) {
        if (BindDatagram.isAnswer(datagram)) {
            InetSocketAddress seenAs = BindDatagram.seenAs(datagram);
            Promise.check(seenAs.getAddress() != null && !seenAs.isUnresolved(), "an answer names an address");
            BindDatagram.cookie(datagram);
        }
        if (BindDatagram.isAnswer(datagram) || BindDatagram.isRequest(datagram)) {
            Promise.check(
                    datagram.remaining() >= BindDatagram.MIN_BYTES && datagram.remaining() <= BindDatagram.MAX_BYTES,
                    "a bind datagram has limits");
            Promise.check(!new BindDatagram.Key(new byte[32]).verifies(datagram), "nobody guesses a signature");
        }
    }

    private static void checkRtcp(ByteBuffer datagram) {
        Listener listener = new Listener(datagram);
        boolean valid = RtcpReader.read(datagram, listener);
        Promise.check(valid || listener.parts == 0, "nothing is told of an invalid datagram", listener.parts);
        Promise.check(listener.nacks <= RtcpReader.MAX_NACKS, "so many requests at most", listener.nacks);
        // The shortest thing told takes two bytes: an empty name. The exception are bits of a request.
        Promise.check(
                listener.parts - listener.nacks <= datagram.remaining(), "no more is told than fits", listener.parts);
    }

    /** Checks all that it is told. */
    private static final class Listener implements RtcpListener {
        private final ByteBuffer datagram;
        private int parts;
        private int nacks;

        Listener(ByteBuffer datagram) {
            this.datagram = datagram;
        }

        @Override
        public void onSenderReport(int ssrc, RtcpWriter.SenderInfo info) {
            parts++;
            Promise.check(info.packets() >= 0 && info.payloadBytes() >= 0, "counts are not negative", info);
        }

        @Override
        public void onReportBlock(int reporter, ReportBlock block) {
            parts++;
            Promise.check(block.lossPercent() >= 0 && block.lossPercent() <= 100, "a share of all", block);
            double rttMs = block.roundTripMs(0);
            Promise.check(Double.isNaN(rttMs) || rttMs >= 0, "a round trip takes time", block, rttMs);
            Promise.check(block.jitterMs(48_000) >= 0, "jitter is not negative", block);
        }

        @Override
        public void onCname(int ssrc, ByteBuffer given, int at, int bytes) {
            parts++;
            Promise.check(given == datagram, "a name is in the datagram");
            checkWithin(datagram, at, bytes, "name");
        }

        @Override
        public void onNack(int sender, int mediaSsrc, int sequence) {
            parts++;
            nacks++;
            Promise.check(sequence >= 0 && sequence <= 0xffff, "a sequence number has 16 bits", sequence);
        }

        @Override
        public void onVoipMetrics(int sender, VoipMetrics metrics) {
            parts++;
            double mos = metrics.quality().conversationMos();
            Promise.check(Double.isNaN(mos) || mos >= 1 && mos <= 5, "a mean opinion is from 1 to 5", mos);
            double loss = metrics.losses().lossFraction();
            Promise.check(loss >= 0 && loss <= 1, "a share of all", loss);
        }

        @Override
        public void onLossMap(int sender, LossMap map) {
            parts++;
            Promise.check(map.packets() > 0 && map.packets() <= LossMap.MAX_PACKETS, "so many packets", map.packets());
            map.isReceived(map.packets() - 1);
            Promise.check(map.beginSequence() >= 0 && map.beginSequence() <= 0xffff, "a sequence number has 16 bits");
        }

        @Override
        public void onBye(int ssrc) {
            parts++;
        }
    }
}
