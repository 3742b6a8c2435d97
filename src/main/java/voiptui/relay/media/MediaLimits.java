package voiptui.relay.media;

/**
 * Limits of the data path.
 *
 * @param maxClientSockets the most clients that get a socket of their own; 0: all use the shared ones
 * @param senderRate what each client may send
 */
public record MediaLimits(int maxClientSockets, SenderRate senderRate) {

    /** Returns the default rate with {@code maxClientSockets} sockets for clients. */
    public static MediaLimits ofSockets(int maxClientSockets) {
        return new MediaLimits(maxClientSockets, SenderRate.DEFAULT);
    }
}
