package voiptui.voice;

import java.util.List;
import voiptui.codec.EncoderSettings;
import voiptui.rtp.repair.RedPayload;
import voiptui.time.PacketTime;

/**
 * Chooses how much redundancy to send for the losses that the peer reports.
 *
 * <p>On a clean path all of the bit rate goes into the codec. After a rare loss in-band FEC is on, which costs next to nothing. With
 * more losses the codec gets less, and redundant copies (RFC 2198) the rest: the more loss, the more copies, and the longer its runs,
 * the further apart. Few losses that the peer can have retransmitted within its playout delay (RFC 4588) need no copies. Where the peer takes
 * no copies, deep redundancy (DRED) and in-band FEC have to do. Protection rises with the first report of a loss, and falls by half in
 * {@value #HALF_LIFE_MS} ms without.
 *
 * <p>Bit rates and distances are the best of those measured under the same limit for the whole packets, by PESQ-WB; see the design
 * decisions. Owned by the network thread; any thread may call {@link #settings}.
 */
public final class SendAdaptation {

    /** The usual limit, in bit/s, headers included. */
    public static final int USUAL_MAX_BIT_RATE_BPS = 96_000;

    private static final int HALF_LIFE_MS = 8_000;
    /** More loss than this is believed only if it lasts: in a second, half of the losses are chance. */
    private static final double SUDDEN_LOSS = 0.12;
    /** How long a loss must last to be believed, in nanoseconds. */
    private static final double STEADY_NS = 2.5e9;
    /** The weight of the first report in the steady loss. */
    private static final double FIRST_WEIGHT = 0.3;
    /** Runs of losses longer than at random by this factor or more are bursts. */
    private static final double BURST_RATIO = 1.6;
    /** ... until the factor is below this. */
    private static final double SINGLE_RATIO = 1.3;
    /** The weight of a new reading of that factor: a report covers few runs. */
    private static final double BURST_WEIGHT = 0.4;
    /** A protection is kept until the loss is below this part of what a weaker one is enough for: another one changes the delay. */
    private static final double KEPT_LOSS = 0.6;
    /** Up to this round trip, in milliseconds, a retransmission comes in time. */
    private static final double MAX_RETRANSMISSION_MS = 60;
    /** Below this a path is clean: no loss for about half a minute. */
    private static final double CLEAN = 0.0005;
    /** Up to this, in-band FEC is enough: a loss in ten seconds. */
    private static final double RARE = 0.002;
    /** Up to this, retransmissions alone are enough, or a copy in the next packet; with more, they get lost, too. */
    private static final double FEW = 0.03;
    /** From this interarrival jitter on a copy makes the delay shorter by more than a few milliseconds ... */
    private static final double MUCH_JITTER_MS = 9;
    /** ... and is sent until the jitter is below this. */
    private static final double LITTLE_JITTER_MS = 5;
    /** More counts as this much: whatever a peer reports is over in half a minute. */
    private static final double MOST_JITTER_MS = 36;
    /** Loss to tell the codec for in-band FEC at no cost of bandwidth, in percent. */
    private static final int RARE_PERCENT = 1;
    /** Loss to tell the codec for deep redundancy at least: below, it has none. */
    private static final int DEEP_PERCENT = 20;
    /** Speech has pauses and varies: on average an encoder stays below its bit rate by this factor. */
    private static final double MEAN_OF_BIT_RATE = 0.9;

    /**
     * What both ends and the user allow.
     *
     * @param maxBitRateBps the most that is sent, in bit/s, IPv4, UDP and RTP headers included
     * @param copies whether the peer understands redundant copies
     * @param retransmissions whether the peer asks for retransmissions
     * @param dtx whether the peer understands pauses
     * @param packetMs length of the packets, in milliseconds
     * @param shorterPackets whether the peer takes packets of {@value #SHORT_MS} ms, too
     */
    public record Limits(
            int maxBitRateBps,
            boolean copies,
            boolean retransmissions,
            boolean dtx,
            int packetMs,
            boolean shorterPackets) {

        /** Packets are always as long. */
        public Limits(int maxBitRateBps, boolean copies, boolean retransmissions, boolean dtx, int packetMs) {
            this(maxBitRateBps, copies, retransmissions, dtx, packetMs, false);
        }
    }

