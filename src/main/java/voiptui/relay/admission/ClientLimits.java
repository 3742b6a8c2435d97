package voiptui.relay.admission;

import org.jspecify.annotations.Nullable;
import voiptui.protocol.classic.ClassicProtocol;

/**
 * How many clients a relay admits.
 *
 * @param maxClients the greatest number of clients, classic and v2 together, at least 1
 * @param maxClassic the greatest number of classic clients among them, at least 1 and at most {@code maxClients}
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
        if (maxClassic > maxClients) {
            throw new IllegalArgumentException(maxClassic + " classic clients (--max-classic) are more than "
                    + maxClients + " clients in all (--max-clients): lower one or raise the other");
        }
    }

    /**
     * Returns the limits that an operator sets with one number or both; classic clients remain as few as by default unless
     * their number is given.
     *
     * @param maxClients null: the default
     * @param maxClassic null: the default, or {@code maxClients} if that is less
     * @throws IllegalArgumentException if a value is out of range; the message is for the user
     */
    public static ClientLimits of(@Nullable Integer maxClients, @Nullable Integer maxClassic) {
        int all = maxClients == null ? DEFAULT.maxClients : maxClients;
        return new ClientLimits(all, maxClassic == null ? Math.min(DEFAULT.maxClassic, all) : maxClassic);
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
