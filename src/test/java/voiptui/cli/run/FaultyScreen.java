package voiptui.cli.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.call.classic.ClassicCall;
import voiptui.call.classic.ClassicCallConfig;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.ScreenLook;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;
import voiptui.media.MediaConfig;
import voiptui.media.MediaEnvironment;
import voiptui.media.device.OpenedDevice;
import voiptui.net.HostAddresses;
import voiptui.net.UdpTransport;
import voiptui.time.NanoClock;

/**
 * A program like {@code voiptui call} whose screen fails a moment after it started: it receives a device without a name, which
 * the real program never publishes.
 */
public final class FaultyScreen {

    private FaultyScreen() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        ClassicCallConfig config = new ClassicCallConfig(
                new ClassicCallConfig.RelayAccess(HostAddresses.of(nobody), nobody.getPort(), 1000, 2000, 30_000),
                nobody.getAddress(),
                null,
                0,
                0,
                false,
                new MediaConfig(new MediaConfig.Delay(20, 500)));
        CallFrontEnd frontEnd = new CallFrontEnd(
                "relay.example:8888", "192.0.2.7", new ScreenLook(false, ScreenLook.ThemeChoice.DARK), System.getenv());
        System.exit(new ScreenRun(frontEnd, System.getenv()).run(new EventBus(), bus -> faulty(config, bus)));
    }

    private static ClassicCall faulty(ClassicCallConfig config, EventBus bus) throws CommandFailure {
        MediaEnvironment environment = MediaEnvironment.here(false, NanoClock.SYSTEM);
        try {
            OpenedDevice<AudioSource> silence = AudioOpening.open(
                    AudioDirection.INPUT, environment.audio().microphone("silence"), environment.audio());
            OpenedDevice<AudioSink> nowhere =
                    AudioOpening.open(AudioDirection.OUTPUT, environment.audio().speaker("null"), environment.audio());
            Thread fault = new Thread(
                    () -> {
                        try {
                            Thread.sleep(1500);
                        } catch (InterruptedException end) {
                            return;
                        }
                        List<CallEvent.Choice> nameless = List.of(new CallEvent.Choice(null, ""));
                        bus.publish(new CallEvent.DevicesListed(nameless, nameless));
                    },
                    "test-fault");
            fault.setDaemon(true);
            fault.start();
            return new ClassicCall(
                    config,
                    UdpTransport.open(null, 0, config.relay().media()),
                    silence,
                    nowhere,
                    environment,
                    bus,
                    NanoClock.SYSTEM);
        } catch (IOException noSocket) {
            throw new CommandFailure(ExitCode.FAILED, noSocket.getMessage());
        }
    }

    /** Returns the command that starts it. */
    public static List<String> command() throws Exception {
        return command(FaultyScreen.class);
    }

    /** Returns the command that starts a test program with the finished jar on the class path. */
    static List<String> command(Class<?> program) throws Exception {
        Path tests = Path.of(
                program.getProtectionDomain().getCodeSource().getLocation().toURI());
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                tests + ":" + System.getProperty("voiptui.jar", "target/voiptui.jar"),
                program.getName());
    }
}
