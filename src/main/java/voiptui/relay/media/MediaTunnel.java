package voiptui.relay.media;

import java.nio.ByteBuffer;

/** Carries media through a client's TLS connection where UDP is blocked. */
public interface MediaTunnel {

    /**
     * Sends a copy of the datagram between position and limit, and moves neither. Called by any media thread; never waits
     * for the connection.
     *
     * @return false if the tunnel is full
     */
    boolean send(ByteBuffer datagram);
}
