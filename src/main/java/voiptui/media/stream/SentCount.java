package voiptui.media.stream;

import voiptui.time.Wrap32;

/**
 * How many packets a source has sent at most, from its sender reports (RFC 3550, 6.4.1): those it has counted, and those
 * that have later timestamps. Owned by the network thread.
 */
final class SentCount {

    private boolean isKnown;
    private long counted;
    private int countedAt;
    private int newest;

    /** Forgets the source; another follows. */
    void onNewSource() {
        isKnown = false;
    }

    /**
     * Takes a sender report.
     *
     * @param packets packets sent, modulo 2^32
     * @param timestamp the time of the report, as an RTP timestamp
     */
    void onReport(long packets, int timestamp) {
        if (isKnown && Wrap32.distance(countedAt, timestamp) <= 0) {
            return;
        }
        long wraps = isKnown ? counted >>> Integer.SIZE : 0;
        long extended = wraps << Integer.SIZE | packets & 0xffff_ffffL;
        counted = isKnown && extended < counted ? extended + (1L << Integer.SIZE) : extended;
        countedAt = timestamp;
        newest = isKnown && Wrap32.distance(timestamp, newest) > 0 ? newest : timestamp;
        isKnown = true;
    }

    /** Takes a packet with that RTP timestamp. */
    void onPacket(int timestamp) {
        if (isKnown && Wrap32.distance(newest, timestamp) > 0) {
            newest = timestamp;
        }
    }

    /**
     * Returns the most packets sent up to the newest received; {@link Long#MAX_VALUE}: unknown.
     *
     * @param packetUnits length of a packet in units of the RTP clock
     */
    long most(double packetUnits) {
        return isKnown ? counted + (long) Math.ceil(Wrap32.distance(countedAt, newest) / packetUnits) : Long.MAX_VALUE;
    }
}
