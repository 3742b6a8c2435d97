package voiptui.call;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What the network and playout threads have to tell the call thread: a moment and a few flags, never a queue, so that no
 * flood of packets can fill anything.
 *
 * <p>Setting takes no lock. The call thread reads and clears.
 */
final class CallSignals {

    private static final int REFUSED = 1;
    private static final int END_OF_TRANSMISSION = 2;
    private static final int DRAINED = 4;
    private static final int PEER_RESTARTED = 8;

    private final AtomicInteger raised = new AtomicInteger();
    private final AtomicLong lastHeardNs = new AtomicLong();
    private volatile boolean heard;
    private volatile Thread callThread;

    void wakes(Thread thread) {
        callThread = thread;
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

    void wake() {
        LockSupport.unpark(callThread);
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

    /** What was raised. */
    record Raised(int flags, boolean heard, long heardAtNs) {

        boolean refused() {
            return (flags & REFUSED) != 0;
        }

        boolean endOfTransmission() {
            return (flags & END_OF_TRANSMISSION) != 0;
        }

        boolean drained() {
            return (flags & DRAINED) != 0;
        }

        boolean peerRestarted() {
            return (flags & PEER_RESTARTED) != 0;
        }
    }
}
