package voiptui.relay;

import voiptui.relay.media.ThreadCount;
import voiptui.relay.media.socket.UdpBatch;

/** The ways in which a relay reads and writes datagrams; the rules are the same. */
enum MediaIo {
    /** One by one, through a socket for each client. */
    CLIENT_SOCKETS(UdpBatch.OFF, 1_000, 1),
    /** One by one, through a socket that all share. */
    ONE_SOCKET(UdpBatch.OFF, 0, 1),
    /** In batches. */
    BATCHES(UdpBatch.ON, 0, 1),
    /** In batches, by two threads. */
    TWO_THREADS(UdpBatch.ON, 0, 2);

    final UdpBatch batch;
    final int clientSockets;
    final ThreadCount threads;

    MediaIo(UdpBatch batch, int clientSockets, int threads) {
        this.threads = ThreadCount.of(threads);
        this.batch = batch;
        this.clientSockets = clientSockets;
    }
}
