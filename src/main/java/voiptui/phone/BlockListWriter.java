package voiptui.phone;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import voiptui.event.PhoneEvent.BlockedPeer;

/** Writes changes of a {@link BlockList} one after the other, on a thread of its own. Owned by the phone's thread. */
final class BlockListWriter implements AutoCloseable {

    private final BlockList list;
    private final BiConsumer<BlockedPeer, IOException> onFailure;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread writer = new Thread(task, "voiptui-blocked-peers");
        writer.setDaemon(true);
        return writer;
    });

    /**
     * Creates a writer.
     *
     * @param onFailure called on the writing thread with a change that could not be written
     */
    BlockListWriter(BlockList list, BiConsumer<BlockedPeer, IOException> onFailure) {
        this.list = list;
        this.onFailure = onFailure;
    }

    /** Writes that {@code peer} is blocked, or no longer; does not wait. */
    void write(BlockedPeer peer, boolean blocked) {
        thread.execute(() -> {
            try {
                if (blocked) {
                    list.add(peer);
                } else {
                    list.remove(peer);
                }
            } catch (IOException notWritten) {
                onFailure.accept(peer, notWritten);
            }
        });
    }

    /** Ends the thread after what it still has to write; does not wait. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
