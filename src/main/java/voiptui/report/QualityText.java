package voiptui.report;

import java.util.Locale;
import voiptui.event.Grade;
import voiptui.event.MediaDirection;
import voiptui.event.QualityCause;
import voiptui.event.VoiceEvent;

/** Texts for users about how good a call is, why, and what to do. Immutable; any thread. */
public final class QualityText {

    private final String peer;

    /** @param peer the peer as the user named it */
    public QualityText(String peer) {
        this.peer = peer;
    }

    /**
     * Returns one line about {@code event}, printable and without a line terminator; an empty string when there is nothing to
     * report.
     */
    public String of(VoiceEvent event) {
        if (event instanceof VoiceEvent.QualityChanged changed) {
            return Printable.of(text(changed));
        } else if (event instanceof VoiceEvent.Replay replay) {
            return text(replay);
        }
        return event instanceof VoiceEvent.Reception reception && reception.receiving()
                ? Printable.of(peer + " is heard again after " + CallText.seconds(tenths(reception.silentMs())))
                : "";
    }

    private static String text(VoiceEvent.Replay replay) {
        String packets = replay.missing() == 1 ? "1 packet" : replay.missing() + " packets";
        return switch (replay.phase()) {
            case STARTED ->
                "replaying the last " + Math.round(replay.backMs() / 1000) + " s"
                        + (replay.missing() == 0
                                ? ""
                                : replay.heals()
                                        ? "; asking for " + packets + " that did not come"
                                        : "; " + packets + " did not come, and the other side keeps none");
            case ENDED -> "live again" + (replay.missing() == 0 ? "" : "; " + packets + " of the replay did not come");
            case NOTHING -> "nothing to replay yet";
        };
    }

    private static long tenths(long ms) {
        return ms / 100 * 100;
    }

    /** Returns whether {@code event} reports something that needs attention. */
    static boolean isWarning(VoiceEvent event) {
        return event instanceof VoiceEvent.QualityChanged changed
                && changed.grade().isWorseThan(Grade.FAIR);
    }

    private String text(VoiceEvent.QualityChanged changed) {
        boolean first = changed.before() == null;
        if (changed.grade() == Grade.GOOD && first && changed.cause() == QualityCause.NONE) {
            return "";
        }
        String who = changed.direction() == MediaDirection.RECEIVED ? "you hear " + peer : peer + " hears you";
        String again = changed.grade() == Grade.GOOD && changed.before() != Grade.GOOD && !first ? " again" : "";
        String problem = problem(changed.direction(), changed.cause(), changed.value());
        String grade = changed.grade() + again;
        if (problem.isEmpty()) {
            return who + ": "
                    + (changed.before() == Grade.GOOD && changed.grade() == Grade.GOOD ? "no more loss" : grade);
        }
        String advice = advice(changed.cause(), changed.grade());
        return who + ": " + grade + ", " + problem + (advice.isEmpty() ? "" : "; " + advice);
    }

    /**
     * Returns the verdict in one line, such as {@code POOR: your network loses 24 %. Try a cable, or a relay nearer to you}.
     *
     * @param now an assessment with a grade
     */
    public String verdict(MediaDirection direction, VoiceEvent.Assessment now) {
        String problem = problem(direction, now.cause(), now.value());
        String grade = now.grade() + (direction == MediaDirection.SENT ? " for " + peer : "");
        if (problem.isEmpty()) {
            return Printable.of(grade);
        }
        String advice = now.grade() == null ? "" : advice(now.cause(), now.grade());
        return Printable.of(grade + ": " + problem
                + (advice.isEmpty() ? "" : ". " + Character.toUpperCase(advice.charAt(0)) + advice.substring(1)));
    }

    /** Returns what is wrong with one direction; an empty string: nothing. */
    private String problem(MediaDirection direction, QualityCause cause, double value) {
        return switch (cause) {
            case NONE -> "";
            case LOSS_TO_RELAY, LOSS_FROM_RELAY -> "your network loses " + percent(value);
            case LOSS_PEER_TO_RELAY, LOSS_RELAY_TO_PEER -> "the network of " + peer + " loses " + percent(value);
            case LOSS -> percent(value) + " of the packets get lost";
            case LATE_PACKETS ->
                (direction == MediaDirection.RECEIVED ? "packets" : "your packets") + " arrive with " + ms(value)
                        + " of jitter";
            case DELAY -> "sound takes " + ms(value);
            case NOTHING_RECEIVED -> "nothing arrives from " + peer;
            case RELAY_LOST -> "the relay does not answer";
        };
    }

    private static String advice(QualityCause cause, Grade grade) {
        return switch (cause) {
            case NONE -> "";
            case LOSS_TO_RELAY, LOSS_FROM_RELAY ->
                grade == Grade.GOOD ? "it is repaired" : "try a cable, or a nearer relay";
            case LOSS_PEER_TO_RELAY, LOSS_RELAY_TO_PEER ->
                grade == Grade.GOOD ? "it is repaired" : "a cable there may help";
            case LOSS -> grade == Grade.GOOD ? "it is repaired" : "try a cable";
            case LATE_PACKETS -> "try a cable";
            case DELAY -> "try a relay nearer to both of you";
            case NOTHING_RECEIVED -> "wait, or call again";
            case RELAY_LOST -> "reconnecting";
        };
    }

    private static String percent(double percent) {
        return percent < 10
                ? String.format(Locale.ROOT, "%.1f %%", percent)
                : String.format(Locale.ROOT, "%.0f %%", percent);
    }

    private static String ms(double ms) {
        return String.format(Locale.ROOT, "%.0f ms", ms);
    }
}
