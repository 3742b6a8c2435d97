package voiptui.cli.command;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voiptui.audio.PcmFormat;
import voiptui.call.CallOptions;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.option.ScreenOptions;
import voiptui.cli.option.ServerOptions;
import voiptui.cli.option.SessionOptions;
import voiptui.cli.option.SoundOptions;
import voiptui.cli.option.Usage;
import voiptui.cli.option.VersionProvider;
import voiptui.cli.run.AudioOpening;
import voiptui.cli.run.AudioPorts;
import voiptui.cli.run.PlainRun;
import voiptui.cli.run.ScreenPhone;
import voiptui.cli.run.ScreenRun;
import voiptui.cli.run.TrustQuestion;
import voiptui.cli.run.TypedCommands;
import voiptui.event.EventBus;
import voiptui.event.PhoneEvent;
import voiptui.phone.PhoneAudio;
import voiptui.phone.PhoneConfig;
import voiptui.phone.PhoneSession;
import voiptui.report.CallJson;
import voiptui.report.EventLines;
import voiptui.report.PhoneNarrator;
import voiptui.session.SessionConfig;
import voiptui.time.NanoClock;

/** {@code voiptui phone}: waits for calls, and makes them. */
@Command(
        name = "phone",
        description = "Waits for calls: shows who is there, rings, and calls people by name.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {
            "",
            "With --plain, type: call NAME, accept, reject, hangup, contacts, quit, and during a call what",
            "voiptui call knows.",
            "Exit status: 0 left, 2 wrong usage, 3 relay not reachable or port taken, 4 refused,",
            "5 no usable audio, 130 after Ctrl+C."
        })
public final class PhoneCommand implements Callable<Integer> {

    @Mixin
    private SessionOptions line;

    @Mixin
    private SoundOptions sound;

    @Mixin
    private ScreenOptions screen;

    @Option(names = "--auto-answer", description = "Take every call at once: an intercom.")
    private boolean autoAnswer;

    @Option(names = "--no-ring", description = "Do not ring, neither with sound nor with the terminal's bell.")
    private boolean noRing;

    @Option(
            names = "--ring-timeout",
            paramLabel = "TIME",
            description =
                    "Give up a call of ours when nobody has answered after this time. Default: as long as it takes.")
    private Duration ringTimeout;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        Usage usage = new Usage(spec);
        line.check(usage);
        sound.check(usage);
        usage.check(ringTimeout == null || ringTimeout.toMillis() > 0, "--ring-timeout should be more than nothing");
        ServerOptions.Resolved resolved = line.resolve(usage);
        if (screen.isFullScreen()) {
            ScreenRun.requireTerminal(System.getenv());
        }
        SessionConfig lineConfig = line.lineConfig(resolved, true);
        TrustQuestion.ask(lineConfig);
        PhoneConfig config = new PhoneConfig(
                true,
                autoAnswer,
                null,
                new CallOptions(
                        sound.codecs(usage),
                        line.retries(),
                        ringTimeout == null ? 0 : ringTimeout.toMillis(),
                        0,
                        false),
                sound.settings());
        SoundOptions.Wishes wishes = sound.wishes(usage, PcmFormat.OPUS);
        // What was asked for by name has to be there; it is opened anew for each call.
        AudioPorts.open(wishes).close();
        PhoneAudio audio = new PhoneAudio(
                () -> AudioOpening.openIfPossible(wishes.microphone()),
                () -> AudioOpening.openIfPossible(wishes.speaker()),
                noRing ? null : wishes.speaker(),
                wishes.place());
        ScreenRun.Start start = bus -> 
                new PhoneSession(config, lineConfig, audio, bus, NanoClock.SYSTEM, System::currentTimeMillis);
        return screen.isFullScreen() ? runOnScreen(start, lineConfig) : runPlain(start, lineConfig);
    }

    private int runOnScreen(ScreenRun.Start start, SessionConfig lineConfig)
            throws CommandFailure, InterruptedException {
        ScreenPhone shown =
                new ScreenPhone(lineConfig.relayName(), lineConfig.name(), !noRing, screen.isAscii(), System.getenv());
        return new ScreenRun(shown, System.getenv()).run(new EventBus(), start);
    }

    private int runPlain(ScreenRun.Start start, SessionConfig lineConfig) throws CommandFailure, InterruptedException {
        EventBus bus = new EventBus();
        InstantSource wallClock = InstantSource.system();
        PhoneNarrator narrator = new PhoneNarrator(System.err, wallClock, lineConfig.relayName());
        EventLines.Printer printer = screen.isJson() ? new CallJson(System.out, wallClock) : narrator;
        return PlainRun.run(
                bus,
                start,
                printer,
                PhoneEvent.PhoneStopped.class::isInstance,
                run -> TypedCommands.ofPhone(
                        run::command, narrator::askForStats, narrator::askForContacts, System.err));
    }
}
