package voiptui.relay.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import voiptui.identity.Fingerprint;
import voiptui.identity.RelayStatement;

/**
 * What the relays of a cluster state about each other for their clients: a client that trusts one of them, and reaches another under
 * the same name, trusts that one too ({@code protocol.md}, section 1). Owned by the control thread.
 */
final class Vouchers {

    /** How often a statement is renewed, in milliseconds: long before clients find it too old. */
    static final long RENEWAL_MS = Duration.ofHours(12).toMillis();

    /** The most relays whose statements are kept. */
    private static final int MAX_RELAYS = 256;

    private final Cluster.Own own;
    /** Statements about this relay, by the fingerprints of those who signed them. */
    private final Map<String, String> received = new TreeMap<>();

    Vouchers(Cluster.Own own) {
        this.own = own;
    }

    /** Returns a new statement of this relay that another one belongs to its cluster. */
    String statementFor(String relay) {
        Fingerprint member = Fingerprint.parse(relay).orElseThrow();
        return RelayStatement.sign(
                        RelayStatement.Kind.MEMBER,
                        own.identity(),
                        member,
                        own.timeMs().getAsLong())
                .text();
    }

    /** Keeps a statement of another relay about this one; others are ignored. */
    void onVouch(String relay, String statement) {
        Optional<Fingerprint> by = Fingerprint.parse(relay);
        boolean isValid = by.isPresent()
                && RelayStatement.parse(RelayStatement.Kind.MEMBER, statement)
                        .filter(read -> read.vouches(
                                by.get(),
                                own.identity().fingerprint(),
                                own.timeMs().getAsLong()))
                        .isPresent();
        if (isValid && (received.containsKey(relay) || received.size() < MAX_RELAYS)) {
            received.put(relay, statement);
            own.vouchers().accept(received);
        }
    }
}
