package voiptui.jitter;

import java.util.Arrays;

/**
 * Orders packets and decides, once per frame, what to play. An underrun pauses playout; a gap is concealed.
 *
 * <p>Playout starts once the packets from the oldest to the newest span the target delay (prefill). From then on, each
 * {@link #get} is one frame interval:
 * <ul>
 * <li>The due packet is present: it is played.
 * <li>It is missing but a later one is present (a gap): the packet counts as lost, and its frame is concealed.
 * <li>The buffer is empty (an underrun): the packet may be late or lost. Playout pauses on it, so that a late packet is
 * still played, and the delay grows by what the network needed. If the packet turns out lost, the frames concealed
 * meanwhile count as its place, and the delay is unchanged.
 * </ul>
 * The delay shrinks again if the buffer always holds more than the target: see {@link #hasSurplus}. A packet that does not
 * fit, after a stall of playout or a burst, discards the oldest packets down to the target at once. So the delay follows
 * the network and cannot drift upwards.
 *
 * <p>Numbers are extended sequence numbers that never wrap. A jump far ahead means a restarted peer: it empties the buffer,
 * which prefills again. Owned by the playout thread. Allocates nothing after construction.
 */
public final class JitterBuffer {

    /** What happened to an added packet. */
    public enum Added {
        /** It waits for playout. */
        QUEUED,
        /** It came after its playout time. */
        LATE,
        /** It is in the buffer already. */
        DUPLICATE
    }

    /** What to play for one frame interval. */
    public enum Playout {
        /** The frame that {@link #get} delivered. */
        FRAME,
        /** Concealment for a missing frame. */
        CONCEAL,
        /** Silence: nothing is being received. */
        IDLE
    }

    /** Frames of underrun after which the peer counts as paused, and the buffer prefills again. */
    static final int MAX_UNDERRUN_FRAMES = 10;
    /**
     * How long a surplus of 0, 1, 2 … frames must last before one frame is dropped, in frames. Long for a surplus that only
     * means that packets arrive just before their predecessors are played; short for one that a stall left behind.
     */
    private static final int[] SURPLUS_WINDOW_FRAMES = {Integer.MAX_VALUE, 150, 50, 50, 25};

    private static final long NONE = Long.MIN_VALUE;

    private final int capacityFrames;
    private final int targetFrames;
    private final byte[][] payloads;
    private final int[] lengths;
    private final long[] numbers;

    private boolean playing;
    private boolean ending;
    private int count;
    private long next = NONE;
    private long newest = NONE;
    private int underrunFrames;
    private int leastDepth = Integer.MAX_VALUE;
    private int windowFrames;

    private int payloadBytes;
    private long late;
    private long discarded;

    /**
     * Creates an empty buffer.
     *
     * @param capacityFrames capacity in packets
     * @param targetFrames target playout delay in packets, 1 to the capacity
     * @param maxPayloadBytes longest payload
     * @throws IllegalArgumentException if the target is out of range
     */
    public JitterBuffer(int capacityFrames, int targetFrames, int maxPayloadBytes) {
        if (targetFrames < 1 || targetFrames > capacityFrames) {
            throw new IllegalArgumentException("target " + targetFrames + " of capacity " + capacityFrames);
        }
        this.capacityFrames = capacityFrames;
        this.targetFrames = targetFrames;
        this.payloads = new byte[capacityFrames][maxPayloadBytes];
        this.lengths = new int[capacityFrames];
        this.numbers = new long[capacityFrames];
        Arrays.fill(numbers, NONE);
    }

    /**
     * Adds a packet.
     *
     * @param number its extended sequence number
     * @param payload copied
     * @param bytes length of the payload, at most the maximum
     */
    public Added add(long number, byte[] payload, int bytes) {
        if (next == NONE) {
            next = number;
        }
        if (number < next && !reachesBack(number)) {
            late++;
            return Added.LATE;
        }
        fillGapWithUnderrun(number);
        if (number - next >= capacityFrames) {
            makeRoomFor(number);
        }
        int slot = slotOf(number);
        if (numbers[slot] == number) {
            return Added.DUPLICATE;
        }
        numbers[slot] = number;
        System.arraycopy(payload, 0, payloads[slot], 0, bytes);
        lengths[slot] = bytes;
        count++;
        newest = Math.max(newest, number);
        return Added.QUEUED;
    }

    /** Adds a packet with all of {@code payload}. */
    public Added add(long number, byte[] payload) {
        return add(number, payload, payload.length);
    }

