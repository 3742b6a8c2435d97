package voiptui.media.secure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.crypto.DtlsSession;
import voiptui.crypto.SrtpSender;
import voiptui.crypto.SrtpUnprotector;

/**
 * What {@link SecureMedia} does with datagrams; replaced as a whole. Immutable; any thread.
 *
 * @param encrypted whether they are encrypted, or dropped while there are no keys
 * @param handshake agrees on the keys; null: nothing is sent or received
 * @param sender the keys for what is sent; null: there are none yet
 * @param unprotectors decrypt, those with the newest keys first; empty: there are no keys yet
 */
record SecureState(
        boolean encrypted,
        @Nullable DtlsSession handshake,
        @Nullable SrtpSender sender,
        List<SrtpUnprotector> unprotectors) {

    /**
     * Keys that packets may have been sent with, at most: the peer changes its keys a little earlier or later than we do, or not at all
     * if the end of a handshake did not get through.
     */
    private static final int MAX_KEYS_RECEIVED = 4;

    static final SecureState CLEAR = new SecureState(false, null, null, List.of());
    static final SecureState SILENT = new SecureState(true, null, null, List.of());

    SecureState withSender(@Nullable SrtpSender next) {
        return new SecureState(encrypted, handshake, next, unprotectors);
    }

    SecureState withUnprotector(SrtpUnprotector newest) {
        List<SrtpUnprotector> next = new ArrayList<>(unprotectors);
        next.add(0, newest);
        return new SecureState(
                encrypted, handshake, sender, List.copyOf(next.subList(0, Math.min(next.size(), MAX_KEYS_RECEIVED))));
    }

    /** Wipes the keys that {@code next} does not have. */
    void closeKeysNotIn(SecureState next) {
        if (sender != null && sender != next.sender) {
            sender.close();
        }
        for (SrtpUnprotector unprotector : unprotectors) {
            if (!next.unprotectors.contains(unprotector)) {
                unprotector.close();
            }
        }
    }
}
