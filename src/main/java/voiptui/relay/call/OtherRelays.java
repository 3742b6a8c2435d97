package voiptui.relay.call;

import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.ClusterMessage;
import voiptui.relay.media.RelayLink;

/**
 * The other relays of the cluster, as calls see them. A relay is named by the fingerprint of its certificate. Owned by the control thread.
 */
public interface OtherRelays {

    /** There are none. */
    OtherRelays NONE = new OtherRelays() {
        @Override
        public List<String> reachable() {
            return List.of();
        }

        @Override
        public List<String> where(String name) {
            return List.of();
        }

        @Override
        public void send(String relay, ClusterMessage message) {
            // nobody is there
        }

        @Override
        public @Nullable RelayLink link(String relay) {
            return null;
        }
    };

    /** Returns the relays that can be reached now. */
    List<String> reachable();

    /** Returns those of them where a client of that name is signed in. */
    List<String> where(String name);

    /** Sends a message; it is lost if the relay is gone. */
    void send(String relay, ClusterMessage message);

    /** Returns the way of media to and from a relay; null if it cannot be reached. */
    @Nullable
    RelayLink link(String relay);
}
