package voiptui.relay.media;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import voiptui.relay.media.socket.LocalEnd;

/**
 * Sends what the rules of {@link Forwarder} decide. Each method sends the datagram between position and limit and moves
 * neither; none waits or throws. Called by the media thread.
 */
interface MediaOutput {

    /** The result of {@link #send}: it will be sent, and counted then. */
    int QUEUED = 2;
    /** It was sent. */
    int SENT = 1;
    /** The socket's buffer is full. */
    int NO_ROOM = 0;
    /** The system refused. */
    int FAILED = -1;

    /** Sends to the source of {@code receiver}, which is not null, or will before the buffer is used again. Returns one of the constants. */
    int send(Flow receiver, ByteBuffer datagram);

    /** Answers {@code sender} from where it wrote to. Returns one of the constants. */
    int answer(LocalEnd arrivedAt, InetSocketAddress sender, ByteBuffer datagram);
}
