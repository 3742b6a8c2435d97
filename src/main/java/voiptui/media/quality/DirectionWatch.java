package voiptui.media.quality;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.event.Grade;
import voiptui.event.MediaDirection;
import voiptui.event.QualityCause;
import voiptui.event.VoiceEvent;

/**
 * Grades one direction, finds what it suffers from most, and publishes each change of grade or cause once. Owned by one
 * thread.
 */
final class DirectionWatch {

    /** How long another cause must hold until it is published. */
    static final long CAUSE_MS = 3_000;

    /** Loss that is mentioned in a good call, too, because repairing it costs delay and bit rate; and until when it is. */
    private static final double NOTEWORTHY_LOSS_PERCENT = 5;

    private static final double STILL_NOTEWORTHY_LOSS_PERCENT = 2;
    /** What is heard of packets that are lost, or too late to be played. */
    private static final double HEARD_PERCENT = 1;
    /** Jitter that may make packets late where nobody says how many are. */
    private static final double HIGH_JITTER_MS = 20;
    /** Delay from which conversations may suffer (ITU-T G.114). */
    private static final double LONG_DELAY_MS = 150;

    private final MediaDirection direction;
    private final LossPlace place;
    private final GradeScale scale = new GradeScale();
    private @Nullable Grade published;
    private QualityCause publishedCause = QualityCause.NONE;
    /** Since when the cause differs from the published one; {@link Long#MAX_VALUE}: it does not. */
    private long otherCauseSinceMs = Long.MAX_VALUE;

    /**
     * What is measured of the direction.
     *
     * @param mos opinion score, 1 to 4.5
     * @param lossPercent packets lost on the way in the last five seconds
     * @param concealedPercent packets neither played nor recovered in that time; NaN: unknown
     * @param jitterMs interarrival jitter
     * @param delayMs from mouth to ear
     * @param gapsMs sound concealed so far
     */
    record Measured(
            double mos, double lossPercent, double concealedPercent, double jitterMs, double delayMs, long gapsMs) {}

    DirectionWatch(MediaDirection direction, LossPlace place) {
        this.direction = direction;
        this.place = place;
    }

    /** Returns the verdict. */
    VoiceEvent.Assessment assess(Measured measured, long nowMs) {
        Grade grade = scale.update(measured.mos(), nowMs);
        QualityCause cause = causeOf(grade, measured, nowMs);
        double value = cause.isLoss()
                ? measured.lossPercent()
                : cause == QualityCause.LATE_PACKETS
                        ? measured.jitterMs()
                        : cause == QualityCause.DELAY ? measured.delayMs() : 0;
        return new VoiceEvent.Assessment(grade, cause, value, measured.lossPercent(), measured.gapsMs());
    }

    private QualityCause causeOf(Grade grade, Measured measured, long nowMs) {
        boolean good = grade == Grade.GOOD;
        double noteworthy = publishedCause.isLoss() ? STILL_NOTEWORTHY_LOSS_PERCENT : NOTEWORTHY_LOSS_PERCENT;
        if (measured.lossPercent() >= (good ? noteworthy : HEARD_PERCENT)) {
            return place.of(direction, measured.lossPercent(), nowMs);
        }
        if (good) {
            return QualityCause.NONE;
        }
        boolean delayed = measured.delayMs() >= LONG_DELAY_MS;
        boolean late = Double.isNaN(measured.concealedPercent())
                ? !delayed && measured.jitterMs() >= HIGH_JITTER_MS
                : measured.concealedPercent() >= HEARD_PERCENT;
        return late ? QualityCause.LATE_PACKETS : delayed ? QualityCause.DELAY : QualityCause.NONE;
    }

    /** Publishes what has changed. */
    void publishChange(VoiceEvent.Assessment now, long nowMs, Consumer<VoiceEvent> publish) {
        Grade grade = now.grade();
        if (grade == null) {
            return;
        }
        boolean otherCause = now.cause() != publishedCause && (now.cause() != QualityCause.NONE || grade == Grade.GOOD);
        otherCauseSinceMs = otherCause ? Math.min(otherCauseSinceMs, nowMs) : Long.MAX_VALUE;
        boolean outageChanged = now.cause().isOutage() != publishedCause.isOutage();
        if (grade != published || outageChanged || nowMs - otherCauseSinceMs >= CAUSE_MS) {
            publish.accept(new VoiceEvent.QualityChanged(direction, grade, published, now.cause(), now.value()));
            published = grade;
            publishedCause = now.cause();
            otherCauseSinceMs = Long.MAX_VALUE;
        }
    }
}
