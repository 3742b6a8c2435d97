package voiptui.demo.network;

import java.util.SplittableRandom;

/** A path after a {@link NetworkProfile}. Losses, delays and stalls are drawn separately, so that one does not change another. */
final class ProfilePath implements ImpairedPath {

    private static final double NS_PER_MS = 1e6;

    private final NetworkProfile profile;
    private final SplittableRandom lossRandom;
    private final SplittableRandom delayRandom;
    private final SplittableRandom stallRandom;
    private final SplittableRandom duplicateRandom;
    private final double toBad;
    private final double toGood;
    private final double[] arrivalsMs = new double[2];

    private boolean bad;
    private boolean started;
    private long originNs;
    private double stallFromMs;
    private double stallUntilMs;
    private double bottleneckFreeMs;
    private double lastArrivalMs;

    ProfilePath(NetworkProfile profile, long seed) {
        this.profile = profile;
        SplittableRandom random = new SplittableRandom(seed);
        this.lossRandom = random.split();
        this.delayRandom = random.split();
        this.stallRandom = random.split();
        this.duplicateRandom = random.split();
        double lost = profile.loss().percent() / 100;
        this.toGood = 1 / profile.loss().meanBurstPackets();
        this.toBad = lost / (1 - lost) * toGood;
        this.bad = lossRandom.nextDouble() < lost;
        this.stallFromMs = profile.delay().stalls().firstAtMs();
        this.stallUntilMs = stallFromMs + profile.delay().stalls().drawLengthMs(stallRandom);
    }

    @Override
    public int send(long sentNs, int bytes) {
        if (!started) {
            started = true;
            originNs = sentNs;
        }
        double sentMs = (sentNs - originNs) / NS_PER_MS;
        boolean lost = bad;
        bad = bad ? lossRandom.nextDouble() >= toGood : lossRandom.nextDouble() < toBad;
        boolean twice = duplicateRandom.nextDouble() * 100 < profile.duplicatePercent();
        double jitterMs = profile.delay().jitter().drawMs(delayRandom);
        double passedMs = passBottleneck(passStall(sentMs), bytes);
        if (lost || Double.isInfinite(passedMs)) {
            return 0;
        }
        arrivalsMs[0] = arriveMs(sentMs, passedMs, jitterMs);
        if (!twice) {
            return 1;
        }
        arrivalsMs[1] = arriveMs(sentMs, passedMs, profile.delay().jitter().drawMs(duplicateRandom));
        return 2;
    }

    private double passStall(double ms) {
        while (ms >= stallUntilMs) {
            stallFromMs = stallUntilMs + profile.delay().stalls().drawPauseMs(stallRandom);
            stallUntilMs = stallFromMs + profile.delay().stalls().drawLengthMs(stallRandom);
        }
        return ms >= stallFromMs ? stallUntilMs : ms;
    }

    private double passBottleneck(double ms, int bytes) {
        if (profile.rateKbps() == 0) {
            return ms;
        }
        double beginMs = Math.max(ms, bottleneckFreeMs);
        if (beginMs - ms > NetworkProfile.MAX_QUEUE_MS) {
            return Double.POSITIVE_INFINITY;
        }
        bottleneckFreeMs = beginMs + 8 * bytes / profile.rateKbps();
        return bottleneckFreeMs;
    }

    private double arriveMs(double sentMs, double passedMs, double jitterMs) {
        double arrivalMs = Math.max(sentMs, passedMs + profile.delay().baseMs() + jitterMs);
        if (!profile.delay().reorders()) {
            arrivalMs = Math.max(arrivalMs, lastArrivalMs);
        }
        lastArrivalMs = arrivalMs;
        return arrivalMs;
    }

    @Override
    public long arrivalNs(int copy) {
        return originNs + (long) (arrivalsMs[copy] * NS_PER_MS);
    }
}
