package voiptui.demo.network;

/**
 * One direction of a network: decides for each packet whether it is lost, and when it arrives.
 *
 * <p>The same packets at the same times get the same answers. Owned by one thread; allocates nothing per packet.
 */
public interface ImpairedPath {

    /**
     * Sends a packet.
     *
     * @param sentNs when it is sent, in nanoseconds since any origin; not earlier than the packet before
     * @param bytes its length
     * @return how many copies arrive: 0 if it is lost, 1, or 2
     */
    int send(long sentNs, int bytes);

    /**
     * Returns when a copy of the packet sent last arrives, on the clock of {@link #send}.
     *
     * @param copy its number, from 0
     */
    long arrivalNs(int copy);

    /** Returns a path that behaves as {@code profile} says; the same seed gives the same losses and delays. */
    static ImpairedPath of(NetworkProfile profile, long seed) {
        return new ProfilePath(profile, seed);
    }

    /** Returns a path that repeats what {@code trace} recorded, over and over. */
    static ImpairedPath of(NetworkTrace trace) {
        return new TracePath(trace);
    }
}