    /**
     * A way to send, for losses up to a fraction.
     *
     * @param maxLoss the fraction of packets lost up to which it is enough
     * @param bitRateBps of the codec
     * @param copies distances of the copies, in packets
     */
    private record Protection(double maxLoss, int bitRateBps, List<Integer> copies) {

        int bitRateWithHeadersBps(int packetMs) {
            return (int) (bitRateBps * (1 + copies.size()) * MEAN_OF_BIT_RATE) + headersBps(packetMs);
        }

        int headersBps(int packetMs) {
            int bytes = BitBudget.HEADER_BYTES + RedPayload.COPY_HEADER_BYTES * copies.size();
            return bytes * Byte.SIZE * 1000 / packetMs;
        }
    }

    /** Just below the rate from which Opus codes sound of 16 kHz in two layers, one of them for what is not there. */
    private static final int CLEAN_BIT_RATE_BPS = 30_000;

    /** With short packets, where nothing needs protection: enough for a codec of low delay, even after what is saved on sound without pauses. */
    private static final int SHORT_CLEAN_BIT_RATE_BPS = 52_000;

    private static final int DRED_MS = 500;

    private static final Protection NOTHING = new Protection(RARE, CLEAN_BIT_RATE_BPS, List.of());

    /** Of a frame and its copy, the earlier one counts: jitter makes fewer frames late. */
    private static final Protection JITTER = new Protection(0, CLEAN_BIT_RATE_BPS, List.of(1));

    /** The same with short packets: a frame waits less for its packet, and the copy comes sooner. */
    private static final Protection SHORT_JITTER = new Protection(0, 26_000, List.of(1));

    private static final int SHORT_MS = 10;
    /** What encryption adds to short packets more than to usual ones, in bit/s. */
    private static final int SHORT_TAGS_BPS = 6_400;

    /** Without copies, in-band FEC and deep redundancy have to do. */
    private static final List<Protection> WITHOUT_COPIES =
            List.of(NOTHING, new Protection(0.05, 32_000, List.of()), new Protection(1, 48_000, List.of()));

    /** The farthest copy is always 4 packets later: where losses are single, farther ones would only make the delay longer. */
    private static final List<Protection> SINGLE_LOSSES = List.of(
            NOTHING,
            new Protection(0.01, 24_000, List.of(2)),
            new Protection(0.16, 24_000, List.of(2, 4)),
            new Protection(0.24, 20_000, List.of(1, 2, 4)),
            new Protection(1, 16_000, List.of(1, 2, 3, 4)));

    private static final List<Protection> BURSTS = List.of(
            NOTHING,
            new Protection(0.02, 24_000, List.of(3)),
            new Protection(0.05, 24_000, List.of(3, 6)),
            new Protection(1, 20_000, List.of(3, 6, 9)));

    private final Limits limits;
    private double loss;
    private double steadyLoss;
    private boolean reported;
    private double burstRatio = 1;
    private boolean inBursts;
    private boolean tooMany;
    private double jitterMs;
    private long jitterNs;
    private boolean jitters;
    private Protection protection = NOTHING;
    private double roundTripMs = Double.NaN;
    private long reportedNs;
    private volatile SendSettings settings;

    /** Creates an adaptation that knows of no loss. */
    public SendAdaptation(Limits limits) {
        this.limits = limits;
        this.settings = choose();
    }

    /**
     * Takes a report of the peer into account.
     *
     * @param fraction of packets lost of late, 0 to 1
     * @param meanRunPackets how many were lost in a row on average, at least 1
     */
    public void onLoss(double fraction, double meanRunPackets, long nowNs) {
        double sinceNs = reported ? nowNs - reportedNs : 0;
        double keep = kept(sinceNs);
        reportedNs = nowNs;
        steadyLoss += (reported ? 1 - Math.exp(-sinceNs / STEADY_NS) : FIRST_WEIGHT) * (fraction - steadyLoss);
        reported = true;
        double now = Math.min(fraction, Math.max(SUDDEN_LOSS, steadyLoss));
        loss = Math.max(now, loss * keep);
        if (fraction > 0) {
            burstRatio += BURST_WEIGHT * (meanRunPackets * (1 - fraction) - burstRatio);
            inBursts = burstRatio >= (inBursts ? SINGLE_RATIO : BURST_RATIO);
        }
        update();
    }

