package voiptui.report;

import java.util.Locale;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.EndReason;

/**
 * What there is to say to people about each event of a call: the same words in plain lines, in a log and on a screen.
 *
 * <p>Immutable; any thread.
 */
public final class CallText {

    private final String relay;
    private final String peer;
    private final boolean byName;

    /**
     * Words about one call.
     *
     * @param relay the relay as the user named it
     * @param peer the peer as the user named it
     * @param byName whether the relay knows who is there, and rings; otherwise both register and wait to hear each other
     */
    public CallText(String relay, String peer, boolean byName) {
        this.relay = relay;
        this.peer = peer;
        this.byName = byName;
    }

    /**
     * One line about {@code event}, without the line's end and without anything that could steer a terminal (see {@link
     * Printable}); an empty string when there is nothing to say.
     */
    public String of(CallEvent event) {
        return Printable.of(words(event));
    }

    /** Whether {@code event} tells of something that a person should look after, or that went wrong. */
    public static boolean isWarning(CallEvent event) {
        if (event instanceof CallEvent.StateChanged changed) {
            return switch (changed.state()) {
                case CONNECTING -> changed.retryInMs() > 0;
                case WAITING, RINGING, IN_CALL -> false;
                case PEER_SILENT, RELAY_LOST -> true;
                case ENDED -> isFailure(changed.reason());
            };
        }
        return event instanceof CallEvent.MicSilence silence && silence.silent()
                || event instanceof CallEvent.Recording recording && recording.problem() != null
                || event instanceof CallEvent.AudioLost
                || event instanceof CallEvent.AudioRefused
                || event instanceof CallEvent.Failed;
    }

    /** Whether nobody wanted it to end so. */
    static boolean isFailure(EndReason reason) {
        return switch (reason) {
            case QUIT, DURATION, PEER_LEFT, INTERRUPTED, ELSEWHERE -> false;
            case RELAY_UNREACHABLE,
                    RELAY_FULL,
                    RELAY_REFUSED,
                    RELAY_UNTRUSTED,
                    NAME_REFUSED,
                    REJECTED,
                    BUSY,
                    NO_ANSWER,
                    PEER_LOST,
                    NO_CODEC,
                    FAILED -> true;
        };
    }

    private String words(CallEvent event) {
        if (event instanceof CallEvent.StateChanged changed) {
            return words(changed);
        } else if (event instanceof CallEvent.Connected connected) {
            return "connected with " + connected.peer() + ": " + CodecText.of(connected)
                    + (connected.packets().equals("classic") ? ", in classic packets" : "");
        } else if (event instanceof CallEvent.MicSilence silence) {
            return silence.silent()
                    ? "warning: the microphone is silent (for " + seconds(silence.forMs())
                            + "): muted at the system, or the wrong device? --mic chooses one"
                    : "the microphone is heard again, after " + seconds(silence.forMs());
        } else if (event instanceof CallEvent.MuteChanged mute) {
            return mute.muted() ? "muted: the other side hears silence" : "no longer muted";
        } else if (event instanceof CallEvent.GainChanged gain) {
            return words(gain);
        } else if (event instanceof CallEvent.TestTone tone) {
            return tone.playing() ? "test tone on the speaker; nobody else hears it" : "";
        } else if (event instanceof CallEvent.Recording recording) {
            return words(recording);
        } else if (event instanceof CallEvent.AudioLost lost) {
            return words(lost);
        } else if (event instanceof CallEvent.AudioRestored restored) {
            return "the " + restored.direction().words() + " '" + restored.device() + "' is back";
        } else if (event instanceof CallEvent.AudioInUse used) {
            return used.direction().words() + " in use: " + used.device();
        } else if (event instanceof CallEvent.AudioRefused refused) {
            return "warning: " + refused.problem() + "; the "
                    + refused.direction().words() + " stays as it was";
        } else if (event instanceof CallEvent.PeerRestarted) {
            return "the other side began anew";
        } else if (event instanceof CallEvent.Failed failed) {
            return "internal error in " + failed.thread() + ": " + failed.cause();
        } else if (event instanceof CallEvent.Summary summary && summary.durationMs() > 0) {
            return words(summary);
        }
        return "";
    }

