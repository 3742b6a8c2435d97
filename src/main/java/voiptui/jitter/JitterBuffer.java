package voiptui.jitter;

import java.util.Arrays;

/**
 * Puts packets in order and says, once a frame, what to play.
 *
 * <p>Playing begins when the target delay's worth of packets has come, counted from the oldest to the newest. From then
 * on each {@link #get} is one frame's time, and one of these holds:
 * <ul>
 * <li>the packet that is due is here: it is played;
 * <li>it is not, but a later one is: it is lost, and the time goes on without it;
 * <li>nothing is here at all: it may be late or lost, nobody knows. The time stands still, so that a late packet is
 * still played, and the delay grows by what the network needed. If it turns out lost, the frames that were filled in
 * meanwhile count as its place, and the delay is as before.
 * </ul>
 * The delay comes down again when more is here, all the time, than the target asks for: {@link #hasSurplus} says when. A
 * packet that does not fit, since the playing stalled or a burst came, pushes out the oldest ones down to the target at once.
 * So the delay follows the network and cannot drift upwards.
 *
 * <p>Numbers are those of {@link voiptui.rtp.SequenceTracker#extended()}: endless, and far ahead when a peer begins anew,
 * which empties the buffer and fills it afresh. Owned by the playout thread. Allocates nothing after construction.
 */
public final class JitterBuffer {

    /** What became of a packet. */
    public enum Added {
        /** It waits to be played. */
        QUEUED,
        /** Its time was over. */
        LATE,
        /** It was here already. */
        DUPLICATE
    }

    /** What to play for one frame's time. */
    public enum Playout {
        /** The frame that {@link #get} delivered. */
        FRAME,
        /** Something made up for a frame that is missing. */
        CONCEAL,
        /** Silence: nothing is being received. */
        IDLE
    }

    /** After so many frames without any packet the peer pauses: wait for the target delay again. */
    static final int MAX_UNDERRUN_FRAMES = 10;
    /**
     * How long a surplus of 0, 1, 2 … frames must show itself before a frame of it is given up, in frames: not for one that
     * only means that packets come a moment before their predecessors are played rather than after; soon for one that a
     * stall left behind.
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
     * Starts empty.
     *
     * @param capacityFrames the most packets that it holds
     * @param targetFrames the playout delay to aim at, in packets; from 1 to the capacity
     * @param maxPayloadBytes how long a payload may be
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
     * Takes in a packet.
     *
     * @param number its number in the endless count
     * @param payload copied
     * @param bytes how long it is, at most what the buffer was made for
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

    /** As above, with all of {@code payload}. */
    public Added add(long number, byte[] payload) {
        return add(number, payload, payload.length);
    }

    /** Before the first frame is played, an overtaken packet may still become the first. */
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
            beginAnewWith(number);
        } else {
            next = first;
        }
        restartWindow();
    }

    private void beginAnewWith(long number) {
        playing = false;
        ending = false;
        underrunFrames = 0;
        next = number;
    }

    /**
     * The next frame's time has come.
     *
     * @param payload receives the frame when the answer is {@link Playout#FRAME}; as long as the buffer was made for
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

    /** How long the frame is that {@link #get} delivered last. */
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
     * Whether the delay can come down by a frame, since there was always more here than the target asks for: one frame more
     * for three seconds, two for one second, four for half a second. The caller answers by taking two frames with
     * {@link #get} for one frame's time.
     */
    public boolean hasSurplus() {
        return playing && windowFrames >= SURPLUS_WINDOW_FRAMES[surplusFrames()];
    }

    /** Frames that were here all the time and not needed; right after a frame is played, the target has one less. */
    private int surplusFrames() {
        return Math.max(0, Math.min(SURPLUS_WINDOW_FRAMES.length - 1, leastDepth - (targetFrames - 1)));
    }

    /** The caller took a frame more to bring the delay down: watch anew. */
    public void onSurplusTaken() {
        restartWindow();
    }

    /**
     * Nothing more will come: play what is here without waiting for the target. {@link #isEnding} tells when that is
     * done; what comes after it is the beginning of another stream.
     */
    public void endOfStream() {
        ending = true;
    }

    /** Whether a stream that was said to be over has something left to play. */
    public boolean isEnding() {
        return ending;
    }

    /** Frames from the one that is due to the newest, missing ones included: the delay that the buffer adds. */
    public int depthFrames() {
        return count == 0 ? 0 : (int) (newest - next + 1);
    }

    /** Packets so far that came when their time was over. */
    public long late() {
        return late;
    }

    /** Packets so far that were pushed out unplayed. */
    public long discarded() {
        return discarded;
    }

    private int slotOf(long number) {
        return (int) Math.floorMod(number, (long) capacityFrames);
    }
}
