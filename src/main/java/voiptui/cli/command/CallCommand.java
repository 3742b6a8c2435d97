package voiptui.cli.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voiptui.audio.PcmFormat;
import voiptui.call.CallOptions;
import voiptui.call.CallSetupException;
import voiptui.call.classic.ClassicCall;
import voiptui.call.classic.ClassicCallConfig;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.ScreenOptions;
import voiptui.cli.option.ServerOptions;
import voiptui.cli.option.SessionOptions;
import voiptui.cli.option.SoundOptions;
import voiptui.cli.option.Usage;
import voiptui.cli.option.VersionProvider;
import voiptui.cli.run.AudioPorts;
import voiptui.cli.run.PlainRun;
import voiptui.cli.run.ScreenCall;
import voiptui.cli.run.ScreenRun;
import voiptui.cli.run.TrustQuestion;
import voiptui.cli.run.TypedCommands;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;
import voiptui.media.MediaConfig;
import voiptui.net.IpText;
import voiptui.net.UdpTransport;
import voiptui.phone.FallbackCall;
import voiptui.phone.PhoneConfig;
import voiptui.phone.PhoneSession;
import voiptui.protocol.ClassicProtocol;
import voiptui.protocol.ClientName;
import voiptui.report.CallJson;
import voiptui.report.CallNarrator;
import voiptui.report.EventLines;
import voiptui.session.SessionConfig;
import voiptui.time.NanoClock;

/** {@code voiptui call}: makes a call. */
@Command(
        name = "call",
        description = "Calls somebody through a relay.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {
            "",
            "While it runs, type: mute, stats, quit, record, tone, volume + or -, gain + or -,",
            "devices, mic DEVICE, speaker DEVICE.",
            "Exit status: 0 ended, 2 wrong usage, 3 relay not reachable or port taken, 4 refused,",
            "5 no usable audio, 6 not answered, 130 after Ctrl+C."
        })
public final class CallCommand implements Callable<Integer> {

    @Mixin
    private SessionOptions line;

    @Option(
            names = "--target",
            required = true,
            paramLabel = "NAME|HOST",
            description = "Whom to call: by name, or by address as the relay sees it.")
    private String target;

    @Option(
            names = "--classic",
            description =
                    "Speak the classic protocol, in the clear and by address, also where the relay knows the other.")
    private boolean classic;

    @Mixin
    private SoundOptions sound;

    @Mixin
    private ScreenOptions screen;

    @Option(names = "--stay", description = "When the other side hangs up, wait for the next call.")
    private boolean stay;

