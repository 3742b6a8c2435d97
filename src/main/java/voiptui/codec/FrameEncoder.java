package voiptui.codec;

import java.nio.ByteBuffer;

/** Codes sound, a frame at a time. Owned by the capture thread. */
public interface FrameEncoder {

    /**
     * Codes a frame.
     *
     * @param frame the samples; not kept and not changed
     * @param packet receives the payload; has room for {@link #maxPayloadBytes} from {@code at} on
     * @param at where in {@code packet} to begin, absolute; the buffer's position and limit are not moved
     * @return how long the payload is; 0 when there is none
     */
    int encode(short[] frame, ByteBuffer packet, int at);

    /** The longest payload that there may be. */
    int maxPayloadBytes();
}
