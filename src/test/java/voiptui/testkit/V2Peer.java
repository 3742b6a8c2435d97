package voiptui.testkit;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A v2 client for end-to-end calls, built on the JDK's sockets and TLS. It shares no code with the product, so a bug
 * cannot hide in both. It sends nothing on its own: no {@code ping}, no bind, no answer to a call. Malformed input and
 * refusal to read are left to {@link RawTlsClient}.
 *
 * <p>One thread at a time; an internal thread reads the TLS connection.
 */
public final class V2Peer implements AutoCloseable {

    /** How long it waits for an expected message. */
    public static final long PATIENCE_MS = 15_000;

    private static final int CONNECT_MS = 10_000;

    private final InetAddress ip;
    private final InetSocketAddress control;
    private final SSLSocket socket;
    private final Thread reader;
    private final List<JsonObject> messages = new ArrayList<>();
    private final BlockingQueue<byte[]> tunnelled = new LinkedBlockingQueue<>();
    private final String instance;
    private volatile String ending;
    private long pings;
    private JsonObject welcome;
    private V2Media media;

    private V2Peer(String ip, InetSocketAddress control, SSLContext tls, String instance) throws IOException {
        this.ip = InetAddress.getByName(ip);
        this.control = control;
        this.instance = instance;
        Socket plain = new Socket();
        try {
            plain.bind(new InetSocketAddress(this.ip, 0));
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(CONNECT_MS);
            plain.connect(control, CONNECT_MS);
            socket = (SSLSocket)
                    tls.getSocketFactory().createSocket(plain, control.getHostString(), control.getPort(), true);
            socket.startHandshake();
            plain.setSoTimeout(0);
        } catch (IOException | RuntimeException failed) {
            plain.close();
            throw failed;
        }
        reader = new Thread(this::read, "test-v2-reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** Connects from {@code ip} to the relay's control port, as {@code identity}, as another process each time. */
    public static V2Peer connect(String ip, InetSocketAddress control, V2Identity identity) throws IOException {
        return connect(ip, control, identity.tls(), randomHex(8));
    }

    /** As above, with TLS and {@code instance} of the test's choice. */
    public static V2Peer connect(String ip, InetSocketAddress control, SSLContext tls, String instance)
            throws IOException {
        return new V2Peer(ip, control, tls, instance);
    }

    /** Connects and signs in under {@code name}, ready to be rung. */
    public static V2Peer signIn(String ip, InetSocketAddress control, V2Identity identity, String name)
            throws IOException {
        V2Peer peer = connect(ip, control, identity);
        try {
            peer.hello(name);
            return peer;
        } catch (AssertionError refused) {
            peer.close();
            throw refused;
        }
    }

    /**
     * Reconnects with the same {@code instance}, not yet signed in. The new peer takes over the UDP socket; this one
     * must not be used afterwards.
     */
    public V2Peer reconnect(V2Identity identity) throws IOException {
        V2Peer again = connect(ip.getHostAddress(), control, identity.tls(), instance);
        again.media = media;
        media = null;
        return again;
    }

    /** Returns random bytes as hexadecimal digits, for call and instance identifiers. */
    public static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        new SplittableRandom(System.nanoTime()).nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Returns the fingerprint of the relay's certificate. */
    public String relayFingerprint() {
        try {
            return V2Identity.fingerprint(
                    socket.getSession().getPeerCertificates()[0].getEncoded());
        } catch (IOException | CertificateException failed) {
            throw new IllegalStateException(failed);
        }
    }

    // --- messages ---------------------------------------------------------------------------------------------------

    private void read() {
        String how = "closed";
        try {
            for (V2Frames.Frame frame = V2Frames.read(socket.getInputStream());
                    frame != null;
                    frame = V2Frames.read(socket.getInputStream())) {
                if (frame.type() == V2Frames.MEDIA) {
                    tunnelled.add(frame.payload());
                } else if (frame.type() == V2Frames.JSON) {
                    JsonObject message = JsonParser.parseString(frame.text()).getAsJsonObject();
                    synchronized (messages) {
                        messages.add(message);
                    }
                } else {
                    how = "unknown frame type " + frame.type();
                    break;
                }
            }
        } catch (IOException | RuntimeException broken) {
            how = "broken: " + broken;
        }
        ending = how;
    }

    /** Makes a message: the type, then names and values (text, numbers, booleans, lists of text) in turn. */
    public static JsonObject message(String type, Object... fields) {
        JsonObject message = new JsonObject();
        message.addProperty("type", type);
        for (int i = 0; i < fields.length; i += 2) {
            message.add((String) fields[i], new Gson().toJsonTree(fields[i + 1]));
        }
        return message;
    }

    /** Says a message; fields as in {@link #message}. */
    public void say(String type, Object... fields) {
        sayRaw(V2Frames.frame(message(type, fields).toString()));
    }

    /** Sends these bytes in the TLS stream, whatever they are. */
    public void sayRaw(byte[] bytes) {
        try {
            V2Frames.write(socket.getOutputStream(), bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Waits for a message of that type, and takes it. What came before it stays, to be waited for later. */
    public JsonObject await(String type) {
        return await(type, message -> true);
    }

    /** As above, for one that {@code wanted} accepts. */
    public JsonObject await(String type, Predicate<JsonObject> wanted) {
        return await(PATIENCE_MS, type, wanted);
    }

    /** As above, for at most {@code timeoutMs}. */
    public JsonObject await(long timeoutMs, String type, Predicate<JsonObject> wanted) {
        JsonObject[] found = {null};
        Deadline.require(timeoutMs, () -> "'" + type + "' to " + this, () -> {
            // The end is looked at first: what came before it is in the list by then.
            boolean over = ending != null;
            found[0] = take(type, wanted);
            return found[0] != null || over;
        });
        if (found[0] == null) {
            throw new AssertionError("the connection ended before '" + type + "' to " + this);
        }
        return found[0];
    }

    /** A message of that type that has come already, if there is one; it is taken. */
    public Optional<JsonObject> poll(String type) {
        return Optional.ofNullable(take(type, message -> true));
    }

    private JsonObject take(String type, Predicate<JsonObject> wanted) {
        synchronized (messages) {
            for (int i = 0; i < messages.size(); i++) {
                JsonObject message = messages.get(i);
                if (message.get("type").getAsString().equals(type) && wanted.test(message)) {
                    return messages.remove(i);
                }
            }
        }
        return null;
    }

    /** What has come and was not taken. */
    public List<JsonObject> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }

    /** Says hello, ready to be rung, and returns the {@code welcome}. */
    public JsonObject hello(String name) {
        return hello(name, true);
    }

    /**
     * Says hello, and returns the {@code welcome}. Media goes to the port that it names, at the relay's address; a
     * session that is not resumed gets another socket.
     */
    public JsonObject hello(String name, boolean answers) {
        say("hello", "version", 2, "name", name, "instance", instance, "answers", answers);
        welcome = await("welcome");
        if (media != null && !welcome.get("resumed").getAsBoolean()) {
            media.close();
            media = null;
        }
        return welcome;
    }

    /** Sends a ping and waits for the pong: the relay has handled all earlier messages by then. */
    public void ping() {
        long id = ++pings;
        say("ping", "id", id);
        await("pong", pong -> pong.get("id").getAsLong() == id);
    }

    /** Calls {@code to} with these codecs, and returns the call's number without waiting. */
    public String call(String to, String... codecs) {
        String call = randomHex(16);
        say("call", "call", call, "to", to, "codecs", List.of(codecs));
        return call;
    }

    /** Waits for the next call, takes it with these codecs, and returns what it was then connected as. */
    public JsonObject answer(String... codecs) {
        String call = await("incoming").get("call").getAsString();
        say("accept", "call", call, "codecs", List.of(codecs));
        return await(
                "connected", connected -> connected.get("call").getAsString().equals(call));
    }

    /** Waits for {@code error} with that code, and for the end that follows it. */
    public void awaitRefusal(String code) {
        await("error", error -> error.get("code").getAsString().equals(code));
        awaitEnd(PATIENCE_MS);
    }

    /** Waits until the relay has closed the connection. */
    public void awaitEnd(long timeoutMs) {
        Deadline.require(timeoutMs, () -> "end of " + this, () -> ending != null);
    }

    /** Whether the connection is there, as far as is known. */
    public boolean isConnected() {
        return ending == null;
    }

    /** What tells this process from others of the same certificate: 16 hexadecimal digits. */
    public String instance() {
        return instance;
    }

    /** The last {@code welcome}. */
    public JsonObject welcome() {
        return welcome;
    }

    // --- media ------------------------------------------------------------------------------------------------------

    /** Returns its UDP path to the relay, opening a socket if there is none. Call after {@link #hello}. */
    public V2Media media() {
        if (media == null) {
            media = new V2Media(
                    ip,
                    new InetSocketAddress(
                            control.getAddress(), welcome.get("udpPort").getAsInt()),
                    welcome.get("udpSession").getAsString(),
                    welcome.get("udpKey").getAsString());
        }
        return media;
    }

    /** Asks for media through the connection; bind datagrams sent so far are void from then on. */
    public void askForTunnel() {
        say("media", "via", "tcp", "after", media == null ? 0 : media.counter());
    }

    /** Sends a media datagram through the connection. */
    public void sendTunnelled(byte[] datagram) {
        sayRaw(V2Frames.frame(V2Frames.MEDIA, datagram));
    }

    /** The next media datagram that came through the connection, waiting for it at most {@code timeoutMs}. */
    public Optional<byte[]> receiveTunnelled(long timeoutMs) {
        try {
            return Optional.ofNullable(tunnelled.poll(timeoutMs, TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Resets the connection and keeps the UDP socket. */
    public void breakOff() {
        try {
            // RST instead of an orderly end.
            socket.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            // nothing is left to be reset
        }
        closeConnection();
    }

    /** Closes the connection and the UDP socket, without saying {@code bye}. */
    @Override
    public void close() {
        if (media != null) {
            media.close();
        }
        closeConnection();
    }

    private void closeConnection() {
        try {
            socket.close();
            reader.join(PATIENCE_MS);
        } catch (IOException alreadyClosed) {
            // nothing is left to be closed
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "the test's client "
                + (welcome == null ? "(not signed in)" : welcome.get("name").getAsString()) + " at "
                + ip.getHostAddress() + (ending == null ? "" : " (" + ending + ")") + ", which has not taken "
                + messages();
    }
}
