package voiptui.rtp.repair;

import voiptui.rtp.repair.ReceivedPackets.Kind;

/** Reads the packets of {@link ReceivedPackets} by their positions. Owned by one thread, any. Allocates nothing after construction. */
public final class HistoryReader {

    private final ReceivedPackets packets;
    private final PacketRing ring;
    private final byte[] payload;
    private Kind kind = Kind.UNKNOWN;
    private int bytes;
    private int streamNumber;
    private long timestamp;
    private long timeNs;

    HistoryReader(ReceivedPackets packets, PacketRing ring, int maxPayloadBytes) {
        this.packets = packets;
        this.ring = ring;
        this.payload = new byte[maxPayloadBytes];
    }

    /** Reads what is known of a packet, with its payload, and returns its kind. */
    public Kind read(long position) {
        return read(position, true);
    }

    /** Reads what is known of a packet, without its payload, and returns its kind. */
    public Kind look(long position) {
        return read(position, false);
    }

    private Kind read(long position, boolean content) {
        long version = ring.version(position);
        if (version == 0) {
            kind = Kind.UNKNOWN;
            return kind;
        }
        int slot = ring.slot(position);
        int label = ring.label(slot);
        bytes = ring.length(slot);
        timestamp = ring.timestamp(slot);
        timeNs = ring.timeNs(slot);
        if (content) {
            ring.copy(slot, payload);
        }
        streamNumber = ReceivedPackets.streamOf(label);
        kind = ring.isIntact(slot, version) ? ReceivedPackets.kindOf(label) : Kind.UNKNOWN;
        return kind;
    }

    /** Returns whether the packet that was read has come. */
    public boolean isHere() {
        return kind == Kind.RECEIVED || kind == Kind.COPIED || kind == Kind.HEALED;
    }

    /** Returns its payload, from index 0; valid until the next read. */
    public byte[] payload() {
        return payload;
    }

    /** Returns the length of its payload, in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Returns the number of its stream: another one has timestamps of its own. */
    public int stream() {
        return streamNumber;
    }

    /** Returns its extended timestamp; that of an earlier packet if it is missing. */
    public long timestamp() {
        return timestamp;
    }

    /** Returns when it came, or was found to be missing. */
    public long timeNs() {
        return timeNs;
    }

    /** Returns how many packets are missing from a position up to another one, the latter excluded. */
    public int missing(long from, long to) {
        int count = 0;
        for (long position = Math.max(from, packets.oldest()); position < to; position++) {
            count += look(position) == Kind.MISSING ? 1 : 0;
        }
        return count;
    }

    /**
     * Returns the position of the first packet after the last one whose timestamp is before {@code atOrAfter}, in the current
     * stream and among those kept; one after the newest if there is none.
     */
    public long find(long atOrAfter) {
        long start = Math.max(packets.firstOfStream(), packets.oldest());
        long position = packets.newest() + 1;
        while (position > start) {
            Kind before = look(position - 1);
            if (before == Kind.UNKNOWN || before != Kind.MISSING && timestamp < atOrAfter) {
                break;
            }
            position--;
        }
        return position;
    }
}
