package voiptui.relay.call;

import java.net.InetAddress;
import java.util.Optional;
import voiptui.net.IpText;
import voiptui.protocol.ClientName;

/** Who a call is for. */
sealed interface CallTarget {

    /** Parses what a caller wrote; empty: neither a name nor an address. */
    static Optional<CallTarget> parse(String text) {
        return ClientName.parse(text)
                .<CallTarget>map(Name::new)
                .or(() -> IpText.parse(text).map(Address::new));
    }

    /** Returns whether the call is for {@code party}. */
    boolean matches(CallParty party);

    /** Returns whether this is the name {@code name}. */
    default boolean isName(String name) {
        return false;
    }

    /** All v2 clients of a name. */
    record Name(String name) implements CallTarget {

        @Override
        public boolean matches(CallParty party) {
            return !(party instanceof ClassicClient) && name.equals(party.callerId());
        }

        @Override
        public boolean isName(String other) {
            return name.equals(other);
        }

        /** Returns the name. */
        @Override
        public String toString() {
            return name;
        }
    }

    /** All clients of this relay at an address, classic or v2. */
    record Address(InetAddress address) implements CallTarget {

        @Override
        public boolean matches(CallParty party) {
            return !(party instanceof RemoteParty) && address.equals(party.address());
        }

        /** Returns the address as text. */
        @Override
        public String toString() {
            return IpText.of(address);
        }
    }
}
