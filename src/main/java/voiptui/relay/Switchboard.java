package voiptui.relay;

import java.net.InetSocketAddress;
import java.util.Optional;
import voiptui.signal.ClientMessage;

/**
 * Who is signed in, who rings whom, and who talks with whom: the rules of the second protocol alone, without a socket; see
 * {@code wire.md}, section 3.
 *
 * <p>Owned by the control thread.
 */
final class Switchboard {

    /**
     * Signs a process in, or takes it back; says {@code welcome}, or {@code error}.
     *
     * @param fingerprint of its certificate, as text
     * @return the station; nothing when it was refused
     */
    Optional<Station> signIn(ClientMessage.Hello hello, String fingerprint, StationPort port) {
        throw new UnsupportedOperationException("later");
    }

    /** A station said something, other than {@code hello}. */
    void onMessage(Station station, ClientMessage message) {
        throw new UnsupportedOperationException("later");
    }

    /** A datagram of media came from the station through its connection. The array is the callee's from now on. */
    void onTunnelled(Station station, byte[] datagram) {
        throw new UnsupportedOperationException("later");
    }

    /** The connection {@code port} is gone. The station may be back on another one, then this means nothing. */
    void onDisconnected(Station station, StationPort port) {
        throw new UnsupportedOperationException("later");
    }

    /** A station proved that it speaks from {@code source} and wants its media there. */
    void onBound(long session, InetSocketAddress source) {
        throw new UnsupportedOperationException("later");
    }

    /** Forgets stations and calls whose time is over. Called about once a second. */
    void sweep() {
        throw new UnsupportedOperationException("later");
    }

    /** How many stations are signed in, or may come back. */
    int size() {
        throw new UnsupportedOperationException("later");
    }
}
