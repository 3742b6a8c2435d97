package voiptui.relay.directory;

/**
 * When a certificate came to own a name. The first owner keeps it, when relays find out that they have given it to two.
 *
 * @param fingerprint the certificate, as text
 * @param sinceMs the time, in milliseconds since 1970; 0: the operator has assigned it
 */
public record NameClaim(String fingerprint, long sinceMs) {

    /** Returns whether this is the first of the two: the earlier one, and the lower fingerprint at the same time. */
    boolean isBefore(NameClaim other) {
        int byTime = Long.compare(sinceMs, other.sinceMs);
        return (byTime != 0 ? byTime : fingerprint.compareTo(other.fingerprint)) < 0;
    }
}
