package voiptui.codec;

import java.nio.ByteOrder;
import java.util.Arrays;
import voiptui.audio.PcmFormat;

/**
 * Decodes uncompressed samples, and conceals missing audio with a {@link Concealer}. Owned by the playout thread. Allocates
 * nothing.
 */
public final class PcmDecoder implements FrameDecoder {

    private final ByteOrder order;
    private final int rateHz;
    private final int maxSamples;
    private final int packetSamples;
    private final Concealer concealer;
    private final short[] packet;

    /**
     * Creates a decoder to the sample rate of {@code format}.
     *
     * @param order byte order of the samples, see {@link PcmEncoder}
     */
    public PcmDecoder(PcmFormat format, ByteOrder order) {
        this.order = order;
        this.rateHz = format.sampleRateHz();
        this.maxSamples = format.samplesOf(MAX_PAYLOAD_MS);
        this.packetSamples = format.samplesOf(voiptui.time.PacketTime.MS);
        this.concealer = new Concealer(rateHz, packetSamples);
        this.packet = new short[packetSamples];
    }

    @Override
    public int rateHz() {
        return rateHz;
    }

    @Override
    public int samples(byte[] payload, int bytes) {
        int samples = bytes / PcmFormat.BYTES_PER_SAMPLE;
        return bytes % PcmFormat.BYTES_PER_SAMPLE == 0 && samples <= maxSamples ? samples : 0;
    }

    @Override
    public int decode(byte[] payload, int bytes, short[] audio) {
        if (samples(payload, bytes) != packetSamples) {
            return 0;
        }
        PcmCodec.decode(payload, order, packet);
        concealer.onFrame(packet);
        System.arraycopy(packet, 0, audio, 0, packetSamples);
        return packetSamples;
    }

    @Override
    public void conceal(short[] audio, int samples) {
        Arrays.fill(audio, 0, samples, (short) 0);
        if (samples == packetSamples) {
            concealer.conceal(packet);
            System.arraycopy(packet, 0, audio, 0, samples);
        }
    }
}
