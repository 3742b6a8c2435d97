package voiptui.jitter;

/**
 * Chooses how long packets should wait so that few come too late.
 *
 * <p>The delay of a packet is measured against the fastest one of the last four seconds, so that neither the distance of the clocks
 * nor their drift matters. The target is a quantile of these delays and an allowance for those beyond it.
 *
 * <p>Delays far above the quantile are a spike, if those of packets close to each other are: a stall holds up several. A single one is
 * the tail of the distribution; to wait for the next would make the delay longer by much, and cost more in stretched speech than the
 * packet is worth. Spikes close together are one episode, such as the stalls while a laptop changes the access point or a program starts
 * on a busy machine. While it lasts, the target follows it; but one episode alone must not
 * make the rest of the call slow: if it has raised the target by a spike or more, its delays are forgotten when it is over. Spikes
 * that recur within ten seconds otherwise raise the target to the height of the last two, until none has come for twenty.
 *
 * <p>Where lost packets are repaired, the target also covers the repairs that are worth waiting for ({@link RepairWait}), and as
 * many copies as the losses of late make likely to be needed ({@link CopyWait}).
 *
 * <p>The target rises at once and falls by {@value #FALL_MS_PER_SECOND} ms in a second, unless an episode is forgotten: falling
 * at one go would stretch speech audibly, and what it was high for often comes again.
 *
 * <p>The first {@value #START_MS} ms of a stream say little of what follows: programs start on both sides, and connections are made.
 * Their delays raise the target like others, but are forgotten then; and until {@value #EARLY_MS} ms it falls faster, by {@value
 * #EARLY_FALL_MS_PER_SECOND} ms in a second.
 *
 * <p>After the delay manager of WebRTC's NetEQ. Owned by the playout thread. Allocates nothing after construction.
 */
public final class DelayTarget {

    private static final double BIN_MS = 1;
    private static final double MAX_DELAY_MS = 2_000;
    private static final int MEMORY_PACKETS = 800;
    private static final double QUANTILE = 0.99;
    /** The tail beyond the quantile is estimated by the distance to this one: stalls in it change neither. */
    private static final double LOWER_QUANTILE = 0.9;
    /** ... of which this part is added: a normal delay exceeds the sum once in 500 packets. */
    private static final double TAIL_PART = 0.6;
    /** ... but no more than this, in milliseconds: a long tail is a stall. */
    private static final double MAX_TAIL_MS = 8;

    /** How much later than its packet's time a copy may come, in milliseconds. */
    private static final double COPY_MARGIN_MS = 5;

    private static final int MAX_PENDING = 64;
    /** A packet that has not come so long after a copy of it was lost. */
    private static final long LOST_NS = 200_000_000L;

    private static final long REFERENCE_WINDOW_NS = 4_000_000_000L;
    private static final int WINDOW_PACKETS = 512;
    private static final long MAX_SPIKE_INTERVAL_NS = 10_000_000_000L;
    /** The delays of a spike exceed this quantile, which stalls do not change that hold up a packet in twenty ... */
    private static final double SPIKE_QUANTILE = 0.95;
    /** ... by this much, in milliseconds. */
    private static final double SPIKE_MS = 40;
    /** Packets this close to each other, in milliseconds of media, are held up by the same stall. */
    private static final double SAME_STALL_MS = 60;
    /** Delays within this time belong to one spike. */
    private static final long SPIKE_LENGTH_NS = 500_000_000L;
    /** An episode is over when no delay was a spike for this long. */
    private static final long EPISODE_END_NS = 1_500_000_000L;

    private static final int FALL_MS_PER_SECOND = 5;
    private static final int EARLY_FALL_MS_PER_SECOND = 40;
    private static final int START_MS = 2_000;
    private static final int EARLY_MS = 10_000;

    private final double minMs;
    private final double maxMs;
    private final RepairWait repairs;
    private final CopyWait copies = new CopyWait();
    private final DelayHistogram histogram = new DelayHistogram(BIN_MS, MAX_DELAY_MS, MEMORY_PACKETS);
    /** During an episode: what the histogram would be without the delays that are spikes. */
    private final DelayHistogram calm = new DelayHistogram(BIN_MS, MAX_DELAY_MS, MEMORY_PACKETS);

    /** Offsets between arrival and media time that may still become the smallest, oldest first: each larger than the last. */
    private final double[] offsetsMs = new double[WINDOW_PACKETS];

    private final long[] offsetTimesNs = new long[WINDOW_PACKETS];
    private int oldest;
    private int offsets;

    /** Copies that were the first to bring a packet, which may still come: oldest first, from {@code oldestPending} on. */
    private final double[] pendingMediaMs = new double[MAX_PENDING];

    private final double[] pendingDelaysMs = new double[MAX_PENDING];
    private final long[] pendingNs = new long[MAX_PENDING];
    private int oldestPending;
    private int pending;

