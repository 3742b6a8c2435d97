package voiptui.relay.admission;

import voiptui.protocol.classic.ClassicProtocol;

/**
 * How many clients a relay admits.
 *
 * @param maxClients the greatest number of clients, classic and v2 together, at least 1
 * @param maxClassic the greatest number of classic clients among them, at least 1
 */
public record ClientLimits(int maxClients, int maxClassic) {

    /** The limits unless the operator sets others; the relay lowers them where file descriptors do not suffice. */
    public static final ClientLimits DEFAULT = new ClientLimits(2_000, ClassicProtocol.MAX_CLIENTS);

    /** The part of the places that is kept for known names: one in this many. */
    private static final int KEPT = 10;
    /** The part of the places that one address or certificate may keep when others need them: one in this many. */
    private static final int SHARES = 4;

    private static final int MIN_SHARE = 2;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range; the message is for the user
     */
    public ClientLimits {
        if (maxClients < 1 || maxClassic < 1) {
            throw new IllegalArgumentException(
                    "the number of clients must be at least 1, not " + Math.min(maxClients, maxClassic));
        }
    }

    /** Returns a limit for both kinds of clients together, whichever come. */
    public static ClientLimits of(int maxClients) {
        return new ClientLimits(maxClients, maxClients);
    }

    /** Returns these limits, or less if there are descriptors for no more than {@code most} clients. */
    public ClientLimits atMost(int most) {
        return maxClients <= most ? this : new ClientLimits(most, Math.min(maxClassic, most));
    }

    /** Returns how many of {@code places} one address or certificate may keep when others need them. */
    public static int share(int places) {
        return Math.max(MIN_SHARE, (places + SHARES - 1) / SHARES);
    }

    /** Returns how many places clients with known names find, whoever came first. */
    public int keptForKnownNames() {
        return maxClients / KEPT;
    }
}
