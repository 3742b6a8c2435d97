package voiptui.call;

import voiptui.protocol.offer.MediaOffer;

/**
 * The options of a v2 call.
 *
 * @param offer the codecs, the preferred one first, and the features to offer
 * @param attempts the number of attempts to reach the relay, shown to the user; 0 for no limit
 * @param ringTimeoutMs how long to wait for an answer; 0 for no limit
 * @param durationMs how long the call may last, counted from the first sign-in; 0 for no limit
 * @param stay whether to call the same peer again when it hangs up
 * @param encryption what the user demands of the encryption
 */
public record CallOptions(
        MediaOffer offer,
        int attempts,
        long ringTimeoutMs,
        long durationMs,
        boolean stay,
        EncryptionPolicy encryption) {

    /** Options of a call that asks about changed fingerprints, and may be unencrypted. */
    public CallOptions(MediaOffer offer, int attempts, long ringTimeoutMs, long durationMs, boolean stay) {
        this(offer, attempts, ringTimeoutMs, durationMs, stay, EncryptionPolicy.DEFAULT);
    }
}