    /** The packet that was last delayed like one of a spike. */
    private double longDelayMediaMs = Double.NEGATIVE_INFINITY;

    private double longDelayMs;

    private boolean inEpisode;
    /** Whether the latest episode began within ten seconds of the one before. */
    private boolean episodesRecur;

    private long latestSpikeDelayNs;
    private boolean spiked;
    private boolean recurring;
    private long spikeNs;
    private double spikeMs;
    private double previousSpikeMs;

    private double heldMs;
    private long heldNs;

    private boolean begun;
    private boolean startForgotten;
    private long firstArrivalNs;

    /**
     * Starts without any packet.
     *
     * @param minMs the shortest target, in milliseconds
     * @param maxMs the longest target
     */
    public DelayTarget(double minMs, double maxMs) {
        this.minMs = minMs;
        this.maxMs = maxMs;
        this.repairs = new RepairWait(maxMs);
    }

    /**
     * Takes into account a packet that arrived by itself, neither retransmitted nor as a copy.
     *
     * @param mediaMs its timestamp, in milliseconds from anywhere
     * @param arrivalNs when it arrived
     */
    public void onPacket(double mediaMs, long arrivalNs) {
        double streamMs = noteTime(arrivalNs);
        double offsetMs = arrivalNs / 1e6 - mediaMs;
        while (offsets > 0 && arrivalNs - offsetTimesNs[oldest] > REFERENCE_WINDOW_NS) {
            dropOldest();
        }
        while (offsets > 0 && offsetsMs[(oldest + offsets - 1) % WINDOW_PACKETS] >= offsetMs) {
            offsets--;
        }
        if (offsets == WINDOW_PACKETS) {
            dropOldest();
        }
        int at = (oldest + offsets) % WINDOW_PACKETS;
        offsetsMs[at] = offsetMs;
        offsetTimesNs[at] = arrivalNs;
        offsets++;
        while (pending > 0 && arrivalNs - pendingNs[oldestPending] > LOST_NS) {
            takeForRepair();
        }
        repairs.onPacket();
        copies.onPacket(mediaMs, arrivalNs);
        double delayMs = firstDelayMs(mediaMs, offsetMs - referenceMs());
        double limitMs = (inEpisode ? calm : histogram).quantileMs(SPIKE_QUANTILE) + SPIKE_MS;
        if (delayMs > limitMs) {
            onLongDelay(mediaMs, delayMs, arrivalNs);
            histogram.add(Math.min(delayMs, histogram.quantileMs(QUANTILE) + SPIKE_MS));
        } else {
            histogram.add(delayMs);
            onCalm(delayMs, arrivalNs);
        }
        int fallMsPerSecond = streamMs < EARLY_MS ? EARLY_FALL_MS_PER_SECOND : FALL_MS_PER_SECOND;
        double fallenMs = heldMs - Math.max(0, arrivalNs - heldNs) * fallMsPerSecond / 1e9;
        heldMs = Math.max(wantedMs(arrivalNs), fallenMs);
        heldNs = arrivalNs;
    }

    /**
     * Takes into account a copy, whether it is needed or not, after the packet that brought it.
     *
     * @param mediaMs timestamp of the copied packet, in milliseconds from anywhere
     * @param arrivalNs when it arrived, the same as for the packet that brought it
     */
    public void onCopy(double mediaMs, long arrivalNs) {
        copies.onCopy(mediaMs, arrivalNs);
    }

    /**
     * Takes into account that a packet was played, or should have been.
     *
     * @param missed whether it was not there by itself: a repair took its place, or nothing did
     */
    public void onPlayed(boolean missed) {
        copies.onPlayed(missed);
    }

    /**
     * Takes into account a retransmission that is the first to bring a packet's payload, in time or not.
     *
     * @param mediaMs timestamp of the packet, in milliseconds from anywhere
     * @param arrivalNs when the retransmission arrived
     */
    public void onRetransmission(double mediaMs, long arrivalNs) {
        if (offsets > 0) {
            repairs.onRepair(delayMs(mediaMs, arrivalNs));
        }
    }

    /**
     * Takes into account a copy that is the first to bring a packet's payload, in time or not. If the packet still comes, the copy has
     * overtaken it, and its delay counts as the packet's: so much less does jitter matter. Otherwise it is a repair.
     *
     * @param mediaMs timestamp of the packet, in milliseconds from anywhere
     * @param arrivalNs when the copy arrived
     */
    public void onFirstCopy(double mediaMs, long arrivalNs) {
        if (offsets == 0) {
            return;
        }
        if (pending == MAX_PENDING) {
            takeForRepair();
        }
        int at = (oldestPending + pending++) % MAX_PENDING;
        pendingMediaMs[at] = mediaMs;
        pendingDelaysMs[at] = delayMs(mediaMs, arrivalNs);
        pendingNs[at] = arrivalNs;
    }

