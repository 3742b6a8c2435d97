package voiptui.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import voiptui.protocol.ClientMessage;

/**
 * Messages to the relay that have no reply and must not get lost with a connection: the end of a call. Each is confirmed by
 * the answer to the first heartbeat after it, because the relay handles everything in order. Sending one twice does no harm.
 *
 * <p>Owned by the session thread.
 */
final class Outbox {

    /** How many messages are kept; the oldest are dropped. */
    static final int MAX_KEPT = 64;

    /** A message, and the heartbeat whose answer confirms it. */
    private record Kept(ClientMessage message, long pingId) {}

    private final Deque<Kept> kept = new ArrayDeque<>();

    /**
     * Keeps a message if it is one that must not get lost.
     *
     * @param nextPingId the id of the next heartbeat
     */
    void add(ClientMessage message, long nextPingId) {
        if (message instanceof ClientMessage.Hangup || message instanceof ClientMessage.Reject) {
            if (kept.size() == MAX_KEPT) {
                kept.removeFirst();
            }
            kept.addLast(new Kept(message, nextPingId));
        }
    }

    /** Drops what the answer to a heartbeat confirms. */
    void onPong(long pingId) {
        kept.removeIf(message -> message.pingId <= pingId);
    }

    /** Returns what has to be sent again on a new connection, oldest first; a copy. */
    List<ClientMessage> unconfirmed() {
        return kept.stream().map(Kept::message).toList();
    }
}
