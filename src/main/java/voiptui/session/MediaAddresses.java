package voiptui.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import voiptui.net.AddressOrder;
import voiptui.net.HostAddresses;
import voiptui.net.HostPort;
import voiptui.net.NameService;
import voiptui.protocol.RelayMessage;

/** Where a relay takes media ({@code protocol.md}, section 3, {@code welcome}). Stateless; any thread. */
final class MediaAddresses {

    private MediaAddresses() {}

    /** Returns whether a name has to be looked up. */
    static boolean needLookUp(SessionConfig config, RelayMessage.Welcome welcome) {
        return welcome.udp().host() != null || config.endpoint().ssh() != null;
    }

    /** Returns the address that the connection goes to, with the port for media. Not for connections through {@code ssh}. */
    static List<InetSocketAddress> of(SessionConfig config, RelayMessage.Welcome welcome, TlsConnection signedIn) {
        return List.of(new InetSocketAddress(
                Objects.requireNonNull(signedIn.relayAddress()).getAddress(), port(config, welcome)));
    }

    /**
     * Looks up {@code udpHost}, or the host that {@code ssh} connects to. Blocks its caller for at most twice the timeout of the
     * configuration.
     *
     * @return its addresses, those of the family of the connection first; that of the connection last if it has none of them;
     *     none if a host that {@code ssh} knows is unknown here, as one behind a jump host may be
     */
    static List<InetSocketAddress> find(SessionConfig config, RelayMessage.Welcome welcome, TlsConnection signedIn) {
        String host = welcome.udp().host();
        if (config.endpoint().ssh() != null) {
            List<InetSocketAddress> announced = host == null
                    ? List.of()
                    : find(
                            config,
                            new HostAddresses(new HostPort(host, 1), config.bind(), NameService.SYSTEM),
                            welcome);
            return announced.isEmpty() ? find(config, config.endpoint().relay(), welcome) : announced;
        }
        if (host == null) {
            return of(config, welcome, signedIn);
        }
        try {
            InetAddress bind = config.bind();
            InetAddress control =
                    Objects.requireNonNull(signedIn.relayAddress()).getAddress();
            List<InetSocketAddress> found = new ArrayList<>(
                    new HostAddresses(new HostPort(host, port(config, welcome)), bind, NameService.SYSTEM)
                            .preferring(control)
                            .find(config.timeoutMs()));
            if (found.stream().noneMatch(one -> AddressOrder.isSameFamily(one.getAddress(), control))) {
                found.addAll(of(config, welcome, signedIn));
            }
            return found;
        } catch (UnknownHostException unknown) {
            return of(config, welcome, signedIn);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return of(config, welcome, signedIn);
        }
    }

    private static List<InetSocketAddress> find(
            SessionConfig config, HostAddresses host, RelayMessage.Welcome welcome) {
        try {
            return host.find(config.timeoutMs()).stream()
                    .map(found -> new InetSocketAddress(found.getAddress(), port(config, welcome)))
                    .toList();
        } catch (UnknownHostException unknown) {
            return List.of();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static int port(SessionConfig config, RelayMessage.Welcome welcome) {
        return config.endpoint().relayUdpPort() > 0 ? config.endpoint().relayUdpPort() : welcome.udpPort();
    }
}