    /** Makes an overtaken packet the first one, which is possible until playout starts. */
    private boolean reachesBack(long number) {
        if (playing || underrunFrames > 0 || newest - number >= capacityFrames) {
            return false;
        }
        next = number;
        return true;
    }

    private void fillGapWithUnderrun(long number) {
        if (underrunFrames > 0 && playing) {
            next += Math.min(underrunFrames, number - next);
            underrunFrames = 0;
        }
    }

    private void makeRoomFor(long number) {
        long first = number - targetFrames + 1;
        for (int slot = 0; slot < capacityFrames; slot++) {
            if (numbers[slot] != NONE && numbers[slot] < first) {
                numbers[slot] = NONE;
                count--;
                discarded++;
            }
        }
        if (count == 0) {
            restartAt(number);
        } else {
            next = first;
        }
        restartWindow();
    }

    private void restartAt(long number) {
        playing = false;
        ending = false;
        underrunFrames = 0;
        next = number;
    }

    /**
     * Returns what to play for the next frame interval.
     *
     * @param payload receives the payload if the result is {@link Playout#FRAME}; has the maximum length
     */
    public Playout get(byte[] payload) {
        if (ending && count == 0) {
            ending = false;
            playing = false;
            return Playout.IDLE;
        }
        if (!playing && !begin()) {
            return Playout.IDLE;
        }
        int slot = slotOf(next);
        if (numbers[slot] == next) {
            payloadBytes = lengths[slot];
            System.arraycopy(payloads[slot], 0, payload, 0, payloadBytes);
            numbers[slot] = NONE;
            count--;
            next++;
            underrunFrames = 0;
            observeDepth();
            return Playout.FRAME;
        }
        if (count > 0) {
            next++;
            observeDepth();
            return Playout.CONCEAL;
        }
        underrunFrames++;
        restartWindow();
        if (underrunFrames > MAX_UNDERRUN_FRAMES) {
            playing = false;
            return Playout.IDLE;
        }
        return Playout.CONCEAL;
    }

    /** Returns the payload length of the frame that {@link #get} delivered last. */
    public int payloadBytes() {
        return payloadBytes;
    }

    private boolean begin() {
        if (count == 0 || !ending && newest - oldest() + 1 < targetFrames) {
            return false;
        }
        long first = ending ? oldest() : Math.max(oldest(), newest - targetFrames + 1);
        while (next < first) {
            int slot = slotOf(next);
            if (numbers[slot] == next) {
                numbers[slot] = NONE;
                count--;
                discarded++;
            }
            next++;
        }
        playing = true;
        underrunFrames = 0;
        restartWindow();
        return true;
    }

    private long oldest() {
        long oldest = Long.MAX_VALUE;
        for (long number : numbers) {
            if (number != NONE) {
                oldest = Math.min(oldest, number);
            }
        }
        return oldest;
    }

    private void observeDepth() {
        leastDepth = Math.min(leastDepth, depthFrames());
        windowFrames++;
        if (surplusFrames() == 0) {
            restartWindow();
        }
    }

    private void restartWindow() {
        leastDepth = Integer.MAX_VALUE;
        windowFrames = 0;
    }

    /**
     * Returns whether the delay can shrink by a frame, because the buffer has held more than the target throughout: by one
     * frame for three seconds, two for one second, four for half a second. The caller then takes two frames with {@link
     * #get} for one frame interval.
     */
    public boolean hasSurplus() {
        return playing && windowFrames >= SURPLUS_WINDOW_FRAMES[surplusFrames()];
    }

    /** Frames held throughout but not needed; right after a frame is played, the target is one less. */
    private int surplusFrames() {
        return Math.max(0, Math.min(SURPLUS_WINDOW_FRAMES.length - 1, leastDepth - (targetFrames - 1)));
    }

    /** Restarts the observation after the caller took an extra frame. */
    public void onSurplusTaken() {
        restartWindow();
    }

    /**
     * Ends the stream: the rest is played without waiting for the target. {@link #isEnding} turns false when that is done;
     * packets after that start another stream.
     */
    public void endOfStream() {
        ending = true;
    }

    /** Returns whether an ended stream still has something to play. */
    public boolean isEnding() {
        return ending;
    }

    /** Returns the frames from the due one to the newest, missing ones included: the delay that the buffer adds. */
    public int depthFrames() {
        return count == 0 ? 0 : (int) (newest - next + 1);
    }

    /** Returns the packets so far that came after their playout time. */
    public long late() {
        return late;
    }

    /** Returns the packets so far that were discarded unplayed. */
    public long discarded() {
        return discarded;
    }

    private int slotOf(long number) {
        return (int) Math.floorMod(number, (long) capacityFrames);
    }
}
