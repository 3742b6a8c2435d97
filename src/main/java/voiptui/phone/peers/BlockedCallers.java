package voiptui.phone.peers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import voiptui.event.PhoneEvent;
import voiptui.event.PhoneEvent.BlockedPeer;

/** The callers that are blocked, by certificate. Owned by the phone's thread. */
public final class BlockedCallers {

    /** By fingerprint, in the order in which they were blocked. */
    private final Map<String, BlockedPeer> blocked = new LinkedHashMap<>();

    public BlockedCallers(List<BlockedPeer> peers) {
        peers.forEach(this::add);
    }

    /** Returns whether nobody is blocked. */
    public boolean isEmpty() {
        return blocked.isEmpty();
    }

    /** Returns whether that certificate is blocked; null, for a caller without one, is not. */
    public boolean contains(@Nullable String fingerprint) {
        return fingerprint != null && blocked.containsKey(fingerprint);
    }

    /** Blocks a certificate, or notes a new name for one that is blocked. */
    public void add(BlockedPeer peer) {
        blocked.put(peer.fingerprint(), peer);
    }

    /** Blocks a certificate no longer. */
    public void remove(BlockedPeer peer) {
        blocked.remove(peer.fingerprint());
    }

    /**
     * Finds blocked callers; a copy.
     *
     * @param who a fingerprint, or the name that they had when they were blocked
     */
    public List<BlockedPeer> find(String who) {
        return blocked.values().stream()
                .filter(peer -> peer.fingerprint().equals(who) || peer.name().equals(who))
                .toList();
    }

    /** Returns the list as it is shown. */
    public PhoneEvent.BlockedPeers event() {
        return new PhoneEvent.BlockedPeers(List.copyOf(blocked.values()));
    }
}
