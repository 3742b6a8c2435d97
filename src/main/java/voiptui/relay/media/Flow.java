package voiptui.relay.media;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

/**
 * One client's media, as the media thread carries it: where it comes from and whom it goes to.
 *
 * <p>Made by the control thread and handed over with {@link MediaPlane#open}; from then on the media thread alone
 * touches it. To the control thread it is a handle.
 */
public final class Flow {

    /** The address that the client registered from. */
    final InetAddress host;
    /** The address of ours that the client knows the relay by; media is answered from it. */
    final InetAddress local;
    /** Where the client's packets come from and go to; {@code null} until that is known. */
    public InetSocketAddress source;
    /** What has been seen; replaced when the client registers again. */
    public FlowStats status;
    /** Where this client's packets go; {@code null} until there is somebody. */
    Flow peer;
    /** The right to bind {@link #source}; {@code null} for a classic client, whose source is found otherwise. */
    public final Binding bind;
    /** Where media for this client goes instead of {@link #source}; {@code null} while UDP is to be used. */
    MediaTunnel tunnel;
    /** The client's own socket, connected to {@link #source}; {@code null} where the shared one serves. */
    DatagramChannel channel;
    /** Whether {@link #channel} may hold packets of others, which came between its bind and its connect. */
    boolean mayHoldStrays;

    /** A classic client's. */
    public Flow(InetAddress host, InetAddress local, InetSocketAddress source, FlowStats status) {
        this(host, local, source, status, null);
    }

    /** A station's, whose source is not known before it is bound. */
    public Flow(InetAddress host, InetAddress local, FlowStats status, Binding bind) {
        this(host, local, null, status, bind);
    }

    private Flow(InetAddress host, InetAddress local, InetSocketAddress source, FlowStats status, Binding bind) {
        this.bind = bind;
        this.host = host;
        this.local = local;
        this.source = source;
        this.status = status;
    }
}
