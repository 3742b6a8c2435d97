package voiptui.call;

import org.jspecify.annotations.Nullable;

/** The fingerprints of peers, as the user knows them, at one relay. Owned by the call's thread; nothing here may wait. */
public interface PeerIdentities {

    /** Knows nobody and remembers nothing. */
    PeerIdentities NONE = new PeerIdentities() {
        @Override
        public @Nullable Known find(String name) {
            return null;
        }

        @Override
        public void remember(String name, Known known) {}
    };

    /**
     * What is known of a peer.
     *
     * @param fingerprint the fingerprint of the peer's certificate, as text
     * @param verified whether the user has verified it, by reading words aloud
     */
    record Known(String fingerprint, boolean verified) {}

    /** Returns what is known of the peer with that name; null: nothing. */
    @Nullable
    Known find(String name);

    /** Remembers a peer from now on, in place of what was known. */
    void remember(String name, Known known);
}
