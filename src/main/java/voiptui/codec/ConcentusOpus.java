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
 * frame (measured), conceals losses less well and knows no deep redundancy; nothing here adds to that.
 */
final class ConcentusOpus implements OpusLibrary {

    /** Encoder complexity, from 0 to 10: the lowest with the better pitch search, at half the cost of 10. */
    private static final int COMPLEXITY = 5;

    /** The TOC bytes of hybrid frames (RFC 6716, 3.1): a packet without anything else is concealed. */
    private static final byte EMPTY_20_MS = 0x78;

    private static final byte EMPTY_10_MS = 0x70;

    @Override
    public String name() {
        return "Concentus";
    }

    @Override
    public FrameEncoder encoder(int frameMs) {
        Opus.requireFrame(frameMs);
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
            opus.setBitrate(EncoderSettings.DEFAULT.bitRateBps());
            opus.setUseVBR(true);
            opus.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
            opus.setComplexity(COMPLEXITY);
        }

        /** Adapts all but the deep redundancy, which the library does not know. */
        @Override
        public void adapt(EncoderSettings wanted) {
            opus.setBitrate(wanted.bitRateBps());
            opus.setPacketLossPercent(wanted.lossPercent());
            opus.setUseInbandFEC(wanted.inBandFec());
            opus.setUseDTX(wanted.dtx());
        }

        @Override
        public int encode(short[] frame, ByteBuffer packet, int at) {
            int bytes = encode(frame);
            packet.put(at, payload, 0, bytes);
            return bytes;
        }

        /** Encodes to {@code payload}. Resets the library after a frame that it fails on, for which an empty one is sent. */
        private int encode(short[] frame) {
            try {
                return opus.encode(frame, 0, frame.length, payload, 0, payload.length);
            } catch (OpusException | RuntimeException | AssertionError failed) {
                opus.resetState();
                payload[0] = frame.length == Opus.FRAME_SAMPLES ? EMPTY_20_MS : EMPTY_10_MS;
                return 1;
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
        boolean run(byte @Nullable [] payload, int bytes, short[] audio, int samples, boolean fec) {
            try {
                if (opus.decode(payload, 0, bytes, audio, 0, samples, fec) == samples) {
                    return true;
                }
            } catch (OpusException | RuntimeException | AssertionError failed) {
                // as any other failure
            }
            opus.resetState();
            return false;
        }
    }
}
