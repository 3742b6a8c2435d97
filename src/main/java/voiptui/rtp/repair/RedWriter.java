package voiptui.rtp.repair;

import java.nio.ByteBuffer;
import voiptui.rtp.BigEndian;

/**
 * Writes the payload of a RED packet (RFC 2198): copies of earlier frames, then the newest.
 *
 * <p>For each packet {@link #clear}, {@link #addCopy} from the oldest to the youngest, {@link #write}. Copies nothing until
 * {@link #write}, so the sources must not change before. Owned by the capture thread. Allocates nothing.
 */
public final class RedWriter {

    /** The most copies in a packet. */
    public static final int MAX_COPIES = 4;

    private final ByteBuffer[] sources;
    private final int[] payloadTypes = new int[MAX_COPIES];
    private final int[] offsets = new int[MAX_COPIES];
    private final int[] positions = new int[MAX_COPIES];
    private final int[] lengths = new int[MAX_COPIES];
    private int copies;

    /** Creates a writer without copies. */
    public RedWriter() {
        this.sources = new ByteBuffer[MAX_COPIES];
    }

    /** Forgets the copies of the packet before. */
    public void clear() {
        copies = 0;
    }

    /**
     * Adds a copy to the next packet.
     *
     * @param payloadType of the copy, 0 to 127
     * @param timestampOffset how much older the copy is than the packet, in units of the RTP clock
     * @param source holds the copy until {@link #write}
     * @param at absolute position of the copy
     * @param bytes its length
     * @return false if it cannot be a copy: not 1 to {@value RedPayload#MAX_OFFSET} units older, not 1 to
     *     {@value RedPayload#MAX_COPY_BYTES} bytes long, or one more than {@value #MAX_COPIES}; it is left out then
     */
    public boolean addCopy(int payloadType, int timestampOffset, ByteBuffer source, int at, int bytes) {
        if (copies == MAX_COPIES
                || timestampOffset < 1
                || timestampOffset > RedPayload.MAX_OFFSET
                || bytes < 1
                || bytes > RedPayload.MAX_COPY_BYTES) {
            return false;
        }
        sources[copies] = source;
        payloadTypes[copies] = payloadType;
        offsets[copies] = timestampOffset;
        positions[copies] = at;
        lengths[copies] = bytes;
        copies++;
        return true;
    }

    /** Returns the number of copies in the next packet. */
    public int copies() {
        return copies;
    }

    /**
     * Returns the length of the next payload.
     *
     * @param primaryBytes length of the primary
     */
    public int payloadBytes(int primaryBytes) {
        int bytes = RedPayload.PRIMARY_HEADER_BYTES + primaryBytes;
        for (int i = 0; i < copies; i++) {
            bytes += RedPayload.COPY_HEADER_BYTES + lengths[i];
        }
        return bytes;
    }

    /**
     * Writes the payload.
     *
     * @param packet has room for {@link #payloadBytes}; its position does not move
     * @param at absolute position of the payload
     * @param payloadType of the primary, 0 to 127
     * @param primary holds the newest frame
     * @param primaryAt absolute position of the newest frame
     * @param primaryBytes its length, of any size
     * @return the length of the payload
     */
    public int write(ByteBuffer packet, int at, int payloadType, ByteBuffer primary, int primaryAt, int primaryBytes) {
        int header = at;
        for (int i = 0; i < copies; i++, header += RedPayload.COPY_HEADER_BYTES) {
            BigEndian.put32(
                    packet, header, 0x8000_0000 | (payloadTypes[i] & 0x7f) << 24 | offsets[i] << 10 | lengths[i]);
        }
        packet.put(header, (byte) (payloadType & 0x7f));
        int body = header + RedPayload.PRIMARY_HEADER_BYTES;
        for (int i = 0; i < copies; i++) {
            packet.put(body, sources[i], positions[i], lengths[i]);
            body += lengths[i];
        }
        packet.put(body, primary, primaryAt, primaryBytes);
        return body + primaryBytes - at;
    }
}
