package voiptui.media.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import voiptui.audio.PcmFormat;
import voiptui.codec.PcmCodec;
import voiptui.codec.PcmDecoder;
import voiptui.rtp.repair.ReceivedPackets;
import voiptui.time.PacketTime;
import voiptui.voice.StreamHistory;

/** The history of a stream of uncompressed packets of 20 ms, numbered from 0, as the network thread writes it. */
final class PcmStream {

    /** Samples in a packet. */
    static final int PACKET = PcmFormat.CLASSIC.samplesOf(PacketTime.MS);

    private static final int BYTES = PACKET * PcmFormat.BYTES_PER_SAMPLE;

    private final ReceivedPackets packets = new ReceivedPackets(BYTES, 4096 * BYTES);
    private final ByteBuffer payload = ByteBuffer.allocate(BYTES);

    /** Returns the history, as of a peer that sends packets again or not. */
    StreamHistory history(boolean heals) {
        return new StreamHistory(
                packets,
                () -> new PcmDecoder(PcmFormat.CLASSIC, ByteOrder.LITTLE_ENDIAN),
                1,
                PACKET,
                heals,
                () -> Double.NaN);
    }

    /** Returns the packets. */
    ReceivedPackets packets() {
        return packets;
    }

    private ByteBuffer payload(int number, short[] samples) {
        short[] audio = new short[PACKET];
        int from = number * PACKET;
        System.arraycopy(samples, from, audio, 0, Math.min(PACKET, samples.length - from));
        PcmCodec.encode(audio, payload, 0);
        return payload;
    }

    /** A packet of {@code samples} arrives. */
    void arrive(int number, short[] samples, long nowNs) {
        packets.onPacket(number, number, (long) number * PACKET, payload(number, samples), 0, BYTES, nowNs);
    }

    /** A packet of {@code samples} arrives again. */
    void arriveAgain(int number, short[] samples, long nowNs) {
        packets.onRetransmission(number, (long) number * PACKET, payload(number, samples), 0, BYTES, nowNs);
    }
}
