package voiptui.media.stream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Signals from the capture, network and playout threads to the call thread: a time and a few flags instead of a queue, so
 * that no flood of packets can fill it.
 *
 * <p>Raising takes no lock. The call thread reads and clears with {@link #take}.
 */
public final class MediaSignals {

    private static final int REFUSED = 1;
    private static final int END_OF_TRANSMISSION = 2;
    private static final int DRAINED = 4;
    private static final int PEER_RESTARTED = 8;
    private static final int PEER_HEARS = 16;
    private static final int PEER_HEARS_NOTHING = 32;

    /** After so long without a packet, the next one wakes the call thread; otherwise its next tick is soon enough. */
    private static final long PAUSE_NS = 100_000_000L;

    private final AtomicInteger raised = new AtomicInteger();
    private final AtomicLong lastHeardNs = new AtomicLong();
    private volatile boolean heard;
    /** Owned by the network thread. */
    private boolean heardBefore;

    private final Runnable wakeUp;

    /** @param wakeUp wakes the call thread; called by any thread, must not block */
    public MediaSignals(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    /** A media packet arrived at {@code atNs}; the first one, and the first one after a pause, wakes the call thread. Network thread, each packet. */
    public void heard(long atNs) {
        boolean first = !heardBefore || atNs - lastHeardNs.get() >= PAUSE_NS;
        heardBefore = true;
        lastHeardNs.lazySet(atNs);
        if (!heard) {
            heard = true;
            if (first) {
                wakeUp.run();
            }
        }
    }

    /** Returns when the latest media packet arrived, in nanoseconds of the call's clock; 0: none has. Any thread. */
    public long lastHeardNs() {
        return lastHeardNs.get();
    }

    /** The destination refuses our datagrams (ICMP port unreachable). Network or capture thread. */
    public void refused() {
        raise(REFUSED);
    }

    /** The peer ended its stream. Network thread. */
    public void endOfTransmission() {
        raise(END_OF_TRANSMISSION);
    }

    /** The last frame of a stream has been played. Playout thread. */
    public void drained() {
        raise(DRAINED);
    }

    /** The peer started a new stream, or is another. Network thread. */
    public void peerRestarted() {
        raise(PEER_RESTARTED);
    }

    /**
     * The peer reported. Network thread.
     *
     * @param hearsUs whether anything of ours has arrived since its report before
     */
    public void peerReported(boolean hearsUs) {
        raise(hearsUs ? PEER_HEARS : PEER_HEARS_NOTHING);
    }

    private void raise(int flag) {
        if ((raised.get() & flag) == 0) {
            raised.getAndUpdate(flags -> flags | flag);
            wakeUp.run();
        }
    }

    /** Returns and clears what was raised since the last call. Call thread. */
    public Raised take() {
        // The flags first: a packet heard before an end-of-transmission must not seem to come after it.
        int flags = raised.getAndSet(0);
        boolean wasHeard = heard;
        if (wasHeard) {
            heard = false;
        }
        return new Raised(flags, wasHeard, lastHeardNs.get());
    }

    /**
     * What was raised since the last {@link MediaSignals#take}.
     *
     * @param flags a bit set, decoded by the methods
     * @param heard whether a media packet arrived
     * @param heardAtNs when the latest media packet arrived, in nanoseconds of the call's clock
     */
    public record Raised(int flags, boolean heard, long heardAtNs) {

        /** Returns whether the destination refuses our datagrams. */
        public boolean refused() {
            return (flags & REFUSED) != 0;
        }

        /** Returns whether the peer ended its stream. */
        public boolean endOfTransmission() {
            return (flags & END_OF_TRANSMISSION) != 0;
        }

        /** Returns whether the last frame of a stream has been played. */
        public boolean drained() {
            return (flags & DRAINED) != 0;
        }

        /** Returns whether the peer started a new stream, or is another. */
        public boolean peerRestarted() {
            return (flags & PEER_RESTARTED) != 0;
        }

        /** Returns whether the peer reported that something of ours has arrived. */
        public boolean peerHears() {
            return (flags & PEER_HEARS) != 0;
        }

        /** Returns whether the peer reported that nothing of ours has arrived since its report before. */
        public boolean peerHearsNothing() {
            return (flags & PEER_HEARS_NOTHING) != 0;
        }
    }
}
