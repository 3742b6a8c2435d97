package voiptui.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The identity of a relay, and the statements of those that it had before, by which clients that know one of them recognize it.
 * Immutable; any thread.
 *
 * @param identity its key and certificate
 * @param predecessors how its identities followed each other, oldest first
 */
public record RelayIdentity(Identity identity, List<RelayStatement> predecessors) {

    /** Copies the list. */
    public RelayIdentity {
        predecessors = List.copyOf(predecessors);
    }

    /** An identity without predecessors. */
    public RelayIdentity(Identity identity) {
        this(identity, List.of());
    }

    /** Returns the file of the identity in a relay's state directory. */
    public static Path fileIn(Path stateDir) {
        return stateDir.resolve("identity.pem");
    }

    /** Reads the identity in {@code file} or creates it, as {@link Identity#loadOrCreate}. */
    public static RelayIdentity loadOrCreate(Path file, Consumer<String> warn) throws IOException {
        return IdentityFile.loadOrCreateOfRelay(file, warn);
    }

    /**
     * Reads the identity in {@code file}.
     *
     * @throws IOException if there is none, or it cannot be read, or others may read it; the message is for the user
     */
    public static RelayIdentity load(Path file, Consumer<String> warn) throws IOException {
        return IdentityFile.loadOfRelay(file, warn);
    }

    /**
     * Returns another identity that this one names as its successor.
     *
     * @param nowMs the time, in milliseconds since 1970
     */
    public RelayIdentity followedBy(Identity next, long nowMs) {
        List<RelayStatement> statements = new ArrayList<>(predecessors);
        statements.add(RelayStatement.sign(RelayStatement.Kind.SUCCESSOR, identity, next.fingerprint(), nowMs));
        int surplus = Math.max(0, statements.size() - RelayStatement.MAX_STATEMENTS);
        return new RelayIdentity(next, statements.subList(surplus, statements.size()));
    }

    /**
     * Writes the identity to a new file (mode 0600).
     *
     * @throws IOException if the file exists or cannot be written; the message is for the user
     */
    public void writeNew(Path file) throws IOException {
        IdentityFile.writeNew(file, this);
    }

    /**
     * Writes the identity to a file (mode 0600), in place of the one that is there: nobody ever reads half of it.
     *
     * @throws IOException if the file cannot be written; the message is for the user
     */
    public void replace(Path file) throws IOException {
        IdentityFile.replace(file, this);
    }
}
