package voiptui.media;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the network and playout threads have to tell the call thread: a moment and a few flags, never a queue, so that no
 * flood of packets can fill anything.
 *
 * <p>Setting takes no lock. The call thread reads and clears.
 */
public final class MediaSignals {

    private static final int REFUSED = 1;
    private static final int END_OF_TRANSMISSION = 2;
    private static final int DRAINED = 4;
    private static final int PEER_RESTARTED = 8;

    private final AtomicInteger raised = new AtomicInteger();
    private final AtomicLong lastHeardNs = new AtomicLong();
    private volatile boolean heard;
    private final Runnable wakeUp;

    /** Signals that wake nobody. */
    MediaSignals() {
        this(() -> {});
    }

    /** @param wakeUp wakes the call thread; from any thread, must not wait */
    MediaSignals(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    /** A media packet came. Network thread, each packet. */
    void heard(long atNs) {
        lastHeardNs.lazySet(atNs);
        if (!heard) {
            heard = true;
            wake();
        }
    }

    /** The relay's host refuses our datagrams. Network or capture thread. */
    void refused() {
        raise(REFUSED);
    }

    /** The peer said that it is done. Network thread. */
    void endOfTransmission() {
        raise(END_OF_TRANSMISSION);
    }

    /** The last of a stream has been played. Playout thread. */
    void drained() {
        raise(DRAINED);
    }

    /** The peer began anew with its numbers. Network thread. */
    void peerRestarted() {
        raise(PEER_RESTARTED);
    }

    private void raise(int flag) {
        if ((raised.get() & flag) == 0) {
            raised.getAndUpdate(flags -> flags | flag);
            wake();
        }
    }

    private void wake() {
        wakeUp.run();
    }

    /** Takes all flags that were raised since the last time. Call thread. */
    Raised take() {
        // The flags first: what was heard before an end-of-transmission must not seem to come after it.
        int flags = raised.getAndSet(0);
        boolean wasHeard = heard;
        if (wasHeard) {
            heard = false;
        }
        return new Raised(flags, wasHeard, lastHeardNs.get());
    }

    /**
     * What was raised.
     *
     * @param flags see the methods
     * @param heard whether a media packet came
     * @param heardAtNs when the last of all came
     */
    public record Raised(int flags, boolean heard, long heardAtNs) {

        /** The relay's host, or whoever takes our datagrams, refuses them. */
        public boolean refused() {
            return (flags & REFUSED) != 0;
        }

        /** The peer said that it is done. */
        public boolean endOfTransmission() {
            return (flags & END_OF_TRANSMISSION) != 0;
        }

        /** What was left to play has been played. */
        public boolean drained() {
            return (flags & DRAINED) != 0;
        }

        /** The peer began anew with its numbers, or is another. */
        public boolean peerRestarted() {
            return (flags & PEER_RESTARTED) != 0;
        }
    }
}
