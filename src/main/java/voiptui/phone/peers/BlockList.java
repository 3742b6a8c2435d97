package voiptui.phone.peers;

import java.io.IOException;
import java.util.List;
import voiptui.event.PhoneEvent.BlockedPeer;

/** The callers that the user has blocked, as they are kept on the disk. */
public interface BlockList {

    /** A list that is empty and keeps nothing. */
    BlockList NONE = new BlockList() {
        @Override
        public List<BlockedPeer> blocked() {
            return List.of();
        }

        @Override
        public void add(BlockedPeer peer) {}

        @Override
        public void remove(BlockedPeer peer) {}
    };

    /** Returns who was blocked when the program started. */
    List<BlockedPeer> blocked();

    /**
     * Adds a caller. May wait for the disk.
     *
     * @throws IOException if the list cannot be written; the message is for the user
     */
    void add(BlockedPeer peer) throws IOException;

    /**
     * Removes a caller. May wait for the disk.
     *
     * @throws IOException if the list cannot be written; the message is for the user
     */
    void remove(BlockedPeer peer) throws IOException;
}
