package voiptui.session;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.identity.SelfSignedTrustManager;
import voiptui.net.ConnectFailure;
import voiptui.net.ConnectRace;
import voiptui.net.HostAddresses;
import voiptui.time.NanoClock;

/**
 * Connects to a relay: TCP, then a TLS handshake in which the relay shows its certificate or turns out to be a classic
 * relay ({@code protocol.md}, section 1).
 *
 * <p>Blocks its caller; {@link #close} may be called by any thread and ends the wait.
 */
final class TlsDialer implements AutoCloseable {

    private static final byte[] CLASSIC_ANSWER = "INVALID".getBytes(StandardCharsets.US_ASCII);

    private final HostAddresses relay;
    private final int timeoutMs;
    private final ConnectRace<RememberingSocket> race;
    private volatile @Nullable RememberingSocket socket;
    private @Nullable SSLSocket tls;
    private volatile boolean closed;

    /**
     * Prepares a connection.
     *
     * @param bind the local address to connect from; null: chosen by the system
     * @param timeoutMs limit for the look-up of the relay's name, for the TCP connection, and for each answer in the handshake
     */
    TlsDialer(HostAddresses relay, @Nullable InetAddress bind, int timeoutMs, NanoClock clock) {
        this.relay = relay;
        this.timeoutMs = timeoutMs;
        this.race = new ConnectRace<>(RememberingSocket::new, bind, timeoutMs, clock);
    }

    /** Looks up the relay and opens the TCP connection to the first of its addresses that accepts one. */
    void connect() throws IOException, InterruptedException {
        RememberingSocket connected = race.connect(relay.find(timeoutMs));
        socket = connected;
        if (closed) {
            connected.close();
        }
        connected.setTcpNoDelay(true);
    }

    /**
     * Performs the TLS handshake.
     *
     * @return the relay's fingerprint; empty if it is a classic relay
     */
    Optional<Fingerprint> handshake(Identity identity) throws IOException {
        RememberingSocket socket = Objects.requireNonNull(this.socket, "not connected");
        try {
            // By address, because a host name would be sent in the clear. A context per connection, so that no session
            // is resumed.
            SSLSocket tls = (SSLSocket) identity.sslContext()
                    .getSocketFactory()
                    .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
            this.tls = tls;
            tls.setEnabledProtocols(new String[] {Identity.TLS_VERSION});
            tls.setSoTimeout(timeoutMs);
            tls.startHandshake();
            tls.setSoTimeout(0);
            relay.onWorking(socket.getInetAddress());
            return Optional.of(SelfSignedTrustManager.fingerprint(tls.getSession()));
        } catch (IOException noTls) {
            if (socket.answeredAsClassic()) {
                relay.onWorking(socket.getInetAddress());
                return Optional.empty();
            }
            if (!closed) {
                relay.onUseless(socket.getInetAddress());
            }
            throw noTls;
        }
    }

    /** Returns the TLS socket; only after the handshake. */
    SSLSocket tls() {
        return Objects.requireNonNull(tls);
    }

    /** Returns the local address of the connection; null: not connected. Any thread. */
    @Nullable
    InetAddress localAddress() {
        RememberingSocket connected = socket;
        return connected == null || connected.isClosed() ? null : connected.getLocalAddress();
    }

    /** Returns the relay's address that the connection goes to, also after it was closed; null: not connected. Any thread. */
    @Nullable
    InetSocketAddress remoteAddress() {
        RememberingSocket connected = socket;
        return connected == null ? null : (InetSocketAddress) connected.getRemoteSocketAddress();
    }

    /** Closes the TCP connection at once. Closing TLS could wait for a blocked write. */
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

    /** Returns what went wrong, for people. */
    String describe(IOException problem) {
        if (problem instanceof ConnectFailure || problem instanceof UnknownHostException) {
            return RelayText.plain(problem.getMessage());
        } else if (problem instanceof SocketTimeoutException) {
            return "no answer within " + timeoutMs + " ms";
        } else if (problem instanceof EOFException) {
            return "the relay closed the connection";
        } else if (problem instanceof SSLException) {
            return "TLS failed: " + RelayText.plain(problem.getMessage());
        }
        return RelayText.plain(problem.getMessage());
    }

    /** Keeps the first bytes received: without TLS, they tell what kind of server answered. */
    private static final class RememberingSocket extends Socket {

        private @Nullable FirstBytes in;

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (in == null) {
                in = new FirstBytes(super.getInputStream());
            }
            return in;
        }

        /** Returns whether the first bytes are a classic relay's answer. */
        synchronized boolean answeredAsClassic() {
            return in != null && Arrays.equals(in.first, CLASSIC_ANSWER);
        }
    }

    /**
     * First reads as many bytes as a classic relay's answer has, even if fewer are asked for: TLS closes the socket as
     * soon as it sees that the peer does not speak TLS. The shortest TLS record, an alert, has as many bytes, so that this
     * never waits for more than arrives.
     */
    private static final class FirstBytes extends FilterInputStream {

        private byte[] first = {};
        private int given;

        FirstBytes(InputStream in) {
            super(in);
        }

        private boolean hasFirst() throws IOException {
            if (first.length == 0) {
                first = in.readNBytes(CLASSIC_ANSWER.length);
            }
            return given < first.length;
        }

        @Override
        public int read() throws IOException {
            return hasFirst() ? first[given++] & 0xff : in.read();
        }

        @Override
        public int read(byte[] bytes, int at, int length) throws IOException {
            if (!hasFirst()) {
                return in.read(bytes, at, length);
            }
            int count = Math.min(length, first.length - given);
            System.arraycopy(first, given, bytes, at, count);
            given += count;
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            int kept = (int) Math.min(count, first.length - given);
            given += kept;
            return kept > 0 ? kept : in.skip(count);
        }

        @Override
        public int available() throws IOException {
            return first.length - given + in.available();
        }
    }
}
