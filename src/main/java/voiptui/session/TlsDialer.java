package voiptui.session;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import voiptui.identity.SelfSignedTrustManager;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.net.IpText;

/**
 * The way into a relay: a TCP connection, then a TLS handshake in which it shows who it is, or answers as a classic relay
 * does ({@code protocol.md}, section 1).
 *
 * <p>Blocks its caller; {@link #close} may come from any thread and ends whatever is waited for.
 */
final class TlsDialer implements AutoCloseable {

    private static final byte[] CLASSIC_ANSWER = "INVALID".getBytes(StandardCharsets.US_ASCII);

    private final InetSocketAddress relay;
    private final InetAddress bind;
    private final int timeoutMs;
    private final RememberingSocket socket = new RememberingSocket();
    private SSLSocket tls;

    /**
     * Prepares a connection.
     *
     * @param bind the local address to speak from, or {@code null} for whichever the system takes
     * @param timeoutMs for the connection, and then for each answer of the handshake
     */
    TlsDialer(InetSocketAddress relay, InetAddress bind, int timeoutMs) {
        this.relay = relay;
        this.bind = bind;
        this.timeoutMs = timeoutMs;
    }

    /** Connects. */
    void connect() throws IOException {
        if (bind != null) {
            socket.bind(new InetSocketAddress(bind, 0));
        }
        socket.connect(relay, timeoutMs);
        socket.setTcpNoDelay(true);
    }

    /**
     * Shakes hands.
     *
     * @return what the relay is known by; nothing when it is a classic one
     */
    Optional<Fingerprint> handshake(Identity identity) throws IOException {
        try {
            // By its address: a name would be told to everybody on the way, and nobody needs it. A context of its own
            // for
            // each connection, so that none is a continuation of another.
            tls = (SSLSocket) identity.sslContext()
                    .getSocketFactory()
                    .createSocket(socket, relay.getAddress().getHostAddress(), relay.getPort(), true);
            tls.setEnabledProtocols(new String[] {Identity.TLS_VERSION});
            tls.setSoTimeout(timeoutMs);
            tls.startHandshake();
            tls.setSoTimeout(0);
            return Optional.of(SelfSignedTrustManager.fingerprint(tls.getSession()));
        } catch (IOException noTls) {
            if (socket.answeredAsClassic()) {
                return Optional.empty();
            }
            throw noTls;
        }
    }

    /** The connection, after the handshake. */
    SSLSocket tls() {
        return tls;
    }

    /** The local address that is spoken from; {@code null} when there is no connection. Any thread. */
    InetAddress localAddress() {
        return socket.isConnected() ? socket.getLocalAddress() : null;
    }

    /** Ends the connection at once and without a word. The one of TLS would wait for a write that waits for ever. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // it is closed either way
        }
    }

    /** What went wrong, for people. */
    String words(IOException problem) {
        if (problem instanceof SocketTimeoutException) {
            return "no answer within " + timeoutMs + " ms";
        } else if (problem instanceof BindException) {
            return "cannot connect from " + (bind == null ? "any address" : IpText.of(bind))
                    + ": not an address of this machine";
        } else if (problem instanceof NoRouteToHostException) {
            return "no route to " + IpText.of(relay);
        } else if (problem instanceof ConnectException) {
            return "nothing listens on TCP " + IpText.of(relay);
        } else if (problem instanceof EOFException) {
            return "it closed the connection";
        } else if (problem instanceof SSLException) {
            return "no TLS connection: " + RelayText.plain(problem.getMessage());
        }
        return RelayText.plain(problem.getMessage());
    }

    /** A socket that keeps the first bytes that come, for they tell what is at the other end when it is not TLS. */
    private static final class RememberingSocket extends Socket {

        private FirstBytes in;

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (in == null) {
                in = new FirstBytes(super.getInputStream());
            }
            return in;
        }

        /** Whether what came is the answer of a classic relay. */
        synchronized boolean answeredAsClassic() {
            return in != null && Arrays.equals(in.first, CLASSIC_ANSWER);
        }
    }

    /**
     * Reads as many bytes at first as a classic relay's answer has, whoever asks for fewer: once TLS finds that it is not
     * spoken to, it closes the socket. It never waits for too many, since its shortest record, an alert, is as long.
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
