package voiptui.cli.command;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voiptui.audio.PcmFormat;
import voiptui.call.CallSetupException;
import voiptui.call.classic.ClassicCall;
import voiptui.call.classic.ClassicCallConfig;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.EncryptionOptions;
import voiptui.cli.option.HistoryOptions;
import voiptui.cli.option.HookOptions;
import voiptui.cli.option.ScreenOptions;
import voiptui.cli.option.ServerOptions;
import voiptui.cli.option.SessionOptions;
import voiptui.cli.option.SoundOptions;
import voiptui.cli.option.TargetOption;
import voiptui.cli.option.Usage;
import voiptui.cli.option.VersionProvider;
import voiptui.cli.peers.KnownPeersFile;
import voiptui.cli.run.AudioPorts;
import voiptui.cli.run.CallFrontEnd;
import voiptui.cli.run.CallHooks;
import voiptui.cli.run.CallStart;
import voiptui.event.EventBus;
import voiptui.net.IpText;
import voiptui.net.UdpTransport;
import voiptui.phone.AnonymousCallers;
import voiptui.phone.FallbackCall;
import voiptui.phone.PhoneConfig;
import voiptui.phone.PhoneSession;
import voiptui.phone.peers.BlockList;
import voiptui.phone.peers.FavoriteStore;
import voiptui.phone.peers.PeerFiles;
import voiptui.protocol.ClientName;
import voiptui.protocol.classic.ClassicProtocol;
import voiptui.session.SessionConfig;
import voiptui.time.NanoClock;

/** {@code voiptui call}: calls a person. */
@Command(
        name = "call",
        description = "Calls a person through a relay.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {
            "",
            "During a --plain call, type: mute, stats, quit, text WORDS, record, processing, tone, volume + or -,",
            "gain + or -, devices, mic DEVICE, speaker DEVICE.",
            "Exit status: 0 call ended, 1 internal error, 2 wrong usage, 3 relay unreachable or port in use,",
            "4 refused by the relay, 5 device or file not usable, 6 not answered, 130 Ctrl+C."
        })
public final class CallCommand implements Callable<Integer> {

    @Mixin
    private SessionOptions session;

    @Mixin
    private TargetOption peer;

    @Option(
            names = "--classic",
            fallbackValue = "true",
            description = "Use the classic protocol (unencrypted, by address) even if the relay supports v2.")
    private boolean classic;

    @Mixin
    private EncryptionOptions encryption;

    @Mixin
    private SoundOptions sound;

    @Mixin
    private ScreenOptions screen;

    @Mixin
    private HookOptions hooks;

    @Mixin
    private HistoryOptions history;

    @Option(
            names = "--stay",
            fallbackValue = "true",
            description = "When the other side hangs up, wait for the next call.")
    private boolean stay;

