package voiptui.report;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import voiptui.event.CallEvent;
import voiptui.event.EndReason;
import voiptui.event.Event;

/**
 * Tells a call in plain lines, one for each change of state or warning, and what it knows when asked.
 *
 * <p>Owned by its printing thread, but for {@link #askForStats}.
 */
public final class CallNarrator implements EventLines.Printer {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");

    private final PrintStream out;
    private final InstantSource clock;
    private final String relay;
    private final String peer;

    private CallEvent.NetworkStats network;
    private CallEvent.JitterBufferFill fill;
    private CallEvent.MicLevel micLevel;
    private CallEvent.RelayAnswered answered;
    private volatile boolean statsAsked;

    /**
     * Tells a call.
     *
     * @param out where the lines go
     * @param clock for the time in front of each line, in the machine's time zone
     * @param relay the relay as the user named it
     * @param peer the peer as the user named it
     */
    public CallNarrator(PrintStream out, InstantSource clock, String relay, String peer) {
        this.out = out;
        this.clock = clock;
        this.relay = relay;
        this.peer = peer;
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof CallEvent callEvent) {
            onCallEvent(callEvent);
        }
    }

    private void onCallEvent(CallEvent event) {
        if (event instanceof CallEvent.StateChanged changed) {
            say(words(changed));
        } else if (event instanceof CallEvent.NetworkStats reading) {
            network = reading;
        } else if (event instanceof CallEvent.JitterBufferFill reading) {
            fill = reading;
        } else if (event instanceof CallEvent.MicLevel reading) {
            micLevel = reading;
        } else if (event instanceof CallEvent.RelayAnswered reading) {
            answered = reading;
        } else if (event instanceof CallEvent.MicSilence silence) {
            say(silence.silent()
                    ? "warning: the microphone is silent (for " + seconds(silence.forMs())
                            + "): muted at the system, or the wrong device? --mic chooses one"
                    : "the microphone is heard again, after " + seconds(silence.forMs()));
        } else if (event instanceof CallEvent.MuteChanged mute) {
            say(mute.muted() ? "muted: the other side hears silence" : "no longer muted");
        } else if (event instanceof CallEvent.AudioLost lost) {
            say(words(lost));
        } else if (event instanceof CallEvent.AudioRestored restored) {
            say("the " + restored.direction().words() + " '" + restored.device() + "' is back");
        } else if (event instanceof CallEvent.PeerRestarted) {
            say("the other side began anew");
        } else if (event instanceof CallEvent.Failed failed) {
            say("internal error in " + failed.thread() + ": " + failed.cause());
        } else if (event instanceof CallEvent.Summary summary && summary.durationMs() > 0) {
            say(words(summary));
        }
    }

    private String words(CallEvent.StateChanged changed) {
        String detail = changed.detail().isEmpty() ? "" : ": " + changed.detail();
        return switch (changed.state()) {
            case CONNECTING -> changed.retryInMs() > 0
                    ? "relay " + relay + " does not take us yet" + detail + "; trying again in "
                            + seconds(changed.retryInMs())
                    : "connecting to relay " + relay + " (attempt " + changed.attempt() + " of " + changed.attempts()
                            + ")";
            case WAITING -> "registered" + (changed.detail().isEmpty() ? "" : " still, " + changed.detail())
                    + "; waiting to hear " + peer;
            case IN_CALL -> "in call with " + peer;
            case PEER_SILENT -> "nothing heard from " + peer + " for 5 s; staying in the call";
            // Told at the 1st, 2nd, 4th, 8th … try: a long outage is not worth a line every four seconds.
            case RELAY_LOST -> Integer.bitCount(changed.attempt()) == 1
                    ? "relay lost" + detail + "; trying again in " + seconds(changed.retryInMs()) : "";
            case ENDED -> "ended: " + changed.reason().words() + detail + advice(changed.reason());
        };
    }

    private static String advice(EndReason reason) {
        return switch (reason) {
            case RELAY_UNREACHABLE -> "; does it run there, and does a firewall let its TCP port through?";
            case RELAY_FULL -> "; try later, or start it with a larger --max-clients";
            default -> "";
        };
    }

    private static String words(CallEvent.AudioLost lost) {
        String devices = lost.available().isEmpty() ? "there is no other on this machine"
                : "there are: " + String.join(", ", lost.available());
        return "warning: no " + lost.direction().words() + " (" + lost.problem() + "); the call goes on without it; "
                + devices + "; " + lost.direction().option() + " chooses one";
    }

    private static String words(CallEvent.Summary summary) {
        long expected = summary.packetsReceived() + summary.packetsLost();
        double lossPercent = expected == 0 ? 0 : 100.0 * summary.packetsLost() / expected;
        return String.format(Locale.ROOT, "call of %s: sent %d packets, received %d, lost %d (%.1f %%), late %d,"
                + " concealed %d ms, jitter %.1f ms", seconds(summary.durationMs()), summary.packetsSent(),
                summary.packetsReceived(), summary.packetsLost(), lossPercent, summary.packetsLate(),
                summary.concealedMs(), summary.jitterMs());
    }

    /** Asks for a line with the numbers of the moment. Any thread. */
    public void askForStats() {
        statsAsked = true;
    }

    @Override
    public void onIdle() {
        if (statsAsked) {
            statsAsked = false;
            sayStats();
        }
    }

    private void sayStats() {
        if (network == null || fill == null) {
            say("no numbers yet");
            return;
        }
        say(String.format(Locale.ROOT, "sent %d, received %d, lost %d, late %d, duplicate %d, reordered %d;"
                + " jitter %.1f ms, buffer %d ms of %d, concealed %d ms; microphone %.0f dBFS%s; relay %s",
                network.packetsSent(), network.packetsReceived(), network.packetsLost(), network.packetsLate(),
                network.packetsDuplicate(), network.packetsReordered(), network.jitterMs(), fill.depthMs(),
                fill.targetMs(), network.concealedMs(),
                micLevel == null ? CallEvent.SILENCE_DBFS : micLevel.peakDbfs(),
                micLevel != null && micLevel.muted() ? " (muted)" : "",
                answered == null ? "silent so far" : String.format(Locale.ROOT, "%.1f ms away", answered.rttMs())));
    }

    /** Prints a line. Names of devices and answers of relays come from outside: nothing in them may steer the terminal. */
    private void say(String line) {
        if (!line.isEmpty()) {
            out.println(LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault()).format(TIME) + "  "
                    + CONTROL.matcher(line).replaceAll(" "));
        }
    }

    private static String seconds(long ms) {
        return ms % 1000 == 0 ? ms / 1000 + " s" : String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
    }
}
