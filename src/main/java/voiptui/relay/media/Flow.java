package voiptui.relay.media;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * One client's media as the media thread forwards it: its source address and its peer.
 *
 * <p>Created by the control thread and handed over with {@link MediaPlane#open}. From then on only the media thread
 * touches it; to the control thread it is a handle.
 */
public final class Flow {

    /** The address that the client registered from. */
    final InetAddress host;
    /** The relay address that the client uses; media to the client is sent from it. */
    final InetAddress local;
    /** The address that the client's packets come from and go to; null: not known yet. */
    public @Nullable InetSocketAddress source;
    /** Statistics; replaced when the client registers again. */
    public FlowStats status;
    /** The flow that this client's packets go to; null: no call. */
    @Nullable
    Flow peer;
    /** Proves {@link #source}; null: a classic client, whose source is registered or learned. */
    public final @Nullable Binding bind;
    /** Carries media to this client instead of UDP; null: UDP is used. */
    @Nullable
    MediaTunnel tunnel;
    /** The client's own socket, connected to {@link #source}; null: the shared socket is used. */
    @Nullable
    DatagramChannel channel;
    /** Whether {@link #channel} may hold packets from other senders, received between bind and connect. */
    boolean mayHoldStrays;

    /**
     * Creates a classic client's flow.
     *
     * @param source null: not known yet
     */
    public Flow(InetAddress host, InetAddress local, @Nullable InetSocketAddress source, FlowStats status) {
        this(host, local, source, status, null);
    }

    /** Creates a v2 client's flow; its source is unknown until bound. */
    public Flow(InetAddress host, InetAddress local, FlowStats status, Binding bind) {
        this(host, local, null, status, bind);
    }

    private Flow(
            InetAddress host,
            InetAddress local,
            @Nullable InetSocketAddress source,
            FlowStats status,
            @Nullable Binding bind) {
        this.bind = bind;
        this.host = host;
        this.local = local;
        this.source = source;
        this.status = status;
    }
}
