package voiptui.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voiptui.audio.AudioEnd;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.call.AudioPort;
import voiptui.call.AudioWish;
import voiptui.call.CallConfig;
import voiptui.call.CallPlace;
import voiptui.call.CallSession;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.net.HostPort;
import voiptui.net.IpText;
import voiptui.net.UdpTransport;
import voiptui.report.CallJson;
import voiptui.report.CallNarrator;
import voiptui.report.EventLines;
import voiptui.rtp.ClassicPacket;
import voiptui.time.NanoClock;

/** {@code voiptui call}: makes a call. */
@Command(
        name = "call",
        description = "Calls somebody through a relay.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {"", "While it runs, type: mute, stats, quit, record, tone, volume + or -, gain + or -,",
            "devices, mic DEVICE, speaker DEVICE.",
            "Exit status: 0 ended, 2 wrong usage, 3 relay not reachable or port taken, 4 refused,",
            "5 no usable audio, 130 after Ctrl+C."})
final class CallCommand implements Callable<Integer> {

    private static final int DEFAULT_TCP_PORT = 8888;

    @Option(names = "--server", required = true, paramLabel = "HOST[:PORT]",
            description = "The relay, and its TCP port if it is not 8888.")
    private String server;

    @Option(names = "--target", required = true, paramLabel = "HOST",
            description = "Whom to call: the address of the other side, as the relay sees it.")
    private String target;

    @Option(names = "--port", defaultValue = "0", paramLabel = "PORT",
            description = "Local UDP port. Default: any free one.")
    private int port;

    @Option(names = "--relay-udp-port", defaultValue = "9999", paramLabel = "PORT",
            description = "The relay's UDP port. Default: ${DEFAULT-VALUE}.")
    private int relayUdpPort;

    @Option(names = "--bind", paramLabel = "ADDR",
            description = "Local address to speak from. Default: as the system routes.")
    private String bind;

    @Option(names = "--mic", defaultValue = "default", paramLabel = "SPEC",
            description = "default, a device's name or index, file:PATH (WAV), tone[:HZ] or silence.")
    private String mic;

    @Option(names = "--speaker", defaultValue = "default", paramLabel = "SPEC",
            description = "default, a device's name or index, file:PATH (WAV) or null.")
    private String speaker;

    @Option(names = "--loop", description = "Begin a --mic file again at its end.")
    private boolean loop;

    @Option(names = "--plain", description = "Plain lines instead of the full screen.")
    private boolean plain;

    @Option(names = "--ascii", description = "Draw with ASCII characters alone, also where the locale has others.")
    private boolean ascii;

    @Option(names = "--json", description = "Events as JSON Lines on standard output; the last one is the summary.")
    private boolean json;

    @Option(names = "--stay", description = "When the other side hangs up, wait for the next call.")
    private boolean stay;

    @Option(names = "--duration", paramLabel = "TIME",
            description = "Hang up after this time, e.g. 30s, counted from the registration.")
    private Duration duration;

    @Option(names = "--retries", defaultValue = "3", paramLabel = "N",
            description = "How often to try to register. Default: ${DEFAULT-VALUE}.")
    private int retries;

    @Option(names = "--timeout", defaultValue = "2s", paramLabel = "TIME",
            description = "How long to wait for an answer of the relay. Default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    @Option(names = "--heartbeat", defaultValue = "30s", paramLabel = "TIME",
            description = "Time between heartbeats. Default: ${DEFAULT-VALUE}.")
    private Duration heartbeat;

    @Option(names = "--jitter-buffer", defaultValue = "8", paramLabel = "PACKETS",
            description = "The most packets that wait to be played. Default: ${DEFAULT-VALUE}.")
    private int jitterBuffer;

    @Option(names = "--prefill", defaultValue = "60ms", paramLabel = "TIME",
            description = "Playout delay to aim at. Default: ${DEFAULT-VALUE}.")
    private Duration prefill;

    @Option(names = "--silence-threshold", defaultValue = "0.01", paramLabel = "LEVEL",
            description = "Level, of full scale, below which the microphone counts as silent. Default: ${DEFAULT-VALUE}.")
    private double silenceThreshold;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        Usage usage = new Usage(spec);
        HostPort relay = usage.parse("--server", () -> HostPort.parse(server, DEFAULT_TCP_PORT));
        CallPlace place = CallPlace.here(loop, NanoClock.SYSTEM);
        AudioWish<AudioSource> micWish = usage.parse("--mic", () -> place.audio().microphone(mic));
        AudioWish<AudioSink> speakerWish = usage.parse("--speaker", () -> place.audio().speaker(speaker));
        checkRanges(usage);
        CallConfig config = config(relay);
        usage.check(bind == null || config.bind() instanceof Inet6Address
                        == config.relayMedia().getAddress() instanceof Inet6Address,
                "--bind " + bind + " and the relay at " + IpText.of(config.relayControl())
                        + " should both be IPv4 or both IPv6");

