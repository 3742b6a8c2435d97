package voiptui.relay.directory;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import voiptui.net.IpNetwork;

/**
 * Who may not use the relay. Immutable; any thread.
 *
 * @param fingerprints certificates, as text
 * @param networks addresses, of both protocols
 */
record Blocklist(Set<String> fingerprints, List<IpNetwork> networks) {

    /** Nobody. */
    static final Blocklist NOBODY = new Blocklist(Set.of(), List.of());

    /** Returns whether an address is blocked. */
    boolean contains(InetAddress address) {
        for (IpNetwork network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a certificate is blocked. */
    boolean contains(String fingerprint) {
        return fingerprints.contains(fingerprint);
    }
}
