package voiptui.codec;

import java.nio.ByteBuffer;

/**
 * Encodes by libopus with as little delay as the bit rate allows. From {@value #LEAST_BPS} bit/s on, and while nothing is protected,
 * the transform layer alone (CELT) does as well as with the layer for speech (SILK) below, and delays by 2.5 ms instead of 6.5. With fewer
 * bits it does much worse (PESQ-WB 3.4 instead of 4.4 at 24 kbit/s), and it knows no in-band FEC.
 *
 * <p>Owned by the capture thread. Allocates nothing per frame.
 */
final class LowDelayEncoder implements FrameEncoder {

    /** The least bit rate for the transform layer alone, in bit/s. */
    static final int LEAST_BPS = 45_000;

    private final LibOpusEncoder transform = new LibOpusEncoder(true);
    private final LibOpusEncoder speech = new LibOpusEncoder(false);
    private LibOpusEncoder current = speech;

    /** {@inheritDoc} Another layer begins without a past, as the decoder expects. */
    @Override
    public void adapt(EncoderSettings settings) {
        boolean unprotected = settings.lossPercent() == 0 && !settings.inBandFec() && settings.dredMs() == 0;
        LibOpusEncoder wanted = unprotected && settings.bitRateBps() >= LEAST_BPS ? transform : speech;
        if (wanted != current) {
            wanted.restart();
            current = wanted;
        }
        current.adapt(settings);
    }

    @Override
    public int encode(short[] frame, ByteBuffer packet, int at) {
        return current.encode(frame, packet, at);
    }

    @Override
    public int maxPayloadBytes() {
        return current.maxPayloadBytes();
    }
}
