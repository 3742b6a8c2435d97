package voiptui.phone.peers;

import java.io.IOException;
import java.util.Set;

/** The people at one relay whom the user wants to see first, as they are kept on the disk. */
public interface FavoriteStore {

    /** A store that is empty and keeps nothing. */
    FavoriteStore NONE = new FavoriteStore() {
        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public void put(String name, boolean favorite) {}
    };

    /** Returns the names when the program started. */
    Set<String> names();

    /**
     * Adds a name, or removes it. May wait for the disk.
     *
     * @throws IOException if that cannot be written; the message is for the user
     */
    void put(String name, boolean favorite) throws IOException;
}
