package voiptui.relay.cluster;

import org.jspecify.annotations.Nullable;
import voiptui.net.IpText;
import voiptui.protocol.ClusterMessage;
import voiptui.relay.media.RelayLink;

/** Another process of the cluster. Owned by the control thread. */
final class Member {

    /** How the library names it. */
    final String node;
    /** The key that it seals media for this relay with. */
    final byte[] incomingKey;
    /** The fingerprint that it introduced itself with before it was given up; null: it was not. */
    @Nullable
    String onlyRelay;
    /** What it says of itself; null: nothing yet. */
    ClusterMessage.@Nullable Hello hello;
    /** The way of media; null: not yet. */
    @Nullable
    RelayLink link;
    /** Whether it can be reached. */
    boolean present = true;
    /** Since when it can be reached, or not, by the relay's clock. */
    long sinceNs;
    /** When this relay last vouched for it, by the relay's clock; meaningless before {@link #link}. */
    long vouchedNs;

    Member(String node, byte[] incomingKey, long nowNs) {
        this.node = node;
        this.incomingKey = incomingKey;
        this.sinceNs = nowNs;
    }

    /** Returns whether it can be reached and has introduced itself. */
    boolean isReachable() {
        return present && link != null;
    }

    /** Returns the fingerprint of its certificate, as text; empty: not known yet. */
    String relay() {
        return hello == null ? "" : hello.relay();
    }

    /** Returns the version of its program; empty: not known yet. */
    String program() {
        return hello == null ? "" : hello.program();
    }

    /** Returns the address of its media, as text; empty: not known yet. */
    String address() {
        return hello == null ? "" : IpText.of(IpText.parse(hello.mediaHost()).orElseThrow(), hello.mediaPort());
    }
}
