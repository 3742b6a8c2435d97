package voiptui.relay.presence;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is signed in at other relays of the cluster, and who learns there who is signed in here. Owned by the control thread. */
public interface RemotePresence {

    /** What is known of a name. */
    enum State {
        /** A phone of that name is not in use. */
        IDLE,
        /** Clients of that name are signed in, and would not ring. */
        BUSY
    }

    /** There are no other relays. */
    RemotePresence NONE = new RemotePresence() {
        @Override
        public @Nullable State of(String name) {
            return null;
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public void onLocalChange(String name) {
            // nobody learns of it
        }
    };

    /** Returns the state of a name at the other relays; null: nobody is signed in there. */
    @Nullable
    State of(String name);

    /** Returns the names that are signed in at other relays. */
    Set<String> names();

    /** A client of that name may have signed in or out here, or become busy or idle. */
    void onLocalChange(String name);
}
