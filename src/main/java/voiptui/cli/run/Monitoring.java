package voiptui.cli.run;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.relay.Relay;
import voiptui.relay.metrics.MetricsServer;

/** Answers those that monitor a relay, if its operator wants that. Owned by the main thread. */
public final class Monitoring implements AutoCloseable {

    private final @Nullable MetricsServer server;

    private Monitoring(@Nullable MetricsServer server) {
        this.server = server;
    }

    /**
     * Starts to listen, before the relay does: it is not ready yet.
     *
     * @param address where; null: nowhere, and nothing is loaded
     * @throws CommandFailure if the address cannot be listened on; the message is for the operator
     */
    public static Monitoring open(@Nullable InetSocketAddress address) throws CommandFailure {
        if (address == null) {
            return new Monitoring(null);
        }
        try {
            return new Monitoring(MetricsServer.open(address));
        } catch (IOException refused) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "cannot listen for monitoring on " + IpText.of(address) + ": " + refused.getMessage()
                            + "; choose another port with --metrics-port, or another address with --metrics-address");
        }
    }

    /** Answers for a relay that has started. */
    public void watch(Relay relay, EventBus events) {
        if (server != null) {
            server.serve(relay.monitor());
            events.publish(new RelayEvent.MetricsServed(IpText.of(server.address())));
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
