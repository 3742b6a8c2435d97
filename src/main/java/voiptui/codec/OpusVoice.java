package voiptui.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusPacketInfo;
import io.github.jaredmdobson.concentus.OpusSignal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import voiptui.audio.PcmFormat;

/**
 * Opus as a telephone uses it: mono, 48 kHz, 20 ms, for voice, at a bit rate that follows what is said around a mean (RFC
 * 6716; its payload in RTP: RFC 7587).
 *
 * <p>The library that does the work makes garbage of each frame, the encoder about 115 kB and the decoder 29 kB (measured);
 * nothing here adds to it.
 */
public final class OpusVoice {

    /** The codec's name in the summary. */
    public static final String NAME = "opus";
    /** Thousand bits a second on average: full-band speech that nobody finds fault with (RFC 7587, 3.1.1). */
    public static final int BITRATE_KBPS = 32;

    /** The longest payload of one frame (RFC 6716, 3.4, R2). */
    static final int MAX_PAYLOAD_BYTES = 1275;
    /**
     * How much the encoder tries, from 0 to 10. Speech comes out almost as like itself as with 10, at two fifths of the cost
     * (measured with the quick compiler alone, which is what a client runs with).
     */
    static final int COMPLEXITY = 3;

    /**
     * Without the high-pass filter that {@code VOIP} puts in front: what is heard is nearer to what was said (a correlation of
     * 0.985 instead of 0.959 for the demo's sentence at this bit rate, measured).
     */
    private static final OpusApplication APPLICATION = OpusApplication.OPUS_APPLICATION_AUDIO;

    private static final int WARM_UP_FRAMES = 100;
    private static final int RATE_HZ = PcmFormat.OPUS.sampleRateHz();
    private static final int FRAME_SAMPLES = PcmFormat.OPUS.frameSamples();

    private OpusVoice() {}

    /** An encoder for frames of {@link PcmFormat#OPUS}. */
    public static FrameEncoder encoder() {
        return new Encoder();
    }

    /** A decoder to frames of {@link PcmFormat#OPUS}. */
    public static FrameDecoder decoder() {
        return new Decoder();
    }

    /**
     * Codes two seconds of noise there and back, so that the Java machine has compiled the codec before a call needs it: what is
     * not compiled takes longer than a frame lasts. Takes up to a second of processor time, once a process.
     */
    public static void warmUp() {
        FrameEncoder encoder = encoder();
        FrameDecoder decoder = decoder();
        Random noise = new Random(1);
        short[] frame = new short[FRAME_SAMPLES];
        ByteBuffer packet = ByteBuffer.allocate(MAX_PAYLOAD_BYTES);
        for (int i = 0; i < WARM_UP_FRAMES; i++) {
            // Louder and quieter, as speech is, so that more than one of the codec's ways is gone.
            int loudness = 1 + (i % 10) * (i % 10) * 100;
            for (int at = 0; at < frame.length; at++) {
                frame[at] = (short) (noise.nextInt(2 * loudness) - loudness);
            }
            int bytes = encoder.encode(frame, packet, 0);
            decoder.decode(packet.array(), bytes, frame);
        }
        decoder.conceal(frame);
    }

    private static final class Encoder implements FrameEncoder {

        private final OpusEncoder opus;
        private final byte[] payload = new byte[MAX_PAYLOAD_BYTES];

        Encoder() {
            try {
                opus = new OpusEncoder(RATE_HZ, 1, APPLICATION);
            } catch (OpusException impossible) {
                throw new IllegalStateException(impossible);
            }
            opus.setBitrate(BITRATE_KBPS * 1000);
            opus.setUseVBR(true);
            opus.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
            opus.setComplexity(COMPLEXITY);
        }

        @Override
        public int encode(short[] frame, ByteBuffer packet, int at) {
            try {
                int bytes = opus.encode(frame, 0, FRAME_SAMPLES, payload, 0, MAX_PAYLOAD_BYTES);
                packet.put(at, payload, 0, bytes);
                return bytes;
            } catch (OpusException bug) {
                throw new IllegalStateException(bug);
            }
        }

        @Override
        public int maxPayloadBytes() {
            return MAX_PAYLOAD_BYTES;
        }
    }

    private static final class Decoder implements FrameDecoder {

        private final OpusDecoder opus;

        Decoder() {
            try {
                opus = new OpusDecoder(RATE_HZ, 1);
            } catch (OpusException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public boolean decode(byte[] payload, int bytes, short[] frame) {
            boolean lastsAFrame =
                    bytes > 0 && OpusPacketInfo.getNumSamples(payload, 0, bytes, RATE_HZ) == FRAME_SAMPLES;
            if (lastsAFrame && run(payload, bytes, frame)) {
                return true;
            }
            conceal(frame);
            return false;
        }

        @Override
        public void conceal(short[] frame) {
            if (!run(null, 0, frame)) {
                Arrays.fill(frame, (short) 0);
            }
        }

        /** Decodes, or conceals without a payload. The library trips over some payloads; it begins anew after that. */
        private boolean run(byte[] payload, int bytes, short[] frame) {
            try {
                return opus.decode(payload, 0, bytes, frame, 0, FRAME_SAMPLES, false) == FRAME_SAMPLES;
            } catch (OpusException nonsense) {
                return false;
            } catch (RuntimeException | AssertionError tripped) {
                opus.resetState();
                return false;
            }
        }
    }
}