    private String words(CallEvent.StateChanged changed) {
        String detail = changed.detail().isEmpty() ? "" : ": " + changed.detail();
        return switch (changed.state()) {
            case CONNECTING ->
                changed.retryInMs() > 0
                        ? "relay " + relay + " does not take us yet" + detail + "; trying again in "
                                + seconds(changed.retryInMs())
                        : "connecting to relay " + relay + attempt(changed);
            case WAITING ->
                byName
                        ? peer + " is not there; waiting" + detail
                        : "registered" + (changed.detail().isEmpty() ? "" : " still, " + changed.detail())
                                + "; waiting to hear " + peer;
            case RINGING -> "ringing at " + peer;
            case IN_CALL -> "in call with " + peer;
            case PEER_SILENT -> "nothing heard from " + peer + " for 5 s; staying in the call";
            // Told at the 1st, 2nd, 4th, 8th … try: a long outage is not worth a line every four seconds.
            case RELAY_LOST ->
                Integer.bitCount(changed.attempt()) == 1
                        ? "relay lost" + detail + "; trying again in " + seconds(changed.retryInMs())
                        : "";
            case ENDED -> "ended: " + changed.reason().words() + detail + advice(changed.reason());
        };
    }

    private static String attempt(CallEvent.StateChanged changed) {
        return changed.attempt() == 0
                ? ""
                : " (attempt " + changed.attempt() + (changed.attempts() == 0 ? "" : " of " + changed.attempts()) + ")";
    }

    /** What a user could do about it, to be put after the reason; mostly an empty string. */
    static String advice(EndReason reason) {
        return switch (reason) {
            case RELAY_UNREACHABLE -> "; does it run there, and does a firewall let its TCP port through?";
            case RELAY_FULL -> "; try later, or start it with a larger --max-clients";
            default -> "";
        };
    }

    private static String words(CallEvent.GainChanged gain) {
        String what = gain.direction() == AudioDirection.INPUT ? "microphone gain " : "speaker volume ";
        return what
                + (Math.abs(gain.gainDb()) < 0.05
                        ? "0 dB"
                        : String.format(
                                Locale.ROOT,
                                gain.gainDb() == Math.rint(gain.gainDb()) ? "%+.0f dB" : "%+.1f dB",
                                gain.gainDb()));
    }

    private static String words(CallEvent.Recording recording) {
        if (recording.file().isEmpty()) {
            return "warning: no recording: " + recording.problem();
        }
        if (recording.running()) {
            return "recording to " + recording.file();
        }
        return (recording.problem() == null ? "" : "warning: ") + "recording ended: " + recording.file() + ", "
                + String.format(Locale.ROOT, "%.1f s", recording.durationMs() / 1000.0)
                + (recording.problem() == null ? "" : ": " + recording.problem());
    }

    private static String words(CallEvent.AudioLost lost) {
        String devices = lost.available().isEmpty()
                ? "there is no other on this machine"
                : "there are: " + String.join(", ", lost.available());
        return "warning: no " + lost.direction().words() + " (" + lost.problem() + "); the call goes on without it; "
                + devices + "; " + lost.direction().option() + " chooses one";
    }

    private static String words(CallEvent.Summary summary) {
        long expected = summary.packetsReceived() + summary.packetsLost();
        double lossPercent = expected == 0 ? 0 : 100.0 * summary.packetsLost() / expected;
        return String.format(
                Locale.ROOT,
                "call of %s: sent %d packets, received %d, lost %d (%.1f %%), late %d,"
                        + " concealed %d ms, jitter %.1f ms",
                seconds(summary.durationMs()),
                summary.packetsSent(),
                summary.packetsReceived(),
                summary.packetsLost(),
                lossPercent,
                summary.packetsLate(),
                summary.concealedMs(),
                summary.jitterMs());
    }

    /** {@code 2 s}, {@code 0.5 s}. */
    static String seconds(long ms) {
        return ms % 1000 == 0 ? ms / 1000 + " s" : String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
    }
}
