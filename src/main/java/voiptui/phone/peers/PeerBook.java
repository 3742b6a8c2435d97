package voiptui.phone.peers;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.call.PeerIdentities;
import voiptui.phone.peers.PeerStore.Peer;

/**
 * The peers that the user knows, in memory; a thread of its own reads and writes the {@link PeerStore}. Owned by the phone's
 * thread.
 */
public final class PeerBook implements PeerIdentities, AutoCloseable {

    private final PeerStore store;
    private final BiConsumer<String, IOException> notSaved;
    private final Consumer<Runnable> phoneThread;
    private final Runnable onChange;
    private final ExecutorService disk = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "voiptui-known-peers");
        thread.setDaemon(true);
        return thread;
    });
    private Map<String, Known> peers;
    /** How many changes were made here: what was read before the last one is out of date. */
    private long changes;

    /**
     * Creates a book that knows whom the store knew at the start.
     *
     * @param notSaved takes the name of a peer that could not be saved, and why, on the thread that writes
     * @param phoneThread runs something on the phone's thread; called on the thread that reads
     * @param onChange is called on the phone's thread when something else is known of peers
     */
    public PeerBook(
            PeerStore store,
            BiConsumer<String, IOException> notSaved,
            Consumer<Runnable> phoneThread,
            Runnable onChange) {
        this.store = store;
        this.notSaved = notSaved;
        this.phoneThread = phoneThread;
        this.onChange = onChange;
        this.peers = byName(store.known());
    }

    /**
     * Reads the store again, because the user or another process may have changed it. Does not wait. What cannot be read leaves
     * everything as it is.
     */
    public void refresh() {
        long asOf = changes;
        disk.execute(() -> {
            try {
                Map<String, Known> read = byName(store.read());
                phoneThread.accept(() -> {
                    if (changes == asOf && !read.equals(peers)) {
                        peers = read;
                        onChange.run();
                    }
                });
            } catch (IOException unreadable) {
                // what was known stays known
            }
        });
    }

    private static Map<String, Known> byName(List<Peer> list) {
        Map<String, Known> known = new HashMap<>();
        list.forEach(peer -> known.put(peer.name(), new Known(peer.fingerprint(), peer.verified())));
        return known;
    }

    @Override
    public @Nullable Known find(String name) {
        return peers.get(name);
    }

    @Override
    public void remember(String name, Known known) {
        changes++;
        peers.put(name, known);
        disk.execute(() -> {
            try {
                store.put(new Peer(name, known.fingerprint(), known.verified()));
            } catch (IOException notWritten) {
                notSaved.accept(name, notWritten);
            }
        });
        onChange.run();
    }

    /** Ends the thread after what it still has to write; does not wait. */
    @Override
    public void close() {
        disk.shutdown();
    }
}