    /** Takes a measured round trip in milliseconds into account. */
    public void onRoundTrip(double ms) {
        roundTripMs = ms;
        update();
    }

    /** Takes the interarrival jitter that the peer reports (RFC 3550, 6.4.1) into account, in milliseconds. */
    public void onJitter(double ms, long nowNs) {
        jitterMs = Math.max(Math.min(ms, MOST_JITTER_MS), jitterMs > 0 ? jitterMs * kept(nowNs - jitterNs) : 0);
        jitterNs = nowNs;
        jitters = jitterMs >= (jitters ? LITTLE_JITTER_MS : MUCH_JITTER_MS);
        update();
    }

    /** Returns the part of a trouble that is still believed in after so long without it. */
    private static double kept(double ns) {
        return Math.pow(0.5, ns / (HALF_LIFE_MS * 1e6));
    }

    private void update() {
        SendSettings wanted = choose();
        if (!wanted.equals(settings)) {
            settings = wanted;
        }
    }

    private SendSettings choose() {
        Protection againstJitter = limits.shorterPackets && fits(SHORT_JITTER) ? SHORT_JITTER : JITTER;
        boolean isFew = loss <= (protection == againstJitter ? 1 : KEPT_LOSS) * FEW;
        protection = jitters && isFew && limits.copies && fits(againstJitter) ? againstJitter : strongest();
        boolean repairsInCodec = loss > CLEAN && protection.copies.isEmpty() && !usesRetransmissions();
        boolean deep = repairsInCodec && loss > RARE;
        boolean shortAndClean = protection == NOTHING && !repairsInCodec && limits.packetMs < PacketTime.MS;
        int bitRateBps = shortAndClean ? SHORT_CLEAN_BIT_RATE_BPS : protection.bitRateBps;
        return new SendSettings(
                new EncoderSettings(
                        Math.min(bitRateBps, mostForCodec(protection)),
                        deep ? Math.max(DEEP_PERCENT, (int) Math.round(100 * loss)) : repairsInCodec ? RARE_PERCENT : 0,
                        repairsInCodec,
                        deep ? DRED_MS : 0,
                        limits.dtx),
                protection.copies,
                protection.copies.isEmpty() && usesRetransmissions(),
                maxBitRateBps(protection),
                packetMs(protection));
    }

    /** Returns the strongest protection that is needed and fits. */
    private Protection strongest() {
        Protection best = NOTHING;
        tooMany = usesRetransmissions() && loss > (tooMany ? KEPT_LOSS : 1) * FEW;
        if (usesRetransmissions() && !tooMany) {
            return best;
        }
        int current = protections().indexOf(protection);
        for (Protection next : protections()) {
            if (fits(next)) {
                best = next;
            }
            boolean isWeaker = protections().indexOf(next) < current;
            if (loss <= (isWeaker ? KEPT_LOSS : 1) * next.maxLoss) {
                break;
            }
        }
        return best;
    }

    private boolean fits(Protection one) {
        return one.bitRateWithHeadersBps(packetMs(one)) <= maxBitRateBps(one);
    }

    private int packetMs(Protection one) {
        return one == SHORT_JITTER ? Math.min(SHORT_MS, limits.packetMs) : limits.packetMs;
    }

    private int maxBitRateBps(Protection one) {
        return limits.maxBitRateBps - (packetMs(one) < limits.packetMs ? SHORT_TAGS_BPS : 0);
    }

    private List<Protection> protections() {
        if (!limits.copies) {
            return WITHOUT_COPIES;
        }
        return inBursts ? BURSTS : SINGLE_LOSSES;
    }

    private boolean usesRetransmissions() {
        return limits.retransmissions && roundTripMs <= MAX_RETRANSMISSION_MS;
    }

    private int mostForCodec(Protection protection) {
        int restBps = maxBitRateBps(protection) - protection.headersBps(packetMs(protection));
        return Math.max(6_000, restBps / (1 + protection.copies.size()));
    }

    /** Returns how to send now; another object if that changed. Any thread. */
    public SendSettings settings() {
        return settings;
    }
}
