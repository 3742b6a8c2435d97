package voiptui.codec;

import java.nio.ByteBuffer;

/** Encodes audio, a frame at a time. Owned by the capture thread. */
public interface FrameEncoder {

    /**
     * Encodes a frame.
     *
     * @param frame the samples; neither kept nor changed. Opus takes 10 and 20 ms in any order, PCM 20 ms
     * @param packet receives the payload; has room for {@link #maxPayloadBytes} from {@code at}
     * @param at absolute index in {@code packet} of the payload; position and limit are not changed
     * @return length of the payload in bytes; 0 when there is none
     */
    int encode(short[] frame, ByteBuffer packet, int at);

    /** Returns the longest payload that {@link #encode} may write, in bytes. */
    int maxPayloadBytes();

    /**
     * Adapts to the path from the next frame on. Does nothing if the codec has nothing to adapt. With {@code dtx}, payloads of one
     * or two bytes say that nothing needs to be sent until a longer one (RFC 6716, 2.1.9).
     */
    default void adapt(EncoderSettings settings) {}
}
