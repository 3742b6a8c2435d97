package voiptui.relay.media;

import java.nio.ByteBuffer;

/** Carries media through a client's TLS connection where UDP is blocked. */
public interface MediaTunnel {

    /**
     * Sends a copy of the datagram between position and limit, and moves neither. Called by the media thread; never waits.
     *
     * @return false if the tunnel is full
     */
    boolean send(ByteBuffer datagram);
}
