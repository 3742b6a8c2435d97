package voiptui.relay.media;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import voiptui.relay.media.socket.LocalEnd;

/** What the rules need to know about the media thread that they run on. Called by that thread. */
interface OwnThread {

    /** The only media thread. */
    OwnThread ONLY = new OwnThread() {
        @Override
        public int number() {
            return 0;
        }

        @Override
        public boolean has(Flow flow) {
            return true;
        }

        @Override
        public boolean passOn(
                BindSessions.Session session, ByteBuffer datagram, InetSocketAddress sender, LocalEnd arrivedAt) {
            return false;
        }
    };

    /** Returns its number, from 0. */
    int number();

    /** Returns whether it has a flow: no other touches what belongs to that. */
    boolean has(Flow flow);

    /**
     * Passes a copy of a bind datagram on to the thread that has the session's flow, or expects it.
     *
     * @return false if too many wait there
     */
    boolean passOn(BindSessions.Session session, ByteBuffer datagram, InetSocketAddress sender, LocalEnd arrivedAt);
}
