package voiptui.relay.media;

import java.net.InetSocketAddress;

/**
 * What the control thread asks of the media path. The calls return at once; what they ask for is done, in their order,
 * before any packet that comes later.
 */
public interface MediaPlane {

    /** Carries {@code flow} from now on; it has no peer yet. */
    void open(Flow flow);

    /** Passes the packets of each on to the other. Neither has a peer at that moment. */
    void pair(Flow one, Flow other);

    /** Undoes {@link #pair}. */
    void unpair(Flow one, Flow other);

    /** Notes from now on in {@code status} what comes from {@code flow}: its client has registered again. */
    void renew(Flow flow, FlowStats status);

    /** Takes {@code flow}'s packets from {@code source} and sends them there, instead of where it was before. */
    void move(Flow flow, InetSocketAddress source);

    /** Carries {@code flow} no more. It is unpaired at that moment. */
    void close(Flow flow);

    /**
     * Sends what is for {@code flow} through {@code tunnel} from now on, and takes no bind datagram with a counter up to
     * {@code afterCounter} any more. The next valid one that asks for media leads back to UDP.
     */
    void useTunnel(Flow flow, MediaTunnel tunnel, long afterCounter);

    /** Passes on a datagram that came from {@code flow}'s client through its tunnel. The array is the callee's from now on. */
    void inject(Flow flow, byte[] datagram);
}
