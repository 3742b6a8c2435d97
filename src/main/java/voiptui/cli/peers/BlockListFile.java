package voiptui.cli.peers;

import java.io.IOException;
import java.util.List;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.event.PhoneEvent.BlockedPeer;
import voiptui.identity.BlockedPeers;
import voiptui.identity.ConfigFolder;
import voiptui.identity.Fingerprint;
import voiptui.phone.peers.BlockList;

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
            throw CommandFailure.of(ExitCode.FAILED, unreadable);
        }
    }

    /**
     * Reads the current user's file.
     *
     * @throws CommandFailure as {@link #read}, or if the user has no home directory
     */
    public static BlockListFile readOfUser() throws CommandFailure {
        try {
            return read(ConfigFolder.ofUser().blockedPeers());
        } catch (IOException noHome) {
            throw CommandFailure.of(ExitCode.FAILED, noHome);
        }
    }

    @Override
    public void add(BlockedPeer peer) throws IOException {
        file.add(new BlockedPeers.Entry(peer.name(), new Fingerprint(peer.fingerprint())));
    }

    @Override
    public void remove(BlockedPeer peer) throws IOException {
        file.remove(new Fingerprint(peer.fingerprint()));
    }
}
