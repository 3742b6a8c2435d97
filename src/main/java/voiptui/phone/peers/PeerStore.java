package voiptui.phone.peers;

import java.io.IOException;
import java.util.List;

/** The peers whose fingerprints the user knows at one relay, as they are kept on the disk. */
public interface PeerStore {

    /** A store that is empty and keeps nothing. */
    PeerStore NONE = new PeerStore() {
        @Override
        public List<Peer> known() {
            return List.of();
        }

        @Override
        public List<Peer> read() {
            return List.of();
        }

        @Override
        public void put(Peer peer) {}
    };

    /**
     * A peer that the user knows.
     *
     * @param name the peer's name
     * @param fingerprint the fingerprint of the peer's certificate, as text
     * @param verified whether the user has verified it
     */
    record Peer(String name, String fingerprint, boolean verified) {}

    /** Returns the peers that were known when the program started, each name once. */
    List<Peer> known();

    /**
     * Returns all peers, each name once. May wait for the disk.
     *
     * @throws IOException if they cannot be read; the message is for the user
     */
    List<Peer> read() throws IOException;

    /**
     * Adds a peer, or replaces the one of that name. May wait for the disk.
     *
     * @throws IOException if it cannot be written; the message is for the user
     */
    void put(Peer peer) throws IOException;
}
