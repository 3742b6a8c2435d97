package voiptui.cli.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.call.CallOptions;
import voiptui.call.EncryptionPolicy;
import voiptui.cli.config.Configuration;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.HistoryOptions;
import voiptui.cli.option.ScreenOptions;
import voiptui.cli.option.ServerOptions;
import voiptui.cli.option.SessionOptions;
import voiptui.cli.option.SoundOptions;
import voiptui.cli.option.Usage;
import voiptui.cli.run.CallHooks;
import voiptui.cli.run.CallStart;
import voiptui.cli.run.FrontEnd;
import voiptui.cli.run.HistoryLines;
import voiptui.cli.run.PlainRun;
import voiptui.cli.run.ScreenRun;
import voiptui.cli.run.TrustQuestion;
import voiptui.event.EventBus;
import voiptui.history.CallHistory;
import voiptui.identity.Identity;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaOffer;
import voiptui.report.EventLines;
import voiptui.session.SessionConfig;
import voiptui.tui.key.Controls;

/**
 * What {@code voiptui call} and {@code voiptui phone} do alike: check their options, find the relay, present the call.
 *
 * @param usage reports wrong usage
 * @param session the options about the relay
 * @param sound the options about sound
 * @param screen the options about the presentation
 * @param history the option about the history
 */
record CallSetup(
        Usage usage, SessionOptions session, SoundOptions sound, ScreenOptions screen, HistoryOptions history) {

    /**
     * Checks the options, without contacting anybody.
     *
     * @param ringTimeout the value of {@code --ring-timeout}; null: not given
     */
    void check(@Nullable Duration ringTimeout) {
        session.check(usage);
        sound.check(usage);
        checkPositive(ringTimeout, "--ring-timeout");
    }

    /** Checks a time that may be null, which means that it is not given. */
    void checkPositive(@Nullable Duration time, String option) {
        usage.check(time == null || time.toMillis() > 0, option + " must be positive");
    }

    /** Returns how the user controls the screen. */
    Controls controls() {
        return new Controls(Configuration.keysOf(usage.spec()), sound.isPushToTalk(), screen.usesMouse());
    }

    /** Resolves the addresses, and checks that there is a terminal if one is needed. */
    ServerOptions.Resolved resolve() throws CommandFailure {
        ServerOptions.Resolved resolved = session.resolve(usage);
        if (screen.isFullScreen()) {
            ScreenRun.requireTerminal(System.getenv());
        }
        return resolved;
    }

    /**
     * Returns the configuration of the session, after asking whether to trust an unknown relay.
     *
     * @param answers whether incoming calls are accepted
     */
    SessionConfig sessionConfig(ServerOptions.Resolved resolved, boolean answers) throws CommandFailure {
        SessionConfig config = session.sessionConfig(resolved, answers);
        TrustQuestion.ask(config);
        return config;
    }

    /**
     * Returns the options of the calls; a time that is null has no limit.
     *
     * @param stay whether to call the same peer again when it hangs up
     * @param identity encrypts the media
     * @param encryption what the user demands of the encryption
     */
    CallOptions callOptions(
            @Nullable Duration ringTimeout,
            @Nullable Duration duration,
            boolean stay,
            Identity identity,
            EncryptionPolicy encryption) {
        return new CallOptions(
                new MediaOffer(
                        sound.codecs(usage),
                        MediaFeatures.ALL,
                        identity.fingerprint().text()),
                session.retries(),
                msOf(ringTimeout),
                msOf(duration),
                stay,
                encryption);
    }

    /** Returns a time in milliseconds; 0 for null. */
    static long msOf(@Nullable Duration time) {
        return time == null ? 0 : time.toMillis();
    }

    /** Runs the call or phone until it ends, with the user's commands, and returns the exit status. */
    int run(FrontEnd frontEnd, CallHooks.Commands commands, String relay, String peer, CallStart start)
            throws CommandFailure, InterruptedException {
        List<EventLines> running = new ArrayList<>();
        HistoryLines kept = new HistoryLines(history.isKept() ? historyOfUser() : null, relay);
        try {
            return run(frontEnd, bus -> {
                if (!commands.isEmpty()) {
                    CallHooks hooks = new CallHooks(commands, relay, peer, screen.isFullScreen());
                    running.add(EventLines.start(bus, "voiptui-hooks", hooks, frontEnd.isLast()));
                }
                running.add(EventLines.start(bus, "voiptui-history", kept.on(bus), frontEnd.isLast()));
                return start.open(bus);
            });
        } finally {
            running.forEach(EventLines::close);
            kept.problem().ifPresent(problem -> System.err.println("voiptui: " + problem));
        }
    }

    /** Returns the history of the current user. */
    static CallHistory historyOfUser() throws CommandFailure {
        try {
            return CallHistory.ofUser(System.getenv());
        } catch (IOException noHome) {
            throw CommandFailure.of(ExitCode.FAILED, noHome);
        }
    }

    private int run(FrontEnd frontEnd, CallStart start) throws CommandFailure, InterruptedException {
        return screen.isFullScreen()
                ? new ScreenRun(frontEnd, System.getenv()).run(new EventBus(), start)
                : PlainRun.run(frontEnd, screen.isJson(), start);
    }
}