        ScreenCall.Start start = bus -> openSession(config, place, micWish, speakerWish, bus);
        return plain || json ? runPlain(start, relay) : runOnScreen(start, relay);
    }

    private int runOnScreen(ScreenCall.Start start, HostPort relay) throws CommandFailure, InterruptedException {
        ScreenCall.requireTerminal(System.getenv());
        return new ScreenCall(relay.toString(), target, ascii, System.getenv()).run(new EventBus(), start);
    }

    private int runPlain(ScreenCall.Start start, HostPort relay) throws CommandFailure, InterruptedException {
        EventBus bus = new EventBus();
        InstantSource wallClock = InstantSource.system();
        CallNarrator narrator = new CallNarrator(System.err, wallClock, relay.toString(), target);
        try (EventLines lines = EventLines.start(bus, "voiptui-report",
                json ? new CallJson(System.out, wallClock) : narrator, CallEvent.Summary.class::isInstance)) {
            CallSession session = start.session(bus);
            ProcessSignals.onInterrupt(() -> session.hangUp(EndReason.INTERRUPTED));
            ProcessSignals.onTerminate(() -> session.hangUp(EndReason.QUIT));
            session.start();
            StandardInput.eachLine(new TypedCommands(session::command, narrator::askForStats, System.err)::onLine);
            CallEvent.Summary summary = session.awaitEnd();
            lines.awaitLast();
            return ExitCode.of(summary.reason());
        }
    }

    /** Opens all that a call needs, or nothing. */
    private CallSession openSession(CallConfig config, CallPlace place, AudioWish<AudioSource> micWish,
            AudioWish<AudioSink> speakerWish, EventBus bus) throws CommandFailure {
        AudioPort<AudioSource> microphonePort = AudioOpening.open(AudioDirection.INPUT, micWish, place.audio());
        try {
            AudioPort<AudioSink> speakerPort = AudioOpening.open(AudioDirection.OUTPUT, speakerWish, place.audio());
            try {
                return new CallSession(config, openTransport(config), microphonePort, speakerPort, place, bus,
                        NanoClock.SYSTEM);
            } catch (CommandFailure failure) {
                closeIfOpen(speakerPort.opened());
                throw failure;
            }
        } catch (CommandFailure failure) {
            closeIfOpen(microphonePort.opened());
            throw failure;
        }
    }

    private CallConfig config(HostPort relay) throws CommandFailure {
        InetAddress relayAddress = resolve(relay.host(), ExitCode.UNREACHABLE, "relay");
        return new CallConfig(new InetSocketAddress(relayAddress, relay.port()),
                new InetSocketAddress(relayAddress, relayUdpPort), resolve(target, ExitCode.USAGE, "--target"),
                bind == null ? null : resolve(bind, ExitCode.USAGE, "--bind"), port, retries,
                (int) timeout.toMillis(), heartbeat.toMillis(), duration == null ? 0 : duration.toMillis(), stay,
                jitterBuffer, (int) prefill.toMillis(), silenceThreshold);
    }

    private UdpTransport openTransport(CallConfig config) throws CommandFailure {
        try {
            return UdpTransport.open(config.bind(), config.localPort(), config.relayMedia());
        } catch (BindException taken) {
            throw new CommandFailure(ExitCode.UNREACHABLE, bind != null && port == 0
                    ? "cannot speak from " + bind + ": it is no address of this machine"
                    : "UDP port " + port + " is taken: choose another --port, or leave it out for any free one");
        } catch (IOException noSocket) {
            throw new CommandFailure(ExitCode.UNREACHABLE, "there is no way to the relay " + server + ": "
                    + noSocket.getMessage());
        }
    }

    private void checkRanges(Usage usage) {
        usage.check(port >= 0 && port <= 65_535, "--port should be from 1 to 65535, or 0 for any");
        usage.check(relayUdpPort >= 1 && relayUdpPort <= 65_535, "--relay-udp-port should be from 1 to 65535");
        usage.check(retries >= 1 && retries <= 1000, "--retries should be from 1 to 1000");
        usage.check(timeout.toMillis() >= 10, "--timeout should be 10ms or more");
        usage.check(heartbeat.toMillis() >= 100, "--heartbeat should be 100ms or more");
        usage.check(duration == null || duration.toMillis() > 0, "--duration should be more than nothing");
        usage.check(jitterBuffer >= 2 && jitterBuffer <= 500, "--jitter-buffer should be from 2 to 500 packets");
        usage.check(silenceThreshold >= 0 && silenceThreshold <= 1, "--silence-threshold should be from 0 to 1");
        long prefillPackets = (prefill.toMillis() + ClassicPacket.FRAME_MS - 1) / ClassicPacket.FRAME_MS;
        usage.check(prefillPackets <= jitterBuffer, "--prefill of " + prefill.toMillis() + "ms needs --jitter-buffer "
                + prefillPackets + " or more, since a packet is " + ClassicPacket.FRAME_MS + "ms");
    }

    private static InetAddress resolve(String host, int exitCode, String what) throws CommandFailure {
        if (host.isBlank()) {
            throw new CommandFailure(exitCode, what + " names no host");
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new CommandFailure(exitCode, what + " '" + host + "' is unknown: check the name, or give its address");
        }
    }

    private static void closeIfOpen(AudioEnd open) {
        if (open != null) {
            open.close();
        }
    }
}
