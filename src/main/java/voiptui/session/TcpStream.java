package voiptui.session;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voiptui.net.ConnectRace;
import voiptui.net.FirstBytes;
import voiptui.net.HostAddresses;
import voiptui.time.NanoClock;

/** A TCP connection to the first of a relay's addresses that accepts one. */
final class TcpStream implements RelayStream {

    private final HostAddresses relay;
    private final int timeoutMs;
    private final ConnectRace<RememberingSocket> race;
    private volatile @Nullable RememberingSocket socket;
    private volatile boolean closed;

    /**
     * Prepares a connection.
     *
     * @param bind the local address to connect from; null: chosen by the system
     * @param timeoutMs limit for the look-up of the relay's name, and for the connection, in milliseconds
     */
    TcpStream(HostAddresses relay, @Nullable InetAddress bind, int timeoutMs, NanoClock clock) {
        this.relay = relay;
        this.timeoutMs = timeoutMs;
        this.race = new ConnectRace<>(RememberingSocket::new, bind, timeoutMs, clock);
    }

    @Override
    public Socket open() throws IOException, InterruptedException {
        RememberingSocket connected = race.connect(relay.find(timeoutMs));
        socket = connected;
        if (closed) {
            connected.close();
        }
        connected.setTcpNoDelay(true);
        return connected;
    }

    @Override
    public void onWorking() {
        RememberingSocket connected = socket;
        if (connected != null) {
            relay.onWorking(connected.getInetAddress());
        }
    }

    @Override
    public void onUseless() {
        RememberingSocket connected = socket;
        if (connected != null) {
            relay.onUseless(connected.getInetAddress());
        }
    }

    @Override
    public byte[] firstBytes() {
        RememberingSocket connected = socket;
        return connected == null ? new byte[0] : connected.firstBytes();
    }

    @Override
    public Optional<String> problem() {
        return Optional.empty();
    }

    @Override
    public @Nullable InetAddress localAddress() {
        RememberingSocket connected = socket;
        return connected == null || connected.isClosed() ? null : connected.getLocalAddress();
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        RememberingSocket connected = socket;
        return connected == null ? null : (InetSocketAddress) connected.getRemoteSocketAddress();
    }

    @Override
    public void close() {
        closed = true;
        race.close();
        RememberingSocket connected = socket;
        try {
            if (connected != null) {
                connected.close();
            }
        } catch (IOException gone) {
            // It is closed either way.
        }
    }

    /** Keeps the first bytes received: without TLS, they tell what kind of server answered. */
    private static final class RememberingSocket extends Socket {

        private @Nullable FirstBytes in;

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (in == null) {
                // The shortest TLS record, an alert, has as many bytes, so that this never waits for more than arrives.
                in = new FirstBytes(super.getInputStream(), TlsDialer.CLASSIC_ANSWER.length);
            }
            return in;
        }

        synchronized byte[] firstBytes() {
            return in == null ? new byte[0] : in.kept();
        }
    }
}