    private double delayMs(double mediaMs, long arrivalNs) {
        return arrivalNs / 1e6 - mediaMs - referenceMs();
    }

    /** Returns the delay of what first brought the payload of a packet that has come. */
    private double firstDelayMs(double mediaMs, double ownDelayMs) {
        for (int i = 0; i < pending; i++) {
            int at = (oldestPending + i) % MAX_PENDING;
            if (pendingMediaMs[at] == mediaMs) {
                pendingMediaMs[at] = Double.NaN;
                return Math.max(0, Math.min(ownDelayMs, pendingDelaysMs[at]));
            }
        }
        return ownDelayMs;
    }

    private void takeForRepair() {
        if (!Double.isNaN(pendingMediaMs[oldestPending])) {
            repairs.onRepair(pendingDelaysMs[oldestPending]);
        }
        oldestPending = (oldestPending + 1) % MAX_PENDING;
        pending--;
    }

    /** Returns how long the stream has lasted, in milliseconds, and forgets its start when that is over. */
    private double noteTime(long arrivalNs) {
        if (!begun) {
            begun = true;
            firstArrivalNs = arrivalNs;
        }
        double streamMs = (arrivalNs - firstArrivalNs) / 1e6;
        if (!startForgotten && streamMs >= START_MS) {
            startForgotten = true;
            forgetDelays();
        }
        return streamMs;
    }

    private void forgetDelays() {
        histogram.clear();
        inEpisode = false;
        spiked = false;
        recurring = false;
        longDelayMediaMs = Double.NEGATIVE_INFINITY;
    }

    private void dropOldest() {
        oldest = (oldest + 1) % WINDOW_PACKETS;
        offsets--;
    }

    private void onLongDelay(double mediaMs, double delayMs, long arrivalNs) {
        if (Math.abs(mediaMs - longDelayMediaMs) <= SAME_STALL_MS) {
            onSpike(Math.max(delayMs, longDelayMs), arrivalNs);
        }
        longDelayMediaMs = mediaMs;
        longDelayMs = delayMs;
    }

    private void onSpike(double delayMs, long arrivalNs) {
        if (!inEpisode) {
            inEpisode = true;
            episodesRecur = spiked && arrivalNs - latestSpikeDelayNs <= MAX_SPIKE_INTERVAL_NS;
            calm.copy(histogram);
        }
        latestSpikeDelayNs = arrivalNs;
        if (spiked && arrivalNs - spikeNs < SPIKE_LENGTH_NS) {
            spikeMs = Math.max(spikeMs, delayMs);
            return;
        }
        recurring = spiked && arrivalNs - spikeNs <= MAX_SPIKE_INTERVAL_NS;
        previousSpikeMs = recurring ? spikeMs : 0;
        spikeMs = delayMs;
        spikeNs = arrivalNs;
        spiked = true;
    }

    private void onCalm(double delayMs, long arrivalNs) {
        if (!inEpisode) {
            return;
        }
        calm.add(delayMs);
        if (arrivalNs - latestSpikeDelayNs > EPISODE_END_NS) {
            inEpisode = false;
            if (histogram.quantileMs(QUANTILE) - calm.quantileMs(QUANTILE) >= SPIKE_MS) {
                histogram.copy(calm);
                recurring &= episodesRecur;
                heldMs = recurring ? heldMs : 0;
            }
        }
    }

    /** Returns the offset between arrival and media time of the fastest packet of late, in milliseconds. */
    public double referenceMs() {
        return offsets == 0 ? 0 : offsetsMs[oldest];
    }

    /** Returns how long packets should wait at {@code nowNs}, in milliseconds. */
    public double targetMs(long nowNs) {
        return Math.max(minMs, Math.min(maxMs, Math.max(heldMs, wantedMs(nowNs))));
    }

    private double wantedMs(long nowNs) {
        double quantileMs = histogram.quantileMs(QUANTILE);
        double tailMs = Math.min(MAX_TAIL_MS, TAIL_PART * (quantileMs - histogram.quantileMs(LOWER_QUANTILE)));
        boolean expectsSpike = recurring && nowNs - spikeNs <= 2 * MAX_SPIKE_INTERVAL_NS;
        double spikesMs = expectsSpike ? Math.max(spikeMs, previousSpikeMs) : 0;
        double copiesMs = copies.ms() > 0 ? copies.ms() + COPY_MARGIN_MS : 0;
        return Math.min(maxMs, Math.max(Math.max(quantileMs + tailMs, spikesMs), Math.max(repairs.ms(), copiesMs)));
    }

    /** Forgets everything: another stream begins. */
    public void clear() {
        forgetDelays();
        repairs.clear();
        copies.clear();
        pending = 0;
        heldMs = 0;
        offsets = 0;
        begun = false;
        startForgotten = false;
    }
}
