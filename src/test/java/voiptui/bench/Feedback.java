package voiptui.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import voiptui.audio.PcmFormat;
import voiptui.rtp.InterarrivalJitter;
import voiptui.rtp.repair.LossDetector;
import voiptui.rtp.repair.LossWindow;
import voiptui.rtp.rtcp.RtcpSchedule;
import voiptui.time.PacketTime;

/** What the receiver tells the sender, as a call does: regular and early reports of losses, and NACKs. */
final class Feedback implements LossDetector.Listener {

    private static final int SETTLE_MS = 120;
    private static final double LEAST_USEFUL_MS = 80;
    private static final int REPORT_BYTES = 150;
    private static final int MEDIA_BPS = 100_000;

    private record Report(long arrivalNs, boolean[] received, double jitterMs) {}

    private record Nack(long arrivalNs, int sequence) {}

    private final long returnNs;
    private final double roundTripMs;
    private final RtcpSchedule schedule = new RtcpSchedule(new Random(1), MEDIA_BPS);
    private final LossDetector detector = new LossDetector(SETTLE_MS, this);
    private final LossWindow senderKnows = new LossWindow();
    private final List<Boolean> decided = new ArrayList<>();
    private final Queue<Report> reports = new ArrayDeque<>();
    private final Queue<Nack> nacks = new ArrayDeque<>();
    private final InterarrivalJitter jitter = InterarrivalJitter.ofClock(PcmFormat.OPUS.sampleRateHz());
    private final int[] missing = new int[16];
    private final Random random = new Random(1);
    private final double loss;
    private boolean lossIsNew;

    /**
     * Starts without packets.
     *
     * @param returnMs how long feedback takes
     * @param loss the part of it that is lost, 0 to 1
     */
    Feedback(double returnMs, double roundTripMs, double loss) {
        this.loss = loss;
        this.returnNs = (long) (returnMs * 1e6);
        this.roundTripMs = roundTripMs;
        schedule.start(0);
    }

    @Override
    public void onReceived(long nowNs) {
        decided.add(true);
    }

    @Override
    public void onLost(int packets, long nowNs) {
        for (int i = 0; i < packets; i++) {
            decided.add(false);
        }
        lossIsNew = true;
    }

    @Override
    public void onDiscarded(long nowNs) {
        decided.add(true);
    }

    void onPacket(int sequence, long timestamp, double playoutDelayMs, long nowNs) {
        jitter.onPacket(timestamp, nowNs);
        detector.onPacket(sequence, sequence, false, nowNs);
        ask(playoutDelayMs, nowNs);
    }

    private void ask(double playoutDelayMs, long nowNs) {
        int count = detector.collectNacks(missing, roundTripMs, Math.max(LEAST_USEFUL_MS, playoutDelayMs), nowNs);
        boolean arrives = random.nextDouble() >= loss;
        for (int i = 0; arrives && i < count; i++) {
            nacks.add(new Nack(nowNs + returnNs, missing[i]));
        }
    }

    /** Returns whether a retransmission is new. */
    boolean onRetransmission(int sequence) {
        return detector.onRetransmission(sequence);
    }

    void onTick(long nowNs) {
        if (lossIsNew) {
            schedule.requestEarly(nowNs);
        }
        if (schedule.isDue(nowNs)) {
            boolean[] received = new boolean[decided.size()];
            for (int i = 0; i < received.length; i++) {
                received[i] = decided.get(i);
            }
            decided.clear();
            lossIsNew = false;
            schedule.onReport(nowNs, REPORT_BYTES);
            if (random.nextDouble() < loss) {
                return;
            }
            reports.add(new Report(nowNs + returnNs, received, jitter.jitterMs()));
        }
    }

    /** Tells {@code sender} what has arrived there by {@code nowNs}; returns the number of a packet to send again, or -1. */
    int arriveAt(SpeechSender sender, long nowNs) {
        while (!reports.isEmpty() && reports.peek().arrivalNs <= nowNs) {
            Report report = reports.poll();
            for (int i = 0; i < report.received.length; i++) {
                long sentNs = report.arrivalNs - (report.received.length - 1 - i) * PacketTime.NS;
                if (report.received[i]) {
                    senderKnows.onReceived(sentNs);
                } else {
                    senderKnows.onLost(1, sentNs);
                }
            }
            sender.onReport(
                    100 * senderKnows.lossFraction(report.arrivalNs),
                    senderKnows.meanRunLength(report.arrivalNs),
                    roundTripMs,
                    report.jitterMs,
                    report.arrivalNs);
        }
        return nacks.isEmpty() || nacks.peek().arrivalNs > nowNs ? -1 : nacks.poll().sequence;
    }
}
