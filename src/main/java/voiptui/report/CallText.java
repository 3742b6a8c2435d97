package voiptui.report;

import java.util.Locale;
import java.util.Objects;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.Encryption;
import voiptui.event.EndReason;

/**
 * Texts for users about the events of a call; plain output, log files and the screen share them.
 *
 * <p>Immutable; any thread.
 */
public final class CallText {

    private final String relay;
    private final String peer;
    private final boolean isV2;

    /**
     * Creates the texts of one call.
     *
     * @param relay the relay as the user named it
     * @param peer the peer as the user named it
     * @param isV2 whether the relay speaks v2 and rings the peer; otherwise both sides register and wait for media
     */
    public CallText(String relay, String peer, boolean isV2) {
        this.relay = relay;
        this.peer = peer;
        this.isV2 = isV2;
    }

    /**
     * Returns one line about {@code event}, printable (see {@link Printable}) and without a line terminator; an empty string
     * when there is nothing to report.
     */
    public String of(CallEvent event) {
        return Printable.of(text(event));
    }

    /** Returns whether {@code event} reports a failure or something that needs attention. */
    public static boolean isWarning(CallEvent event) {
        if (event instanceof CallEvent.StateChanged changed) {
            return switch (changed.state()) {
                case CONNECTING -> changed.retryInMs() > 0;
                case WAITING, RINGING, IN_CALL -> false;
                case PEER_SILENT, RELAY_LOST -> true;
                case ENDED -> isFailure(reasonOf(changed));
            };
        }
        return event instanceof CallEvent.MicSilence silence && silence.silent()
                || event instanceof CallEvent.Recording recording && recording.problem() != null
                || event instanceof CallEvent.Processing processing && processing.problem() != null
                || event instanceof CallEvent.AudioLost
                || event instanceof CallEvent.AudioWarning
                || event instanceof CallEvent.AudioRefused
                || event instanceof CallEvent.EncryptionChanged changed
                        && !changed.encryption().isEncrypted()
                        && changed.encryption() != Encryption.FAILED
                || event instanceof CallEvent.MediaEncryptionFailed
                || event instanceof CallEvent.PeerChanged
                || event instanceof CallEvent.PeerState state && state.recording()
                || event instanceof CallEvent.PeerNotSaved
                || event instanceof CallEvent.TextFailed
                || event instanceof CallEvent.Failed;
    }

    /** Returns the reason of a call that ended. */
    private static EndReason reasonOf(CallEvent.StateChanged ended) {
        return Objects.requireNonNull(ended.reason(), "a call that ended has a reason");
    }

    /** Returns whether a call that ended for {@code reason} failed. */
    static boolean isFailure(EndReason reason) {
        return switch (reason) {
            case QUIT, DURATION, PEER_LEFT, INTERRUPTED, ELSEWHERE -> false;
            case RELAY_UNREACHABLE,
                    RELAY_FULL,
                    RELAY_REFUSED,
                    RELAY_STOPPING,
                    RELAY_UNTRUSTED,
                    NAME_REFUSED,
                    SIGNED_OUT,
                    BLOCKED,
                    REJECTED,
                    BUSY,
                    NO_ANSWER,
                    PEER_LOST,
                    NO_CODEC,
                    OWN_NAME,
                    NOT_ENCRYPTED,
                    PEER_CHANGED,
                    ENCRYPTION_FAILED,
                    FAILED -> true;
        };
    }

