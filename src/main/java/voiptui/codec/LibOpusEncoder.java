package voiptui.codec;

import static org.lwjgl.util.opus.Opus.OPUS_APPLICATION_RESTRICTED_LOWDELAY;
import static org.lwjgl.util.opus.Opus.OPUS_APPLICATION_VOIP;
import static org.lwjgl.util.opus.Opus.OPUS_SET_BITRATE;
import static org.lwjgl.util.opus.Opus.OPUS_SET_COMPLEXITY;
import static org.lwjgl.util.opus.Opus.OPUS_SET_DRED_DURATION_REQUEST;
import static org.lwjgl.util.opus.Opus.OPUS_SET_DTX;
import static org.lwjgl.util.opus.Opus.OPUS_SET_INBAND_FEC;
import static org.lwjgl.util.opus.Opus.OPUS_SET_PACKET_LOSS_PERC;
import static org.lwjgl.util.opus.Opus.OPUS_SET_SIGNAL;
import static org.lwjgl.util.opus.Opus.OPUS_SIGNAL_VOICE;
import static org.lwjgl.util.opus.Opus.opus_encode;
import static org.lwjgl.util.opus.Opus.opus_encoder_ctl;
import static org.lwjgl.util.opus.Opus.opus_encoder_get_size;
import static org.lwjgl.util.opus.Opus.opus_encoder_init;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.util.opus.Opus.CTLRequest;

/** Encodes by libopus. Owned by the capture thread. Allocates nothing per frame. */
final class LibOpusEncoder implements FrameEncoder {

    /** Encoder complexity, from 0 to 10; 10 costs a quarter more and gains nothing audible at this bit rate. */
    private static final int COMPLEXITY = 9;

    private final int application;
    private final ByteBuffer state = LibOpus.direct(opus_encoder_get_size(1));
    private final long address = MemoryUtil.memAddress(state);
    private final ShortBuffer samples =
            LibOpus.direct(Short.BYTES * Opus.FRAME_SAMPLES).asShortBuffer();
    private final ByteBuffer payload = LibOpus.direct(OpusPacket.MAX_FRAME_BYTES);
    private EncoderSettings settings = EncoderSettings.DEFAULT;

    /**
     * Creates an encoder.
     *
     * @param lowDelay whether to delay by 2.5 ms instead of 6.5, without the layer for speech (SILK) and in-band FEC
     */
    LibOpusEncoder(boolean lowDelay) {
        this.application = lowDelay ? OPUS_APPLICATION_RESTRICTED_LOWDELAY : OPUS_APPLICATION_VOIP;
        restart();
    }

    /** Forgets all frames and settings. */
    void restart() {
        LibOpus.require(opus_encoder_init(address, Opus.RATE_HZ, 1, application), "opus_encoder_init");
        settings = EncoderSettings.DEFAULT;
        set(OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
        set(OPUS_SET_COMPLEXITY(COMPLEXITY));
        set(OPUS_SET_BITRATE(settings.bitRateBps()));
    }

    private void set(CTLRequest request) {
        LibOpus.require(opus_encoder_ctl(address, request), "opus_encoder_ctl");
    }

    @Override
    public void adapt(EncoderSettings wanted) {
        if (wanted.equals(settings)) {
            return;
        }
        set(OPUS_SET_BITRATE(wanted.bitRateBps()));
        set(OPUS_SET_PACKET_LOSS_PERC(wanted.lossPercent()));
        set(OPUS_SET_INBAND_FEC(wanted.inBandFec() ? 1 : 0));
        set(OPUS_SET_DRED_DURATION_REQUEST(wanted.dredMs() / EncoderSettings.DRED_STEP_MS));
        set(OPUS_SET_DTX(wanted.dtx() ? 1 : 0));
        settings = wanted;
    }

    @Override
    public int encode(short[] frame, ByteBuffer packet, int at) {
        samples.put(0, frame, 0, frame.length);
        int bytes = opus_encode(address, samples, frame.length, payload);
        Reference.reachabilityFence(state);
        if (bytes < 0) {
            throw new IllegalStateException("libopus: opus_encode failed with " + bytes);
        }
        packet.put(at, payload, 0, bytes);
        return bytes;
    }

    @Override
    public int maxPayloadBytes() {
        return OpusPacket.MAX_FRAME_BYTES;
    }
}
