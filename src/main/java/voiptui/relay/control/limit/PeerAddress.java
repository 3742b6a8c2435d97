package voiptui.relay.control.limit;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The address of the client at the other end of a connection, which a load balancer may stand in between. Control thread. */
public final class PeerAddress {

    private static final AttributeKey<InetSocketAddress> ANNOUNCED = AttributeKey.valueOf("voiptui.peer");

    private PeerAddress() {}

    /** Returns the address that a load balancer has announced, or else that of the connection; null: it is closed. */
    public static @Nullable InetSocketAddress of(Channel channel) {
        InetSocketAddress announced = channel.attr(ANNOUNCED).get();
        if (announced != null) {
            return announced;
        }
        return channel.remoteAddress() instanceof InetSocketAddress remote ? remote : null;
    }

    /** Notes the address that a load balancer has announced. */
    public static void announce(Channel channel, InetSocketAddress client) {
        channel.attr(ANNOUNCED).set(client);
    }
}