    @Option(
            names = "--ring-timeout",
            paramLabel = "TIME",
            description = "Give up when nobody has answered after this time. Default: wait for as long as it takes.")
    private Duration ringTimeout;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "Hang up after this time, e.g. 30s, counted from the registration.")
    private Duration duration;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        Usage usage = new Usage(spec);
        line.check(usage);
        sound.check(usage);
        usage.check(duration == null || duration.toMillis() > 0, "--duration should be more than nothing");
        usage.check(ringTimeout == null || ringTimeout.toMillis() > 0, "--ring-timeout should be more than nothing");
        usage.check(!classic || ringTimeout == null, "--ring-timeout is not for --classic, which rings nobody");
        usage.check(!target.isBlank(), "--target names nobody");
        ServerOptions.Resolved resolved = line.resolve(usage);
        if (screen.isFullScreen()) {
            ScreenRun.requireTerminal(System.getenv());
        }
        ScreenRun.Start start = classic ? classicStart(usage, resolved) : lineStart(usage, resolved);
        return screen.isFullScreen() ? runOnScreen(start, resolved) : runPlain(start, resolved);
    }

    private int runOnScreen(ScreenRun.Start start, ServerOptions.Resolved resolved)
            throws CommandFailure, InterruptedException {
        ScreenCall shown = new ScreenCall(resolved.relay().toString(), target, screen.isAscii(), System.getenv());
        return new ScreenRun(shown, System.getenv()).run(new EventBus(), start);
    }

    private int runPlain(ScreenRun.Start start, ServerOptions.Resolved resolved)
            throws CommandFailure, InterruptedException {
        EventBus bus = new EventBus();
        InstantSource wallClock = InstantSource.system();
        CallNarrator narrator =
                new CallNarrator(System.err, wallClock, resolved.relay().toString(), target);
        EventLines.Printer printer = screen.isJson() ? new CallJson(System.out, wallClock) : narrator;
        return PlainRun.run(
                bus,
                start,
                printer,
                CallEvent.Summary.class::isInstance,
                run -> new TypedCommands(run::command, narrator::askForStats, System.err));
    }

    /** The second protocol, and the classic one where the relay knows no other. */
    private ScreenRun.Start lineStart(Usage usage, ServerOptions.Resolved resolved) throws CommandFailure {
        SessionConfig lineConfig = line.lineConfig(resolved, false);
        TrustQuestion.ask(lineConfig);
        String called = ClientName.parse(target).orElse(target);
        Optional<InetAddress> address = ClientName.parse(target).isPresent()
                ? Optional.empty()
                : Optional.of(ServerOptions.resolve(target, ExitCode.USAGE, "--target"));
        PhoneConfig config = new PhoneConfig(
                false,
                false,
                address.map(IpText::of).orElse(called),
                new CallOptions(sound.codecs(usage), line.retries(), msOrNone(ringTimeout), msOrNone(duration), stay),
                sound.settings());
        return bus -> {
            AudioPorts ports = AudioPorts.open(sound.wishes(usage, PcmFormat.OPUS));
            PhoneSession phone = new PhoneSession(
                    config, lineConfig, ports.forOneCall(), bus, NanoClock.SYSTEM, System::currentTimeMillis);
            return new FallbackCall(phone, () -> {
                try {
                    return openClassic(usage, resolved, bus);
                } catch (CommandFailure failure) {
                    throw new CallSetupException(failure);
                }
            });
        };
    }

    private ScreenRun.Start classicStart(Usage usage, ServerOptions.Resolved resolved) throws CommandFailure {
        ServerOptions.resolve(target, ExitCode.USAGE, "--target");
        return bus -> openClassic(usage, resolved, bus);
    }

    /** Opens all that a classic call needs, or nothing. */
    private ClassicCall openClassic(Usage usage, ServerOptions.Resolved resolved, EventBus bus) throws CommandFailure {
        ClassicCallConfig config = classicConfig(resolved);
        AudioPorts ports = AudioPorts.open(sound.wishes(usage, PcmFormat.CLASSIC));
        try {
            UdpTransport transport = UdpTransport.open(config.bind(), config.localPort(), config.relayMedia());
            return new ClassicCall(
                    config, transport, ports.microphone(), ports.speaker(), ports.place(), bus, NanoClock.SYSTEM);
        } catch (IOException noSocket) {
            ports.close();
            throw line.noSocket(noSocket);
        }
    }

    private ClassicCallConfig classicConfig(ServerOptions.Resolved resolved) throws CommandFailure {
        InetSocketAddress media =
                new InetSocketAddress(resolved.control().getAddress(), line.relayUdpPort(ClassicProtocol.UDP_PORT));
        MediaConfig settings = sound.settings();
        return new ClassicCallConfig(
                resolved.control(),
                media,
                classicTarget(),
                resolved.bind(),
                line.port(),
                line.retries(),
                line.timeoutMs(),
                line.heartbeatMs(ClassicProtocol.HEARTBEAT_MS),
                msOrNone(duration),
                stay,
                settings.jitterBufferFrames(),
                settings.prefillMs(),
                settings.silenceThreshold());
    }

    private InetAddress classicTarget() throws CommandFailure {
        try {
            return ServerOptions.resolve(target, ExitCode.REFUSED, "--target");
        } catch (CommandFailure unknown) {
            throw classic
                    ? unknown
                    : new CommandFailure(
                            ExitCode.REFUSED,
                            "this relay is a classic one, which knows" + " nobody by name: give the address of '"
                                    + target + "' as --target");
        }
    }

    private static long msOrNone(Duration time) {
        return time == null ? 0 : time.toMillis();
    }
}
