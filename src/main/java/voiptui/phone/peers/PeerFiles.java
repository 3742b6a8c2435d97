package voiptui.phone.peers;

/**
 * What a phone keeps about other people.
 *
 * @param blocked the callers that are rejected
 * @param known the peers whose fingerprints are known
 * @param favorites the people whom the user wants to see first
 */
public record PeerFiles(BlockList blocked, PeerStore known, FavoriteStore favorites) {

    /** Files that are empty and keep nothing. */
    public static final PeerFiles NONE = new PeerFiles(BlockList.NONE, PeerStore.NONE, FavoriteStore.NONE);
}
