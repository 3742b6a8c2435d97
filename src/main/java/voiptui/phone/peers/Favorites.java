package voiptui.phone.peers;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/** The people whom the user wants to see first, in memory and on the disk. Owned by the phone's thread. */
public final class Favorites {

    private final FavoriteStore store;
    private final FileWriter writer;
    private final BiConsumer<String, IOException> notSaved;
    private final Set<String> names;

    /**
     * Creates the favorites of the store.
     *
     * @param writer changes the store
     * @param notSaved takes a name that could not be saved, and why, on the thread that writes
     */
    public Favorites(FavoriteStore store, FileWriter writer, BiConsumer<String, IOException> notSaved) {
        this.store = store;
        this.writer = writer;
        this.notSaved = notSaved;
        this.names = new HashSet<>(store.names());
    }

    /** Returns whether somebody is a favorite. */
    public boolean contains(String name) {
        return names.contains(name);
    }

    /** Makes somebody a favorite, or no longer; returns whether they are one now. Does not wait for the disk. */
    public boolean toggle(String name) {
        boolean favorite = !names.remove(name);
        if (favorite) {
            names.add(name);
        }
        writer.write(() -> store.put(name, favorite), problem -> notSaved.accept(name, problem));
        return favorite;
    }
}
