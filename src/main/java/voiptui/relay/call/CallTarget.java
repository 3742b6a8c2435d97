package voiptui.relay.call;

import java.net.InetAddress;
import java.util.Optional;
import voiptui.net.IpText;
import voiptui.protocol.ClientName;

/**
 * Whom a call is for.
 *
 * @param name a station's name; {@code null} where an address is meant
 * @param address where the client is; {@code null} where a name is meant
 */
record CallTarget(String name, InetAddress address) {

    /** What a caller wrote; nothing when it is neither a name nor an address. */
    static Optional<CallTarget> parse(String text) {
        return ClientName.parse(text)
                .map(name -> new CallTarget(name, null))
                .or(() -> IpText.parse(text).map(CallTarget::of));
    }

    /** Whoever is at that address. */
    static CallTarget of(InetAddress address) {
        return new CallTarget(null, address);
    }

    /** Whether {@code party} is meant. */
    boolean means(CallParty party) {
        return name != null
                ? party instanceof ClientSession && name.equals(party.callerId())
                : address.equals(party.address());
    }

    /** The name, or the address as text. */
    @Override
    public String toString() {
        return name != null ? name : IpText.of(address);
    }
}
