package voiptui.relay.directory;

import java.util.Set;

/** The other relays of the cluster, as names and blocks see them: told what has changed here. Control thread. */
public interface SharedDirectory {

    /** There are no other relays. */
    SharedDirectory NONE = new SharedDirectory() {
        @Override
        public void onClaimed(String name, NameClaim claim) {
            // nobody learns of it
        }

        @Override
        public void onRemoved(String name) {
            // nobody learns of it
        }

        @Override
        public void onBlocks(Set<String> entries) {
            // nobody learns of it
        }
    };

    /** A name has an owner. */
    void onClaimed(String name, NameClaim claim);

    /** The operator has removed a name. */
    void onRemoved(String name);

    /** The operator has blocked or unblocked somebody: all entries of the file. */
    void onBlocks(Set<String> entries);
}
