package voiptui.cli.option;

import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.protocol.classic.ClassicProtocol;
import voiptui.session.SessionConfig;

/** The options about the session with a relay. */
public final class SessionOptions {

    private static final long NAME_RETRY_MS = 1000;

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
            description = "Number of attempts to reach the relay at the start. Default: ${DEFAULT-VALUE}.")
    private int retries;

    @Option(
            names = "--heartbeat",
            paramLabel = "TIME",
            description = "Time between heartbeats; the relay may demand a shorter one. Default: set by the relay; "
                    + ClassicProtocol.HEARTBEAT_MS / 1000 + "s with a classic relay.")
    private @Nullable Duration heartbeat;

    /** Checks the values, without contacting anybody. */
    public void check(Usage usage) {
        relay.check(usage);
        usage.check(port >= 0 && port <= 65_535, "--port must be from 1 to 65535, or 0 for any");
        usage.check(retries >= 1 && retries <= 1000, "--retries must be from 1 to 1000");
        usage.check(heartbeat == null || heartbeat.toMillis() >= 100, "--heartbeat must be 100ms or more");
    }

    /** Returns whether the relay is reached through {@code ssh}. */
    public boolean isThroughSsh() {
        return relay.isThroughSsh();
    }

    /** Resolves the addresses as far as that is possible now; may query DNS. */
    public ServerOptions.Resolved resolve(Usage usage) throws CommandFailure {
        return relay.resolveIfPossible(usage);
    }

    /**
     * Looks the relay's name up again if it was unknown, as often as {@code --retries} says, a second apart.
     *
     * @throws CommandFailure when it stays unknown
     */
    public void awaitName(ServerOptions.Resolved resolved) throws CommandFailure {
        for (int attempt = 1; resolved.control().latest().isEmpty(); attempt++) {
            try {
                resolved.control().find(timeoutMs());
            } catch (UnknownHostException unknown) {
                if (attempt >= retries) {
                    throw new CommandFailure(ExitCode.UNREACHABLE, "relay: " + unknown.getMessage());
                }
                pause();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new CommandFailure(ExitCode.UNREACHABLE, "relay: interrupted");
            }
        }
    }

    private static void pause() throws CommandFailure {
        try {
            Thread.sleep(NAME_RETRY_MS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.UNREACHABLE, "relay: interrupted");
        }
    }

    /**
     * Returns the configuration of a v2 session.
     *
     * @param answers whether incoming calls are accepted
     */
    public SessionConfig sessionConfig(ServerOptions.Resolved resolved, boolean answers) throws CommandFailure {
        return relay.sessionConfig(resolved, port, retries, (int) heartbeatMs(0), answers);
    }

    /** Returns the failure for a UDP socket that cannot be opened. */
    public CommandFailure noSocket(IOException problem) {
        if (problem instanceof BindException) {
            return new CommandFailure(
                    ExitCode.UNREACHABLE,
                    relay.bind() != null && port == 0
                            ? "cannot bind to " + relay.bind() + ": not an address of this machine"
                            : "UDP port " + port + " is in use: choose another --port, or omit it for any free one");
        }
        return new CommandFailure(
                ExitCode.UNREACHABLE, "relay " + relay.server() + " is unreachable: " + problem.getMessage());
    }

    /** Returns the local UDP port; 0 for any free one. */
    public int port() {
        return port;
    }

    /** Returns the relay's UDP port, or {@code otherwise} if it is not given. */
    public int relayUdpPort(int otherwise) {
        return relay.udpPort(otherwise);
    }

    /** Returns the number of attempts to reach the relay. */
    public int retries() {
        return retries;
    }

    /** Returns how long to wait for an answer of the relay, in milliseconds. */
    public int timeoutMs() {
        return relay.timeoutMs();
    }

    /** Returns the time between heartbeats in milliseconds, or {@code otherwise} if it is not given. */
    public long heartbeatMs(long otherwise) {
        return heartbeat == null ? otherwise : heartbeat.toMillis();
    }
}
