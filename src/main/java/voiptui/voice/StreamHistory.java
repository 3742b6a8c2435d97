package voiptui.voice;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import voiptui.codec.FrameDecoder;
import voiptui.rtp.repair.ReceivedPackets;

/**
 * What the other side has sent of late, and how to decode it again.
 *
 * @param packets the packets, written by the network thread
 * @param decoders returns a new decoder of them; allocates
 * @param samplesPerUnit samples of decoded audio in one unit of the timestamps
 * @param packetSamples samples in a packet, until one is decoded
 * @param heals whether the other side sends missing packets again
 * @param roundTripMs to the other side and back, in milliseconds; NaN: unknown. Any thread
 */
public record StreamHistory(
        ReceivedPackets packets,
        Supplier<FrameDecoder> decoders,
        int samplesPerUnit,
        int packetSamples,
        boolean heals,
        DoubleSupplier roundTripMs) {}
