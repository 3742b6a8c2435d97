package voiptui.relay.media.socket;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a datagram arrived at the relay: a datagram is answered from there, so that the answer leaves from the address that the sender
 * spoke to.
 */
public abstract class LocalEnd {

    /** The relay address; null: any of them. */
    public final @Nullable InetAddress local;

    /**
     * Notes where.
     *
     * @param local the relay address; null: any of them
     */
    protected LocalEnd(@Nullable InetAddress local) {
        this.local = local;
    }
}
