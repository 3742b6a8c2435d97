package voiptui.media.stream;

import java.util.function.DoubleSupplier;
import voiptui.rtp.SnapshotLongs;
import voiptui.rtp.repair.BurstGapTracker;
import voiptui.rtp.repair.LossDetector;
import voiptui.rtp.rtcp.LossMap;
import voiptui.rtp.rtcp.RtcpWriter;
import voiptui.rtp.rtcp.VoipMetrics;
import voiptui.time.PacketTime;

/**
 * Tells the sender what was lost: asks for packets again while that is in time (RFC 4585, 6.2.1), and keeps what the reports say about
 * losses and their bursts.
 *
 * <p>Written by the network thread, at most one NACK for each packet received; {@link #next} and {@link #metrics} belong to the call
 * thread. Allocates nothing per packet.
 */
public final class LossFeedback implements LossDetector.Listener {

    /** A packet can be played this long after it was due, in milliseconds, if the playout delay is shorter: it then grows. */
    private static final double LEAST_USEFUL_MS = 80;

    /** How long a packet may be overtaken before it is reported as lost, in milliseconds: jitter is no loss. */
    private static final int SETTLE_MS = 120;

    private static final int MAP_LONGS = 4;
    private static final int MAP_PACKETS = MAP_LONGS * Long.SIZE - 1;

    private static final int DECIDED = MAP_LONGS;
    private static final int NEXT_SEQUENCE = MAP_LONGS + 1;
    private static final int SSRC = MAP_LONGS + 2;
    private static final int NUMBERS = MAP_LONGS + 3;

    private final NackSender nacks;
    private final boolean asks;
    private final DoubleSupplier playoutDelayMs;
    private final LossDetector detector = new LossDetector(SETTLE_MS, this);
    private final int[] missing = new int[RtcpWriter.MAX_NACK_ITEMS];
    private final long[] current = new long[NUMBERS];
    private final SnapshotLongs shared = new SnapshotLongs(NUMBERS);
    private volatile double roundTripMs = Double.NaN;
    private volatile long losses;

    private final long[] copy = new long[NUMBERS];
    private final LossMap map = new LossMap();
    private final BurstGapTracker bursts = new BurstGapTracker(VoipMetrics.Losses.RECOMMENDED_GMIN);
    private long reported;
    private long reportedLosses;

    /**
     * Starts without packets.
     *
     * @param nacks asks for packets again
     * @param asks whether the peer answers NACKs
     * @param playoutDelayMs the delay that playout aims at, in milliseconds
     */
    public LossFeedback(NackSender nacks, boolean asks, DoubleSupplier playoutDelayMs) {
        this.nacks = nacks;
        this.asks = asks;
        this.playoutDelayMs = playoutDelayMs;
    }

    /** Starts over for another source. Network thread. */
    public void onNewSource(int ssrc) {
        current[SSRC] = ssrc;
        current[DECIDED] = 0;
    }

    /** Takes a measured round trip into account. Network thread. */
    public void onRoundTrip(double ms) {
        roundTripMs = ms;
    }

    /** Returns the round trip in milliseconds; NaN: unknown. Any thread. */
    public double roundTripMs() {
        return roundTripMs;
    }

    /**
     * Handles a packet that is neither a duplicate nor a stray one. Network thread.
     *
     * @param extended number that never wraps
     * @param sequence number on the wire
     */
    public void onPacket(long extended, int sequence, long arrivalNs) {
        detector.onPacket(extended, sequence, false, arrivalNs);
        current[NEXT_SEQUENCE] = detector.openSequence();
        shared.write(current);
        if (asks && roundTripMs >= 0) {
            ask(arrivalNs);
        }
    }

    /** Returns whether a retransmission is of a packet that we asked for and have not got. Network thread. */
    public boolean onRetransmission(int sequence) {
        return detector.onRetransmission(sequence);
    }

    private void ask(long nowNs) {
        double usefulMs = Math.max(LEAST_USEFUL_MS, playoutDelayMs.getAsDouble());
        nacks.send((int) current[SSRC], missing, detector.collectNacks(missing, roundTripMs, usefulMs, nowNs));
    }

    @Override
    public void onReceived(long nowNs) {
        add(true);
    }

    @Override
    public void onLost(int packets, long nowNs) {
        for (int i = 0; i < Math.min(packets, MAP_PACKETS); i++) {
            add(false);
        }
        losses++;
    }

    @Override
    public void onDiscarded(long nowNs) {
        add(true);
    }

    /** The newest packet is bit 0. */
    private void add(boolean received) {
        for (int i = MAP_LONGS - 1; i > 0; i--) {
            current[i] = current[i] << 1 | current[i - 1] >>> Long.SIZE - 1;
        }
        current[0] = current[0] << 1 | (received ? 1 : 0);
        current[DECIDED]++;
    }

    /** Returns whether something was lost since the last {@link #next}. Call thread. */
    public boolean isLossNew() {
        return losses != reportedLosses;
    }

    /** Returns the packets received and lost since the last call; valid until the next one. Call thread. */
    public LossMap next(long nowNs) {
        reportedLosses = losses;
        shared.read(copy);
        long decided = copy[DECIDED];
        int count = (int) Math.min(MAP_PACKETS, Math.max(0, decided - (decided < reported ? 0 : reported)));
        reported = decided;
        map.clear((int) copy[SSRC], (int) copy[NEXT_SEQUENCE] - count);
        for (int age = count - 1; age >= 0; age--) {
            boolean received = (copy[age / Long.SIZE] >>> age % Long.SIZE & 1) != 0;
            map.add(received);
            if (received) {
                bursts.onReceived(nowNs);
            } else {
                bursts.onLost(1, nowNs);
            }
        }
        return map;
    }

    /** Returns the losses on the way and their bursts so far, as of the last {@link #next}. Call thread. */
    public VoipMetrics.Losses metrics() {
        return bursts.losses(PacketTime.MS);
    }
}
