package voiptui.cli.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voiptui.audio.PcmFormat;
import voiptui.audio.wav.NewWavFile;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.option.EncryptionOptions;
import voiptui.cli.option.HistoryOptions;
import voiptui.cli.option.HookOptions;
import voiptui.cli.option.ScreenOptions;
import voiptui.cli.option.SessionOptions;
import voiptui.cli.option.SoundOptions;
import voiptui.cli.option.Usage;
import voiptui.cli.option.VersionProvider;
import voiptui.cli.peers.BlockListFile;
import voiptui.cli.peers.FavoritesFile;
import voiptui.cli.peers.KnownPeersFile;
import voiptui.cli.run.AudioPorts;
import voiptui.cli.run.CallHooks;
import voiptui.cli.run.PhoneFrontEnd;
import voiptui.media.device.OpenedDevice;
import voiptui.phone.AnonymousCallers;
import voiptui.phone.PhoneAudio;
import voiptui.phone.PhoneConfig;
import voiptui.phone.PhoneSession;
import voiptui.phone.peers.PeerFiles;
import voiptui.session.SessionConfig;
import voiptui.time.NanoClock;

/** {@code voiptui phone}: waits for calls, and calls people. */
@Command(
        name = "phone",
        description = "Waits for calls, shows who is online, and calls people.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {
            "",
            "With --plain, type: call NAME, accept, reject, block, unblock NAME, hangup, contacts, quit; during",
            "a call also the commands of voiptui call.",
            "Exit status: 0 signed out, 1 internal error, 2 wrong usage, 3 relay unreachable or port in use,",
            "4 refused by the relay, 5 device or file not usable, 130 Ctrl+C."
        })
public final class PhoneCommand implements Callable<Integer> {

    @Mixin
    private SessionOptions session;

    @Mixin
    private EncryptionOptions encryption;

    @Mixin
    private SoundOptions sound;

    @Mixin
    private ScreenOptions screen;

    @Option(
            names = "--auto-answer",
            fallbackValue = "true",
            description = "Answer calls at once, like an intercom, except those of classic callers.")
    private boolean autoAnswer;

    @Option(
            names = "--auto-answer-classic",
            fallbackValue = "true",
            description = "With --auto-answer: answer classic callers, too, who are anonymous.")
    private boolean autoAnswerClassic;

    @Option(names = "--no-classic", fallbackValue = "true", description = "Reject classic callers, who are anonymous.")
    private boolean noClassic;

    @Option(
            names = "--no-ring",
            fallbackValue = "true",
            description = "Do not ring, neither on the speaker nor with the terminal bell.")
    private boolean noRing;

    @Option(
            names = "--on-ring",
            paramLabel = "COMMAND",
            description = "Run this command of the shell when somebody calls.")
    private @Nullable String onRing;

    @Mixin
    private HookOptions hooks;

    @Mixin
    private HistoryOptions history;

    @Option(
            names = "--ring-timeout",
            paramLabel = "TIME",
            description = "Give up an outgoing call if nobody answers within this time. Default: no limit.")
    private @Nullable Duration ringTimeout;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        CallSetup setup = new CallSetup(new Usage(spec), session, sound, screen, history);
        setup.check(ringTimeout);
        setup.usage().check(autoAnswer || !autoAnswerClassic, "--auto-answer-classic requires --auto-answer");
        setup.usage()
                .check(
                        !noClassic || !autoAnswerClassic,
                        "--no-classic and --auto-answer-classic cannot be combined: use one of them");
        SessionConfig sessionConfig = setup.sessionConfig(setup.resolve(), true);
        PhoneConfig config = new PhoneConfig(
                true,
                autoAnswer,
                null,
                setup.callOptions(
                        ringTimeout,
                        null,
                        false,
                        sessionConfig.identity(),
                        encryption.policy(!screen.isJson() && !autoAnswer)),
                sound.settings(),
                anonymousCallers(),
                new PeerFiles(
                        BlockListFile.readOfUser(),
                        KnownPeersFile.readOfUser(sessionConfig.relayName()),
                        FavoritesFile.readOfUser(sessionConfig.relayName())));
        PhoneAudio audio = audio(sound.devices(setup.usage(), PcmFormat.OPUS));
        return setup.run(
                new PhoneFrontEnd(
                        sessionConfig.relayName(),
                        sessionConfig.name(),
                        !noRing,
                        screen.look(setup.controls()),
                        System.getenv()),
                new CallHooks.Commands(onRing, hooks.onAnswer(), hooks.onEnd()),
                sessionConfig.relayName(),
                "",
                bus -> new PhoneSession(
                        config, sessionConfig, audio, bus, NanoClock.SYSTEM, System::currentTimeMillis));
    }

    /** Returns what happens to callers without a certificate. */
    AnonymousCallers anonymousCallers() {
        return noClassic
                ? AnonymousCallers.REJECTED
                : autoAnswerClassic ? AnonymousCallers.AS_OTHERS : AnonymousCallers.RING;
    }

    private PhoneAudio audio(SoundOptions.RequestedDevices devices) throws CommandFailure {
        NewWavFile file = sound.speakerFile();
        // Fails now if a device that the user named cannot be opened; each call opens its devices again.
        AudioPorts.check(devices, file);
        return new PhoneAudio(
                OpenedDevice.later(devices.microphone()),
                OpenedDevice.later(devices.speaker()),
                noRing || file != null ? null : devices.speaker(),
                devices.environment());
    }
}
