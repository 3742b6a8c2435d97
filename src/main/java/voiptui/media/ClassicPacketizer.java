package voiptui.media;

import java.nio.ByteBuffer;
import voiptui.codec.FrameEncoder;
import voiptui.rtp.ClassicPacket;

/** Makes packets of the classic protocol, numbered from 0. Allocates nothing for each. */
final class ClassicPacketizer implements Packetizer {

    private final FrameEncoder encoder;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(ClassicPacket.PACKET_BYTES);
    private int sequence;

    /** @param encoder codes frames to the payload of a classic packet */
    ClassicPacketizer(FrameEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public ByteBuffer packetOf(short[] frame) {
        packet.clear();
        ClassicPacket.putSequence(packet, sequence);
        encoder.encode(frame, packet, ClassicPacket.HEADER_BYTES);
        sequence = ClassicPacket.nextSequence(sequence);
        return packet;
    }

    @Override
    public ByteBuffer farewell() {
        ByteBuffer farewell = ByteBuffer.allocateDirect(ClassicPacket.PACKET_BYTES);
        ClassicPacket.putSequence(farewell, ClassicPacket.EOT_SEQUENCE);
        return farewell;
    }
}
