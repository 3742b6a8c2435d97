package voiptui.relay;

import voiptui.relay.media.socket.UdpBatch;

/** The ways in which a relay reads and writes datagrams; the rules are the same. */
enum MediaIo {
    /** One by one, through a socket for each client. */
    CLIENT_SOCKETS(UdpBatch.OFF, 1_000),
    /** One by one, through a socket that all share. */
    ONE_SOCKET(UdpBatch.OFF, 0),
    /** In batches. */
    BATCHES(UdpBatch.ON, 0);

    final UdpBatch batch;
    final int clientSockets;

    MediaIo(UdpBatch batch, int clientSockets) {
        this.batch = batch;
        this.clientSockets = clientSockets;
    }
}
