package voiptui.phone;

/**
 * What a phone keeps about other people.
 *
 * @param blocked the callers that are rejected
 * @param known the peers whose fingerprints are known
 */
public record PeerFiles(BlockList blocked, PeerStore known) {

    /** Files that are empty and keep nothing. */
    public static final PeerFiles NONE = new PeerFiles(BlockList.NONE, PeerStore.NONE);
}
