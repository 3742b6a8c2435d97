package voiptui.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Opus in Java, for where {@link LibOpus} does not load. It is slower, allocates about 115 kB per encoded and 29 kB per decoded
 * frame (measured), and conceals losses less well; nothing here adds to that.
 */
final class ConcentusOpus implements OpusLibrary {

    /** Encoder complexity, from 0 to 10: the lowest with the better pitch search, at half the cost of 10. */
    private static final int COMPLEXITY = 5;

    @Override
    public String name() {
        return "Concentus";
    }

    @Override
    public FrameEncoder encoder() {
        return new Encoder();
    }

    @Override
    public FrameDecoder decoder() {
        return new Decoder();
    }

    private static final class Encoder implements FrameEncoder {

        private final OpusEncoder opus;
        private final byte[] payload = new byte[OpusPacket.MAX_FRAME_BYTES];

        Encoder() {
            try {
                opus = new OpusEncoder(Opus.RATE_HZ, 1, OpusApplication.OPUS_APPLICATION_VOIP);
            } catch (OpusException impossible) {
                throw new IllegalStateException(impossible);
            }
            opus.setBitrate(Opus.BITRATE_KBPS * 1000);
            opus.setUseVBR(true);
            opus.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
            opus.setComplexity(COMPLEXITY);
        }

        @Override
        public int encode(short[] frame, ByteBuffer packet, int at) {
            try {
                int bytes = opus.encode(frame, 0, Opus.FRAME_SAMPLES, payload, 0, payload.length);
                packet.put(at, payload, 0, bytes);
                return bytes;
            } catch (OpusException bug) {
                throw new IllegalStateException(bug);
            }
        }

        @Override
        public int maxPayloadBytes() {
            return payload.length;
        }
    }

    private static final class Decoder extends OpusFrameDecoder {

        private final OpusDecoder opus;

        Decoder() {
            try {
                opus = new OpusDecoder(Opus.RATE_HZ, 1);
            } catch (OpusException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        /** Resets the library after payloads that it fails on. */
        @Override
        boolean run(byte @Nullable [] payload, int bytes, short[] audio, int samples) {
            try {
                return opus.decode(payload, 0, bytes, audio, 0, samples, false) == samples;
            } catch (OpusException invalid) {
                return false;
            } catch (RuntimeException | AssertionError failed) {
                opus.resetState();
                return false;
            }
        }
    }
}
