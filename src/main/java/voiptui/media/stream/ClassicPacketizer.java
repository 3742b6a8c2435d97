package voiptui.media.stream;

import java.nio.ByteBuffer;
import voiptui.rtp.ClassicPacket;
import voiptui.voice.VoiceSender;

/** Packetizes for the classic protocol; sequence numbers start at 0. */
public final class ClassicPacketizer implements Packetizer {

    private final ByteBuffer packet = ByteBuffer.allocateDirect(ClassicPacket.PACKET_BYTES);
    private int sequence;

    @Override
    public ByteBuffer packetize(VoiceSender sender) {
        packet.clear();
        ClassicPacket.putSequence(packet, sequence);
        packet.put(ClassicPacket.HEADER_BYTES, sender.payload(), 0, sender.payloadBytes());
        sequence = ClassicPacket.nextSequence(sequence);
        return packet;
    }

    @Override
    public ByteBuffer endOfTransmission() {
        ByteBuffer last = ByteBuffer.allocateDirect(ClassicPacket.PACKET_BYTES);
        ClassicPacket.putSequence(last, ClassicPacket.EOT_SEQUENCE);
        return last;
    }
}