    private String text(CallEvent event) {
        if (event instanceof CallEvent.StateChanged changed) {
            return text(changed);
        } else if (event instanceof CallEvent.Connected connected) {
            return "connected to " + connected.peer() + ": " + CodecText.of(connected)
                    + (connected.packets().equals("classic") ? ", classic packets" : "");
        } else if (event instanceof CallEvent.EncryptionChanged changed) {
            return text(changed);
        } else if (event instanceof CallEvent.MediaEncrypted encrypted) {
            return "words to read aloud: " + String.join(" ", encrypted.words());
        } else if (event instanceof CallEvent.MediaEncryptionFailed failed) {
            return "warning: no encryption, so nothing is played: " + failed.reason();
        } else if (event instanceof CallEvent.PeerChanged changed) {
            return text(changed);
        } else if (event instanceof CallEvent.PeerNotSaved problem) {
            return "warning: the fingerprint of " + problem.peer() + " is known only until this program ends: "
                    + problem.problem();
        } else if (event instanceof CallEvent.Text text) {
            return (text.sent() ? "you" : peer) + ": " + text.text();
        } else if (event instanceof CallEvent.TextFailed failed) {
            return "warning: " + failed.problem();
        } else if (event instanceof CallEvent.PeerState state) {
            return text(state);
        } else if (event instanceof CallEvent.MicSilence silence) {
            return silence.silent()
                    ? "warning: microphone silent for " + seconds(silence.forMs())
                            + ": muted in the system settings, or the wrong device? choose one with --mic"
                    : "microphone active again after " + seconds(silence.forMs());
        } else if (event instanceof CallEvent.MuteChanged mute) {
            return mute.muted() ? "muted: the other side hears silence" : "unmuted";
        } else if (event instanceof CallEvent.HoldChanged hold) {
            return hold.onHold() ? "on hold: neither side hears the other" : "no longer on hold";
        } else if (event instanceof CallEvent.GainChanged gain) {
            return text(gain);
        } else if (event instanceof CallEvent.Processing processing) {
            return text(processing);
        } else if (event instanceof CallEvent.TestTone tone) {
            return tone.playing() ? "playing a test tone on the speaker; only you can hear it" : "";
        } else if (event instanceof CallEvent.Recording recording) {
            return text(recording);
        } else if (event instanceof CallEvent.AudioLost lost) {
            return text(lost);
        } else if (event instanceof CallEvent.AudioRestored restored) {
            return "the " + restored.direction().label() + " '" + restored.device() + "' is back";
        } else if (event instanceof CallEvent.AudioInUse used) {
            return used.direction().label() + " in use: " + used.device();
        } else if (event instanceof CallEvent.AudioWarning warning) {
            return "warning: " + warning.device() + ": " + warning.problem();
        } else if (event instanceof CallEvent.AudioRefused refused) {
            return "warning: " + refused.problem() + "; keeping the current "
                    + refused.direction().label();
        } else if (event instanceof CallEvent.PeerRestarted) {
            return "the other side restarted";
        } else if (event instanceof CallEvent.Failed failed) {
            return "internal error in " + failed.thread() + ": " + failed.cause();
        } else if (event instanceof CallEvent.Summary summary && summary.durationMs() > 0) {
            return text(summary);
        }
        return "";
    }

    /** Returns what a user without a screen can type after {@code event}, to append to its text; empty for most events. */
    static String typed(CallEvent event) {
        if (event instanceof CallEvent.PeerChanged changed && changed.asks()) {
            return ": type yes to connect all the same, or hangup";
        }
        return event instanceof CallEvent.MediaEncrypted
                ? ": each of you reads every other word; type verified if all are the same"
                : "";
    }

    private String text(CallEvent.EncryptionChanged changed) {
        String text = changed.encryption().text(changed.verified());
        return switch (changed.encryption()) {
            case PENDING, FAILED -> "";
            case END_TO_END ->
                text
                        + (changed.known()
                                ? ""
                                : "; first call: the fingerprint of " + peer + " is " + changed.peerFingerprint()
                                        + ", and will be remembered");
            case CLASSIC, OLD_PROGRAM, OLD_RELAY ->
                "warning: " + text + ": the relay can hear this call"
                        + (changed.known() ? "; earlier calls with " + peer + " were encrypted" : "");
        };
    }

    private String text(CallEvent.PeerState state) {
        String doing = state.recording()
                ? state.muted() ? "recording and muted" : "recording"
                : state.muted() ? "muted" : "neither muted nor recording";
        return state.onHold()
                ? peer + " has put the call on hold" + (state.recording() ? " and is recording" : "")
                : peer + " is " + doing;
    }

    private static String text(CallEvent.PeerChanged changed) {
        String known = changed.knownFingerprint() + (changed.verified() ? " (verified)" : "");
        return changed.fingerprint() == null
                ? "WARNING: this call with " + changed.peer() + " would NOT be encrypted, as earlier ones were with "
                        + known
                : "WARNING: the fingerprint of " + changed.peer() + " has changed: was " + known + ", now "
                        + changed.fingerprint();
    }

