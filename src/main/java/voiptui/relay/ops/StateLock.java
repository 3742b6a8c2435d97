package voiptui.relay.ops;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import voiptui.files.PrivateFiles;
import voiptui.identity.FileProblem;

/**
 * Keeps a second relay out of a state directory: a lock on the file {@code lock}, which the system releases when the process
 * ends, however it ends. The file contains the number of the process that holds it, for people.
 *
 * <p>Any thread.
 */
public final class StateLock implements AutoCloseable {

    private static final String FILE_NAME = "lock";
    private static final Pattern CONTENT = Pattern.compile("process (\\d{1,10})\\R?");
    /**
     * The files locked by this process. The system's lock would let a process lock its own file again, and would be lost when
     * the second one is closed.
     */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private StateLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Locks a directory, which is created when missing.
     *
     * @param warn receives a line for the operator if the file system has no locks; the relay then starts without one
     * @throws IOException if another relay uses the directory, or it cannot be written; the message is for the operator
     */
    public static StateLock take(Path stateDir, Consumer<String> warn) throws IOException {
        Path file = stateDir.resolve(FILE_NAME);
        try {
            PrivateFiles.createFolder(stateDir);
            file = stateDir.toRealPath().resolve(FILE_NAME);
        } catch (IOException unwritable) {
            throw FileProblem.of("create", stateDir, unwritable);
        }
        synchronized (HELD) {
            if (!HELD.add(file)) {
                throw inUse(stateDir, "this process");
            }
        }
        boolean locked = false;
        try {
            FileChannel channel = lock(stateDir, file, warn);
            locked = true;
            return new StateLock(file, channel);
        } finally {
            if (!locked) {
                forget(file);
            }
        }
    }

    private static FileChannel lock(Path stateDir, Path file, Consumer<String> warn) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException unwritable) {
            throw FileProblem.of("write", file, unwritable);
        }
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (IOException noLocks) {
            warn.accept("cannot lock " + file + ": " + noLocks.getMessage()
                    + "; make sure that no other relay uses this directory");
            return channel;
        }
        if (lock == null) {
            String holder = holder(channel).map(process -> "process " + process).orElse("another process");
            channel.close();
            throw inUse(stateDir, holder);
        }
        try {
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            ("process " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)),
                    0);
        } catch (IOException full) {
            // The lock holds without the number.
        }
        return channel;
    }

    private static Optional<String> holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(64);
        channel.read(bytes, 0);
        Matcher content = CONTENT.matcher(new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII));
        return content.matches() ? Optional.of(content.group(1)) : Optional.empty();
    }

    private static IOException inUse(Path stateDir, String holder) {
        return new IOException("another relay (" + holder + ") uses the state directory " + stateDir
                + ": stop it, or choose another directory with --state-dir");
    }

    private static void forget(Path file) {
        synchronized (HELD) {
            HELD.remove(file);
        }
    }

    /** Releases the lock. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            // the system has released it
        }
        forget(file);
    }
}
