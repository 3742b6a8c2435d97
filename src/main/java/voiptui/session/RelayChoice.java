package voiptui.session;

import java.util.List;
import voiptui.net.HostAddresses;

/**
 * The relays that a client may use, in the order in which it tries them, and the one that it uses now. The session's thread changes
 * that; any thread reads it.
 */
public final class RelayChoice {

    /**
     * A relay.
     *
     * @param name the relay with its port as the user named it; its fingerprint is pinned under this name
     * @param addresses its addresses, with its control port
     */
    public record Relay(String name, HostAddresses addresses) {}

    private final List<Relay> relays;
    private volatile int current;

    /** Creates a choice; the first relay is the current one. At least one is needed. */
    public RelayChoice(List<Relay> relays) {
        if (relays.isEmpty()) {
            throw new IllegalArgumentException("at least one relay is needed");
        }
        this.relays = List.copyOf(relays);
    }

    /** Returns the current relay. */
    public Relay current() {
        return relays.get(current);
    }

    /** Returns all relays. */
    public List<Relay> all() {
        return relays;
    }

    /** Changes to the relay after the current one; after the last comes the first. */
    void next() {
        current = (current + 1) % relays.size();
    }
}
