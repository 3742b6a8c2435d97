package voiptui.cli.option;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.protocol.ClassicProtocol;
import voiptui.session.SessionConfig;

/** The options that say how to talk through a relay; and what becomes of them. */
public final class SessionOptions {

    @Mixin
    private ServerOptions relay;

    @Option(
            names = "--port",
            defaultValue = "0",
            paramLabel = "PORT",
            description = "Local UDP port. Default: any free one.")
    private int port;

    @Option(
            names = "--retries",
            defaultValue = "" + ClassicProtocol.ATTEMPTS,
            paramLabel = "N",
            description = "How often to try to reach the relay at first. Default: ${DEFAULT-VALUE}.")
    private int retries;

    @Option(
            names = "--heartbeat",
            paramLabel = "TIME",
            description = "Time between heartbeats. Default: as the relay says; " + ClassicProtocol.HEARTBEAT_MS / 1000
                    + "s with a classic one.")
    private Duration heartbeat;

    /** Checks what can be checked without asking anybody. */
    public void check(Usage usage) {
        relay.check(usage);
        usage.check(port >= 0 && port <= 65_535, "--port should be from 1 to 65535, or 0 for any");
        usage.check(retries >= 1 && retries <= 1000, "--retries should be from 1 to 1000");
        usage.check(heartbeat == null || heartbeat.toMillis() >= 100, "--heartbeat should be 100ms or more");
    }

    /** Finds the addresses; asks a name server where it has to. */
    public ServerOptions.Resolved resolve(Usage usage) throws CommandFailure {
        return relay.resolve(usage);
    }

    /**
     * What a line of the second protocol is made with.
     *
     * @param answers whether calls may come in
     */
    public SessionConfig lineConfig(ServerOptions.Resolved resolved, boolean answers) throws CommandFailure {
        return relay.lineConfig(resolved, port, retries, (int) heartbeatMs(0), answers);
    }

    /** The words for a UDP socket that cannot be had. */
    public CommandFailure noSocket(IOException problem) {
        if (problem instanceof BindException) {
            return new CommandFailure(
                    ExitCode.UNREACHABLE,
                    relay.bind() != null && port == 0
                            ? "cannot speak from " + relay.bind() + ": it is no address of this machine"
                            : "UDP port " + port
                                    + " is taken: choose another --port, or leave it out for any free one");
        }
        return new CommandFailure(
                ExitCode.UNREACHABLE, "there is no way to the relay " + relay.server() + ": " + problem.getMessage());
    }

    public int port() {
        return port;
    }

    /** The relay's UDP port, or {@code otherwise} where the user did not say. */
    public int relayUdpPort(int otherwise) {
        return relay.udpPort(otherwise);
    }

    public int retries() {
        return retries;
    }

    public int timeoutMs() {
        return relay.timeoutMs();
    }

    /** Time between heartbeats, or {@code otherwise} where the user did not say, in milliseconds. */
    public long heartbeatMs(long otherwise) {
        return heartbeat == null ? otherwise : heartbeat.toMillis();
    }
}
