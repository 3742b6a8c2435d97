package voiptui.phone.peers;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Changes the files about other people, one change after the other, on a thread of its own. Owned by the phone's thread. */
public final class FileWriter implements AutoCloseable {

    /** Changes a file; may wait for the disk. */
    @FunctionalInterface
    public interface Change {

        /**
         * Changes the file.
         *
         * @throws IOException if it cannot be written; the message is for the user
         */
        void run() throws IOException;
    }

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread writer = new Thread(task, "voiptui-people");
        writer.setDaemon(true);
        return writer;
    });

    /**
     * Changes a file; does not wait.
     *
     * @param onFailure called on the writing thread if that fails
     */
    public void write(Change change, Consumer<IOException> onFailure) {
        thread.execute(() -> {
            try {
                change.run();
            } catch (IOException notWritten) {
                onFailure.accept(notWritten);
            }
        });
    }

    /** Ends the thread after what it still has to write; does not wait. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
