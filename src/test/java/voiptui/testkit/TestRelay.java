package voiptui.testkit;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A relay process on its own ports, and the options of calls through it. */
public final class TestRelay implements AutoCloseable {

    private static final long START_MS = 60_000;
    private static final String IP = "127.0.0.1";

    private final VoiptuiProcess process;
    private final Path stateFolder;
    private final String host;
    private final int tcpPort;
    private final int udpPort;

    private TestRelay(VoiptuiProcess process, Path stateFolder, JsonObject started) {
        this.process = process;
        this.stateFolder = stateFolder;
        this.host = hostOf(started.get("control").getAsString());
        this.tcpPort = portOf(started.get("control").getAsString());
        this.udpPort = portOf(started.get("media").getAsString());
    }

    /** Starts a relay on free ports of 127.0.0.1, with more options, and waits until it listens. */
    public static TestRelay start(String... moreOptions) throws IOException {
        return start(Ports.free(IP), Ports.free(IP), moreOptions);
    }

    /** As above, on given ports. */
    public static TestRelay start(int tcpPort, int udpPort, String... moreOptions) throws IOException {
        return start(TemporaryFolder.untilExit("voiptui-relay"), tcpPort, udpPort, moreOptions);
    }

    /** As above, with the state in {@code stateFolder}. */
    public static TestRelay start(Path stateFolder, int tcpPort, int udpPort, String... moreOptions)
            throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "relay",
                "--json",
                "--bind",
                IP,
                "--tcp-port",
                Integer.toString(tcpPort),
                "--udp-port",
                Integer.toString(udpPort),
                "--state-dir",
                stateFolder.toString()));
        args.addAll(Arrays.asList(moreOptions));
        VoiptuiProcess process = VoiptuiProcess.start(args.toArray(String[]::new));
        try {
            return new TestRelay(process, stateFolder, process.awaitLog(START_MS, "started", event -> true));
        } catch (AssertionError didNotStart) {
            process.close();
            throw didNotStart;
        }
    }

    /** Starts another relay with the same ports and state folder after this one has ended. */
    public TestRelay startAgain(String... moreOptions) throws IOException {
        return start(stateFolder, tcpPort, udpPort, moreOptions);
    }

    /** Returns the options of a classic call from {@code from} to {@code to} with JSON output. */
    public String[] call(String from, String to, String... moreOptions) {
        List<String> args = new ArrayList<>(Arrays.asList(screenCall(from, to, moreOptions)));
        args.addAll(1, List.of("--plain", "--json"));
        return args.toArray(String[]::new);
    }

    /** As above, in a full screen. */
    public String[] screenCall(String from, String to, String... moreOptions) {
        List<String> args = new ArrayList<>(List.of(
                "call",
                "--server",
                host + ":" + tcpPort,
                "--relay-udp-port",
                Integer.toString(udpPort),
                "--bind",
                from,
                "--target",
                to,
                "--classic"));
        args.addAll(Arrays.asList(moreOptions));
        return args.toArray(String[]::new);
    }

    /** Returns the options of a v2 call from {@code name} to {@code target} with JSON output. */
    public String[] v2Call(String name, String target, String... moreOptions) {
        List<String> args = new ArrayList<>(List.of("call", "--target", target));
        args.addAll(sessionOptions(name));
        args.addAll(Arrays.asList(moreOptions));
        return args.toArray(String[]::new);
    }

    /** Returns the options of a phone named {@code name} with JSON output. */
    public String[] phone(String name, String... moreOptions) {
        List<String> args = new ArrayList<>(List.of("phone"));
        args.addAll(sessionOptions(name));
        args.addAll(Arrays.asList(moreOptions));
        return args.toArray(String[]::new);
    }

    private List<String> sessionOptions(String name) {
        return List.of("--server", host + ":" + tcpPort, "--name", name, "--accept-new", "--plain", "--json");
    }

    /** Returns the control address, as {@code --server} takes it and {@code known_relays} has it. */
    public String server() {
        return host + ":" + tcpPort;
    }

    /** Returns the state folder. */
    public Path stateFolder() {
        return stateFolder;
    }

    /** Returns the control address. */
    public InetSocketAddress control() {
        return new InetSocketAddress(host, tcpPort);
    }

    /** Returns the media address. */
    public InetSocketAddress media() {
        return new InetSocketAddress(host, udpPort);
    }

    /** The process. */
    public VoiptuiProcess process() {
        return process;
    }

    /** Its TCP port. */
    public int tcpPort() {
        return tcpPort;
    }

    /** Its UDP port. */
    public int udpPort() {
        return udpPort;
    }

    private static String hostOf(String address) {
        return address.substring(0, address.lastIndexOf(':'));
    }

    private static int portOf(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    @Override
    public void close() {
        process.close();
    }
}