    private String text(CallEvent.StateChanged changed) {
        String detail = changed.detail().isEmpty() ? "" : ": " + changed.detail();
        return switch (changed.state()) {
            case CONNECTING ->
                changed.retryInMs() > 0
                        ? "cannot connect to relay " + relay + detail + "; retrying in " + seconds(changed.retryInMs())
                        : "connecting to relay " + relay + attempt(changed);
            case WAITING ->
                isV2
                        ? peer + " is offline; will ring when they sign in" + detail
                        : (changed.detail().isEmpty() ? "registered" : "still registered, " + changed.detail())
                                + "; waiting for audio from " + peer;
            case RINGING -> "ringing " + peer;
            case IN_CALL -> "in call with " + peer;
            case PEER_SILENT -> "no audio from " + peer + " for 5 s; staying in the call";
            // Reported at attempts 1, 2, 4, 8 and so on: a long outage does not need a line every four seconds.
            case RELAY_LOST ->
                Integer.bitCount(changed.attempt()) == 1
                        ? "relay lost" + detail + "; retrying in " + seconds(changed.retryInMs())
                        : "";
            case ENDED -> "ended: " + reasonOf(changed).text() + detail + advice(reasonOf(changed), changed.detail());
        };
    }

    private static String attempt(CallEvent.StateChanged changed) {
        return changed.attempt() == 0
                ? ""
                : " (attempt " + changed.attempt() + (changed.attempts() == 0 ? "" : " of " + changed.attempts()) + ")";
    }

    /**
     * Returns what the user can do, to append to the reason; an empty string for most reasons.
     *
     * @param detail what is known about the reason; {@code ssh} says itself what it is about
     */
    static String advice(EndReason reason, String detail) {
        return switch (reason) {
            case RELAY_UNREACHABLE ->
                detail.startsWith("ssh") ? "" : "; is it running, and does a firewall block its TCP port?";
            case RELAY_FULL -> "; try again later, or start the relay with a larger --max-clients";
            default -> "";
        };
    }

    private static String text(CallEvent.GainChanged gain) {
        String what = gain.direction() == AudioDirection.INPUT ? "microphone gain " : "speaker volume ";
        return what
                + (Math.abs(gain.gainDb()) < 0.05
                        ? "0 dB"
                        : String.format(
                                Locale.ROOT,
                                gain.gainDb() == Math.rint(gain.gainDb()) ? "%+.0f dB" : "%+.1f dB",
                                gain.gainDb()));
    }

    private static String text(CallEvent.Processing processing) {
        return processing.problem() == null
                ? "microphone: " + processing.mode().description()
                : "warning: no echo cancelling or noise suppression: " + processing.problem()
                        + "; use a headset, and see 'voiptui doctor'";
    }

    private static String text(CallEvent.Recording recording) {
        if (recording.file().isEmpty()) {
            return "warning: cannot record: " + recording.problem();
        }
        if (recording.running()) {
            return "recording to " + recording.file();
        }
        return (recording.problem() == null ? "" : "warning: ") + "recording stopped: " + recording.file() + ", "
                + String.format(Locale.ROOT, "%.1f s", recording.durationMs() / 1000.0)
                + (recording.losses().isEmpty() ? "" : "; " + recording.losses())
                + (recording.problem() == null ? "" : ": " + recording.problem());
    }

    private static String text(CallEvent.AudioLost lost) {
        String devices = lost.available().isEmpty()
                ? "no other " + lost.direction().label() + " found"
                : "available: " + String.join(", ", lost.available());
        return "warning: no " + lost.direction().label() + " (" + lost.problem() + "); the call continues without it; "
                + devices + "; choose one with " + lost.direction().option();
    }

    private static String text(CallEvent.Summary summary) {
        long expected = summary.packetsReceived() + summary.packetsLost();
        double lossPercent = expected == 0 ? 0 : 100.0 * summary.packetsLost() / expected;
        return String.format(
                Locale.ROOT,
                "call lasted %s%s: sent %d packets, received %d, lost %d (%.1f %%), late %d,"
                        + " concealed %d ms, jitter %.1f ms",
                seconds(summary.durationMs()),
                summary.encryption() == null ? "" : ", " + summary.encryption().text(summary.verified()),
                summary.packetsSent(),
                summary.packetsReceived(),
                summary.packetsLost(),
                lossPercent,
                summary.packetsLate(),
                summary.concealedMs(),
                summary.jitterMs());
    }

    /** Formats a time, such as {@code 2 s} or {@code 0.5 s}. */
    static String seconds(long ms) {
        return ms % 1000 == 0 ? ms / 1000 + " s" : String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
    }
}
