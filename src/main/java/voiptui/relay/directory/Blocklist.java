package voiptui.relay.directory;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    /** Returns both lists as one. */
    Blocklist and(Blocklist other) {
        Set<String> certificates = new HashSet<>(fingerprints);
        certificates.addAll(other.fingerprints);
        List<IpNetwork> addresses = new ArrayList<>(networks);
        addresses.addAll(other.networks);
        return new Blocklist(Set.copyOf(certificates), List.copyOf(addresses));
    }

    /** Returns the entries in the notation of the file. */
    Set<String> entries() {
        Set<String> entries = new TreeSet<>(fingerprints);
        networks.forEach(network -> entries.add(network.toString()));
        return entries;
    }

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
