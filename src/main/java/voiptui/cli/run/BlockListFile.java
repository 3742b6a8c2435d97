package voiptui.cli.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.event.PhoneEvent.BlockedPeer;
import voiptui.identity.BlockedPeers;
import voiptui.identity.Fingerprint;
import voiptui.phone.BlockList;

/**
 * The blocked callers of a phone, kept in the user's file.
 *
 * @param file the file
 * @param blocked who was blocked when the phone started
 */
public record BlockListFile(BlockedPeers file, List<BlockedPeer> blocked) implements BlockList {

    /**
     * Reads the file.
     *
     * @throws CommandFailure if it exists and cannot be read: nobody who is blocked shall get through for that reason
     */
    public static BlockListFile read(BlockedPeers file) throws CommandFailure {
        try {
            return new BlockListFile(
                    file,
                    file.entries().stream()
                            .map(entry -> new BlockedPeer(
                                    entry.name(), entry.fingerprint().text()))
                            .toList());
        } catch (IOException unreadable) {
            throw new CommandFailure(ExitCode.FAILED, "cannot read " + file.file() + ": " + reason(unreadable));
        }
    }

    /** Returns the kind of problem if the message is only a path, as it is for files without permission. */
    private static String reason(IOException problem) {
        return problem instanceof AccessDeniedException ? "permission denied" : String.valueOf(problem.getMessage());
    }

    @Override
    public void add(BlockedPeer peer) throws IOException {
        try {
            file.add(new BlockedPeers.Entry(peer.name(), new Fingerprint(peer.fingerprint())));
        } catch (IOException notWritten) {
            throw notWritten(notWritten);
        }
    }

    @Override
    public void remove(BlockedPeer peer) throws IOException {
        try {
            file.remove(new Fingerprint(peer.fingerprint()));
        } catch (IOException notWritten) {
            throw notWritten(notWritten);
        }
    }

    private IOException notWritten(IOException problem) {
        return new IOException("cannot write " + file.file() + ": " + reason(problem), problem);
    }
}