    @Option(
            names = "--ring-timeout",
            paramLabel = "TIME",
            description = "Give up if nobody answers within this time. Default: no limit.")
    private @Nullable Duration ringTimeout;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "Hang up after this time, e.g. 30s, counted from signing in. Default: no limit.")
    private @Nullable Duration duration;

    @Spec
    private CommandSpec spec;

    /** Whom to call, once the options are checked. */
    private String target = "";

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        CallSetup setup = new CallSetup(new Usage(spec), session, sound, screen, history);
        setup.check(ringTimeout);
        setup.checkPositive(duration, "--duration");
        setup.usage().check(!classic || ringTimeout == null, "--ring-timeout cannot be used with --classic");
        setup.usage()
                .check(
                        !classic || !encryption.isRequired(),
                        "--classic and --require-encryption cannot be combined: use one of them");
        setup.usage()
                .check(
                        !classic || !session.isThroughSsh(),
                        "--classic cannot be used through ssh, which carries no classic media: use --server HOST");
        target = peer.target(setup.usage());
        ServerOptions.Resolved resolved = setup.resolve();
        CallStart start = classic ? classicCall(setup, resolved) : v2Call(setup, resolved);
        return setup.run(
                new CallFrontEnd(resolved.relay(), target, screen.look(setup.controls()), System.getenv()),
                new CallHooks.Commands(null, hooks.onAnswer(), hooks.onEnd()),
                resolved.relay(),
                target,
                start);
    }

    /** Prepares a v2 call, which falls back to the classic protocol if the relay supports no other. */
    private CallStart v2Call(CallSetup setup, ServerOptions.Resolved resolved) throws CommandFailure {
        SessionConfig sessionConfig = setup.sessionConfig(resolved, false);
        String name = v2Target();
        if (name.equals(sessionConfig.name())) {
            throw CommandFailure.ofOption(
                    "'" + name + "' is your own name: call another, or sign in as somebody else with --name");
        }
        PhoneConfig config = new PhoneConfig(
                false,
                false,
                name,
                setup.callOptions(
                        ringTimeout, duration, stay, sessionConfig.identity(), encryption.policy(!screen.isJson())),
                sound.settings(),
                AnonymousCallers.RING,
                new PeerFiles(
                        BlockList.NONE, KnownPeersFile.readOfUser(sessionConfig.relayName()), FavoriteStore.NONE));
        return bus -> {
            AudioPorts ports = AudioPorts.open(sound.devices(setup.usage(), PcmFormat.OPUS));
            PhoneSession phone = new PhoneSession(
                    config, sessionConfig, ports.forOneCall(), bus, NanoClock.SYSTEM, System::currentTimeMillis);
            return new FallbackCall(phone, () -> openFallback(setup.usage(), resolved, bus));
        };
    }

    /** Returns the target as a name, or as an IP address. */
    private String v2Target() throws CommandFailure {
        Optional<String> name = ClientName.parse(target);
        return name.isPresent() ? name.get() : IpText.of(ServerOptions.resolveTarget(target, ExitCode.USAGE));
    }

    private CallStart classicCall(CallSetup setup, ServerOptions.Resolved resolved) throws CommandFailure {
        ServerOptions.resolveTarget(target, ExitCode.USAGE);
        session.awaitName(resolved);
        return bus -> openClassic(setup.usage(), resolved, bus);
    }

    private ClassicCall openFallback(Usage usage, ServerOptions.Resolved resolved, EventBus bus)
            throws CallSetupException {
        try {
            return openClassic(usage, resolved, bus);
        } catch (CommandFailure failure) {
            throw new CallSetupException(failure);
        }
    }

    /** Opens everything that a classic call needs, or nothing. */
    private ClassicCall openClassic(Usage usage, ServerOptions.Resolved resolved, EventBus bus) throws CommandFailure {
        ClassicCallConfig config = classicConfig(resolved);
        AudioPorts ports = AudioPorts.open(sound.devices(usage, PcmFormat.CLASSIC));
        try {
            UdpTransport transport = UdpTransport.open(
                    config.bind(), config.localPort(), config.relay().media());
            return new ClassicCall(
                    config, transport, ports.microphone(), ports.speaker(), ports.environment(), bus, NanoClock.SYSTEM);
        } catch (IOException noSocket) {
            ports.close();
            throw session.noSocket(noSocket);
        }
    }

    private ClassicCallConfig classicConfig(ServerOptions.Resolved resolved) throws CommandFailure {
        InetAddress peer = classicTarget();
        return new ClassicCallConfig(
                new ClassicCallConfig.RelayAccess(
                        // The peer is known by its address, so both sides should be seen with one of the same family.
                        resolved.control().preferring(peer),
                        session.relayUdpPort(ClassicProtocol.UDP_PORT),
                        session.retries(),
                        session.timeoutMs(),
                        session.heartbeatMs(ClassicProtocol.HEARTBEAT_MS)),
                peer,
                resolved.bind(),
                session.port(),
                CallSetup.msOf(duration),
                stay,
                sound.settings());
    }

    private InetAddress classicTarget() throws CommandFailure {
        try {
            return ServerOptions.resolveTarget(target, ExitCode.REFUSED);
        } catch (CommandFailure unknown) {
            throw classic
                    ? unknown
                    : new CommandFailure(
                            ExitCode.REFUSED,
                            "this is a classic relay, which has no names: call '" + target + "' by address");
        }
    }
}
