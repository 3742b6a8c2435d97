package voiptui.testkit;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The TLS connection of a v2 client for relay tests that need hostile or malformed input, a chosen TLS version or a
 * small receive buffer. It reads only when asked and sends raw frames. {@link V2Peer} is for well-behaved calls
 * instead: its own thread reads all messages. Neither shares code with the product. One thread at a time.
 */
public final class RawTlsClient implements AutoCloseable {

    /** A frame of JSON. */
    public static final int JSON = 0;
    /** A frame of media. */
    public static final int MEDIA = 1;

    private static final int TIMEOUT_MS = 30_000;
    private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;

    /** What came: its type and payload. */
    public record Frame(int type, byte[] payload) {}

    private final SSLSocket socket;
    private final DataInputStream in;

    private RawTlsClient(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Connects from {@code ip} and shakes hands. */
    public static RawTlsClient connect(String ip, InetSocketAddress relay, SSLContext context) throws IOException {
        return connect(ip, relay, context, "TLSv1.3");
    }

    /** As above, with that version of TLS alone. */
    public static RawTlsClient connect(String ip, InetSocketAddress relay, SSLContext context, String version)
            throws IOException {
        return connect(ip, relay, context, version, RECEIVE_BUFFER_BYTES);
    }

    /** As above, with TLS 1.3 and a receive buffer of that size: for a client that is not to read all that comes. */
    public static RawTlsClient connectWithReceiveBuffer(
            String ip, InetSocketAddress relay, SSLContext context, int receiveBufferBytes) throws IOException {
        return connect(ip, relay, context, "TLSv1.3", receiveBufferBytes);
    }

    private static RawTlsClient connect(
            String ip, InetSocketAddress relay, SSLContext context, String version, int receiveBufferBytes)
            throws IOException {
        Socket plain = new Socket();
        try {
            // Set before connecting: the window is what the kernel's limits for automatic buffers do not change.
            plain.setReceiveBufferSize(receiveBufferBytes);
            plain.bind(new InetSocketAddress(InetAddress.getByName(ip), 0));
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(TIMEOUT_MS);
            plain.connect(relay, TIMEOUT_MS);
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, null, relay.getPort(), true);
            tls.setEnabledProtocols(new String[] {version});
            tls.startHandshake();
            return new RawTlsClient(tls);
        } catch (IOException failed) {
            plain.close();
            throw failed;
        }
    }

    /** Shows {@code identity}, or nothing where that is {@code null}; trusts every relay. */
    public static SSLContext contextOf(TestCertificate identity) {
        try {
            KeyManager[] keys = null;
            if (identity != null) {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry("me", identity.key(), new char[0], new X509Certificate[] {identity.certificate()});
                KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
                factory.init(store, new char[0]);
                keys = factory.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {new Gullible()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class Gullible implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** What the relay showed. */
    public X509Certificate relayCertificate() throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    /** Says bytes as they are. */
    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Says one frame. */
    public void send(int type, byte[] payload) throws IOException {
        write(frame(type, payload));
    }

    /** The bytes of a frame, written out by hand. */
    public static byte[] frame(int type, byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(type);
        bytes.write(payload.length >>> 8);
        bytes.write(payload.length);
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    /** Says a message; single quotes stand for double ones. */
    public void say(String json) throws IOException {
        send(JSON, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** Says hello, and returns the answer. */
    public JsonObject hello(String name) throws IOException {
        say("{'type':'hello','version':2,'name':'" + name + "','instance':'0123456789abcdef','answers':true}");
        return hear();
    }

    /** The next frame; nothing when the relay has closed. */
    public Optional<Frame> read() throws IOException {
        try {
            int type = in.readUnsignedByte();
            byte[] payload = new byte[in.readUnsignedShort()];
            in.readFully(payload);
            return Optional.of(new Frame(type, payload));
        } catch (EOFException closed) {
            return Optional.empty();
        }
    }

    /** The next message. */
    public JsonObject hear() throws IOException {
        Frame frame = read().orElseThrow(() -> new EOFException("the relay closed the connection"));
        if (frame.type() != JSON) {
            throw new IOException("not a message but a frame of type " + frame.type());
        }
        return JsonParser.parseString(new String(frame.payload(), StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    /** The next datagram out of the tunnel. */
    public byte[] hearMedia() throws IOException {
        Frame frame = read().orElseThrow(() -> new EOFException("the relay closed the connection"));
        if (frame.type() != MEDIA) {
            throw new IOException("not media but " + new String(frame.payload(), StandardCharsets.UTF_8));
        }
        return frame.payload();
    }

    /**
     * Waits until the relay closes; discards what arrives before. Returns whether it closed in good order.
     */
    public boolean awaitClose() {
        try {
            while (read().isPresent()) {
                // not wanted
            }
            return true;
        } catch (IOException rudely) {
            return false;
        }
    }

    /** Closes the connection at once, without a TLS close or a bye. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
