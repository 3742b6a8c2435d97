package voiptui.relay.media;

import java.nio.ByteBuffer;

/** Media through a client's TLS connection, where UDP does not get through. */
public interface MediaTunnel {

    /**
     * Sends one datagram, copied from between position and limit, which it leaves where they are. Called by the media
     * thread; never waits.
     *
     * @return whether there was room for it
     */
    boolean send(ByteBuffer datagram);
}
