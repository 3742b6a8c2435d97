package voiptui.cli.peers;

import java.io.IOException;
import java.util.List;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.identity.ConfigFolder;
import voiptui.identity.Fingerprint;
import voiptui.identity.KnownPeers;
import voiptui.phone.peers.PeerStore;

/**
 * The peers whom the user knows at one relay, kept in the user's file.
 *
 * @param file the file
 * @param relay the relay as the user named it
 * @param known who was known when the program started
 */
public record KnownPeersFile(KnownPeers file, String relay, List<Peer> known) implements PeerStore {

    /**
     * Reads the user's file.
     *
     * @param relay the relay as the user named it
     * @throws CommandFailure as {@link #read(KnownPeers, String)}, or if the user has no configuration directory
     */
    public static KnownPeersFile readOfUser(String relay) throws CommandFailure {
        try {
            return read(ConfigFolder.ofUser().knownPeers(), relay);
        } catch (IOException noFolder) {
            throw CommandFailure.of(ExitCode.FAILED, noFolder);
        }
    }

    /**
     * Reads the file.
     *
     * @throws CommandFailure if it exists and cannot be read: nobody shall get through with another fingerprint for that reason
     */
    public static KnownPeersFile read(KnownPeers file, String relay) throws CommandFailure {
        try {
            return new KnownPeersFile(file, relay, peers(file, relay));
        } catch (IOException unreadable) {
            throw CommandFailure.of(ExitCode.FAILED, unreadable);
        }
    }

    private static List<Peer> peers(KnownPeers file, String relay) throws IOException {
        return file.entries(relay).stream()
                .map(entry -> new Peer(entry.name(), entry.fingerprint().text(), entry.verified()))
                .toList();
    }

    @Override
    public List<Peer> read() throws IOException {
        return peers(file, relay);
    }

    @Override
    public void put(Peer peer) throws IOException {
        file.put(relay, new KnownPeers.Entry(peer.name(), new Fingerprint(peer.fingerprint()), peer.verified()));
    }
}
