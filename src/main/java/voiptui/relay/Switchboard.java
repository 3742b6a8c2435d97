package voiptui.relay;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import voiptui.event.RelayEvent;
import voiptui.signal.ClientMessage;

/**
 * Who is signed in, who rings whom, and who talks with whom: the rules of the second protocol alone, without a socket; see
 * {@code wire.md}, section 3.
 *
 * <p>Owned by the control thread.
 */
final class Switchboard implements StationDesk {

    /**
     * Signs a process in, or takes it back; says {@code welcome}, or {@code error}.
     *
     * @param fingerprint of its certificate, as text
     * @return the station; nothing when it was refused
     */
    @Override
    public Optional<Station> signIn(ClientMessage.Hello hello, String fingerprint, StationPort port) {
        throw new UnsupportedOperationException("later");
    }

    /** A station said something, other than {@code hello}. */
    @Override
    public void onMessage(Station station, ClientMessage message) {
        throw new UnsupportedOperationException("later");
    }

    /** A datagram of media came from the station through its connection. The array is the callee's from now on. */
    @Override
    public void onTunnelled(Station station, byte[] datagram) {
        throw new UnsupportedOperationException("later");
    }

    /** The connection {@code port} is gone. The station may be back on another one, then this means nothing. */
    @Override
    public void onDisconnected(Station station, StationPort port) {
        throw new UnsupportedOperationException("later");
    }

    /** A station proved that it speaks from {@code source} and wants its media there. */
    @Override
    public void onBound(long session, InetSocketAddress source) {
        throw new UnsupportedOperationException("later");
    }

    /** Forgets stations and calls whose time is over. Called about once a second. */
    @Override
    public void sweep() {
        throw new UnsupportedOperationException("later");
    }

    /** How many stations are signed in, or may come back. */
    @Override
    public int size() {
        throw new UnsupportedOperationException("later");
    }

    @Override
    public List<RelayEvent.ClientStatus> statuses() {
        return List.of();
    }
}
