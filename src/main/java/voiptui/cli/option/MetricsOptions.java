package voiptui.cli.option;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a relay answers monitoring by HTTP. */
public final class MetricsOptions {

    private static final int LAST_PORT = 65_535;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description =
                    "Answer monitoring by HTTP on this TCP port, 0 for any free one: /metrics for Prometheus, /healthz "
                            + "and /readyz. Default: none.")
    private @Nullable Integer port;

    @Option(
            names = "--metrics-address",
            defaultValue = "127.0.0.1",
            paramLabel = "ADDR",
            description =
                    "The address for --metrics-port. Whoever reaches it can read how many clients and calls there "
                            + "are. Default: ${DEFAULT-VALUE}.")
    private String address;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Returns the address to listen on; null: none. A wrong value ends the command. */
    public @Nullable InetSocketAddress listenAddress() {
        Usage usage = new Usage(spec);
        if (port == null) {
            usage.check(!usage.isTyped("--metrics-address"), "--metrics-address requires --metrics-port");
            return null;
        }
        usage.check(port >= 0 && port <= LAST_PORT, "--metrics-port must be from 0 to " + LAST_PORT + ", not " + port);
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException unknown) {
            throw usage.failure("--metrics-address: unknown address '" + address + "'");
        }
    }
}
