package voiptui.report;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import voiptui.event.CallEvent;
import voiptui.event.Event;

/**
 * Tells a call in plain lines, one for each change of state or warning, and what it knows when asked.
 *
 * <p>Owned by its printing thread, but for {@link #askForStats}.
 */
public final class CallNarrator implements EventLines.Printer {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final PrintStream out;
    private final InstantSource clock;
    private final CallWords words;

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
        this.words = new CallWords(relay, peer);
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof CallEvent callEvent) {
            onCallEvent(callEvent);
        }
    }

    private void onCallEvent(CallEvent event) {
        if (event instanceof CallEvent.NetworkStats reading) {
            network = reading;
        } else if (event instanceof CallEvent.JitterBufferFill reading) {
            fill = reading;
        } else if (event instanceof CallEvent.MicLevel reading) {
            micLevel = reading;
        } else if (event instanceof CallEvent.RelayAnswered reading) {
            answered = reading;
        } else if (event instanceof CallEvent.DevicesListed listed) {
            sayDevices("microphones (mic DEVICE)", listed.microphones());
            sayDevices("speakers (speaker DEVICE)", listed.speakers());
        }
        say(words.of(event));
    }

    private void sayDevices(String title, List<CallEvent.Choice> choices) {
        say(title + ":");
        for (CallEvent.Choice choice : choices) {
            say("  " + choice.device() + (choice.description().isBlank() ? "" : "  (" + choice.description() + ")"));
        }
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

    private void say(String line) {
        if (!line.isEmpty()) {
            out.println(LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault()).format(TIME) + "  "
                    + Printable.of(line));
        }
    }
}
