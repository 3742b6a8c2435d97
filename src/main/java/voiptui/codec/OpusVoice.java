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
import org.jspecify.annotations.Nullable;
import voiptui.audio.PcmFormat;

/**
 * Opus for speech: mono, 48 kHz, 20 ms frames, variable bit rate (RFC 6716; RTP payload format: RFC 7587).
 *
 * <p>The library, Concentus, allocates about 115 kB per encoded and 29 kB per decoded frame (measured); nothing here adds to
 * it.
 */
public final class OpusVoice {

    /** Name of the codec in events and summaries. */
    public static final String NAME = "opus";
    /** Average bit rate in kbit/s, recommended for full-band speech (RFC 7587, 3.1.1). */
    public static final int BITRATE_KBPS = 32;

    /** The longest payload of one frame, in bytes (RFC 6716, 3.4, R2). */
    static final int MAX_PAYLOAD_BYTES = 1275;
    /**
     * Encoder complexity, from 0 to 10. At 3, waveform correlation of speech is almost that of 10, at two fifths of the cost
     * (measured with the C1 compiler only, as clients run).
     */
    static final int COMPLEXITY = 3;

    /**
     * Application AUDIO, since VOIP adds a high-pass filter: waveform correlation is 0.985 instead of 0.959 for the demo's
     * sentence at this bit rate (measured).
     */
    private static final OpusApplication APPLICATION = OpusApplication.OPUS_APPLICATION_AUDIO;

    private static final int WARM_UP_FRAMES = 100;
    private static final int RATE_HZ = PcmFormat.OPUS.sampleRateHz();
    private static final int FRAME_SAMPLES = PcmFormat.OPUS.frameSamples();

    private OpusVoice() {}

    /** Returns an encoder for frames of {@link PcmFormat#OPUS}. */
    public static FrameEncoder encoder() {
        return new Encoder();
    }

    /** Returns a decoder to frames of {@link PcmFormat#OPUS}. */
    public static FrameDecoder decoder() {
        return new Decoder();
    }

    /**
     * Encodes and decodes two seconds of noise, so that the JVM has compiled the codec before a call needs it: interpreted, a
     * frame takes longer than it lasts. Takes up to a second of CPU time; once per process is enough.
     */
    public static void warmUp() {
        FrameEncoder encoder = encoder();
        FrameDecoder decoder = decoder();
        Random noise = new Random(1);
        short[] frame = new short[FRAME_SAMPLES];
        ByteBuffer packet = ByteBuffer.allocate(MAX_PAYLOAD_BYTES);
        for (int i = 0; i < WARM_UP_FRAMES; i++) {
            // Varying loudness, as in speech, exercises more than one path through the codec.
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
            boolean isOneFrame = bytes > 0 && OpusPacketInfo.getNumSamples(payload, 0, bytes, RATE_HZ) == FRAME_SAMPLES;
            if (isOneFrame && run(payload, bytes, frame)) {
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

        /** Decodes, or conceals when the payload is null. Resets the library after payloads that it fails on. */
        private boolean run(byte @Nullable [] payload, int bytes, short[] frame) {
            try {
                return opus.decode(payload, 0, bytes, frame, 0, FRAME_SAMPLES, false) == FRAME_SAMPLES;
            } catch (OpusException invalid) {
                return false;
            } catch (RuntimeException | AssertionError failed) {
                opus.resetState();
                return false;
            }
        }
    }
}
