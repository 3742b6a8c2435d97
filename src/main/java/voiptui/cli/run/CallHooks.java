package voiptui.cli.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Event;
import voiptui.event.PhoneEvent;
import voiptui.event.Subscription.Readings;
import voiptui.report.EventLines;
import voiptui.report.Printable;

/**
 * Runs commands of the user when a call comes in, is answered, and has ended, with the facts in environment variables. Nobody
 * waits for the commands.
 *
 * <p>Used by the thread of its {@link EventLines} only.
 */
public final class CallHooks implements EventLines.Printer {

    /** More commands at a time are not started: one that hangs must not fill the machine. */
    private static final int MAX_RUNNING = 16;

    /**
     * Commands of the shell; null: none.
     *
     * @param onRing for an incoming call
     * @param onAnswer for a call that was answered, by either side
     * @param onEnd for a call that has ended, answered or not
     */
    public record Commands(
            @Nullable String onRing,
            @Nullable String onAnswer,
            @Nullable String onEnd) {

        /** Returns whether there is none. */
        public boolean isEmpty() {
            return onRing == null && onAnswer == null && onEnd == null;
        }
    }

    /** Starts a command. */
    @FunctionalInterface
    interface Launcher {

        /**
         * Starts a command of the shell with more environment variables.
         *
         * @throws IOException if there is no shell
         */
        void launch(String command, Map<String, String> facts) throws IOException;
    }

    private final Commands commands;
    private final Map<String, String> constants;
    private final String firstPeer;
    private final Launcher launcher;

    private String peer;
    private boolean outgoing = true;
    private boolean answered;

    /**
     * Creates the hooks of a call or a phone.
     *
     * @param relay the relay as the user named it
     * @param peer the other side of a single call; empty: a phone
     * @param quiet whether what the commands print is dropped, because a full screen has the terminal
     */
    public CallHooks(Commands commands, String relay, String peer, boolean quiet) {
        this(commands, relay, peer, new ShellLauncher(quiet));
    }

    CallHooks(Commands commands, String relay, String peer, Launcher launcher) {
        this.commands = commands;
        this.constants = Map.of("VOIPTUI_RELAY", Printable.of(relay));
        this.firstPeer = peer;
        this.peer = peer;
        this.launcher = launcher;
    }

    @Override
    public Readings readings() {
        return Readings.NONE;
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof PhoneEvent.Incoming incoming) {
            run(commands.onRing(), facts("ring", incoming.from(), false));
        } else if (event instanceof PhoneEvent.CallStarted started) {
            peer = started.peer();
            outgoing = started.outgoing();
        } else if (event instanceof CallEvent.StateChanged state && state.state() == CallState.IN_CALL && !answered) {
            answered = true;
            run(commands.onAnswer(), facts("answer", peer, outgoing));
        } else if (event instanceof CallEvent.Summary summary) {
            onEnd(summary);
        }
    }

    private void onEnd(CallEvent.Summary summary) {
        Map<String, String> facts = facts("end", peer, outgoing);
        facts.put("VOIPTUI_ANSWERED", answered ? "yes" : "no");
        facts.put("VOIPTUI_REASON", summary.reason().name());
        facts.put("VOIPTUI_SECONDS", Long.toString(summary.durationMs() / 1000));
        run(commands.onEnd(), facts);
        answered = false;
        peer = firstPeer;
        outgoing = true;
    }

    private Map<String, String> facts(String event, String who, boolean isOutgoing) {
        Map<String, String> facts = new TreeMap<>(constants);
        facts.put("VOIPTUI_EVENT", event);
        facts.put("VOIPTUI_PEER", Printable.of(who));
        facts.put("VOIPTUI_DIRECTION", isOutgoing ? "outgoing" : "incoming");
        return facts;
    }

    private void run(@Nullable String command, Map<String, String> facts) {
        if (command == null) {
            return;
        }
        try {
            launcher.launch(command, facts);
        } catch (IOException notStarted) {
            System.err.println(
                    "voiptui: cannot run '" + Printable.of(command) + "': " + Printable.of(notStarted.getMessage()));
        }
    }

    /** Starts commands with sh(1). What they print goes to standard error, or nowhere. */
    private static final class ShellLauncher implements Launcher {

        private final boolean quiet;
        private final List<Process> running = new ArrayList<>();

        ShellLauncher(boolean quiet) {
            this.quiet = quiet;
        }

        @Override
        public void launch(String command, Map<String, String> facts) throws IOException {
            running.removeIf(process -> !process.isAlive());
            if (running.size() >= MAX_RUNNING) {
                throw new IOException(MAX_RUNNING + " commands are running already");
            }
            ProcessBuilder shell = new ProcessBuilder("sh", "-c", "exec </dev/null >&2; eval \"$1\"", "sh", command);
            shell.environment().putAll(facts);
            shell.redirectError(quiet ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.INHERIT);
            running.add(shell.start());
        }
    }
}
