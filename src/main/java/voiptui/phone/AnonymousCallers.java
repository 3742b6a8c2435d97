package voiptui.phone;

import voiptui.protocol.ClientName;

/**
 * What a phone does about callers without a certificate: classic clients, whom the relay knows by their address only.
 * Anybody at that address may be calling.
 */
public enum AnonymousCallers {
    /** Rejects them. */
    REJECTED,
    /** Rings, and never answers by itself. */
    RING,
    /** Treats them as others: an automatic phone answers them. */
    AS_OTHERS;

    /** Returns whether a caller is anonymous: no name, which is never an address. */
    static boolean isAnonymous(String caller) {
        return ClientName.parse(caller).isEmpty();
    }

    /** Returns whether {@code caller} is rejected. */
    boolean rejects(String caller) {
        return this == REJECTED && isAnonymous(caller);
    }

    /** Returns whether an automatic phone answers {@code caller}. */
    boolean mayBeAnswered(String caller) {
        return this == AS_OTHERS || !isAnonymous(caller);
    }
}
