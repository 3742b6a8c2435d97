package voiptui.relay.media;

import voiptui.relay.media.socket.UdpBatch;

/**
 * Limits of the data path, and how it reads and writes.
 *
 * @param maxClientSockets the most clients that get a socket of their own; 0: all use the shared ones
 * @param senderRate what each client may send
 * @param batch whether datagrams are read and written in batches
 * @param threads how many threads do that; one if they are not read in batches
 */
public record MediaLimits(int maxClientSockets, SenderRate senderRate, UdpBatch batch, ThreadCount threads) {

    /** Returns the default rate with {@code maxClientSockets} sockets for clients, which are read one by one. */
    public static MediaLimits ofSockets(int maxClientSockets) {
        return new MediaLimits(maxClientSockets, SenderRate.DEFAULT, UdpBatch.OFF, ThreadCount.ONE);
    }
}
