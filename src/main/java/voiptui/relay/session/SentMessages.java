package voiptui.relay.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import voiptui.protocol.RelayMessage;

/**
 * The messages about calls that were sent to a client and that it may not have received, oldest first. They are numbered
 * from 1 in each session. Bounded: what it drops, the client can ask for again. Owned by the control thread.
 */
public final class SentMessages {

    /** How many messages are kept. A call takes a handful. */
    static final int MAX_KEPT = 64;

    private final Deque<RelayMessage> kept = new ArrayDeque<>(1);
    /** The number of the newest message. */
    private long newest;

    /** Notes a message that is being sent, or would be if there were a connection. */
    public void add(RelayMessage message) {
        if (kept.size() == MAX_KEPT) {
            kept.removeFirst();
        }
        kept.addLast(message);
        newest++;
    }

    /**
     * Drops what the client has received.
     *
     * @param received how many messages the client says it has received; ignored if there were not as many
     */
    public void confirm(long received) {
        if (received > newest) {
            return;
        }
        while (!kept.isEmpty() && newest - kept.size() < received) {
            kept.removeFirst();
        }
    }

    /** Drops all messages. */
    public void confirmAll() {
        kept.clear();
    }

    /** Returns what may have to be sent again, oldest first; a copy. */
    public List<RelayMessage> unconfirmed() {
        return List.copyOf(kept);
    }
}
