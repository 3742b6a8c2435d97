package voiptui.testkit;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * A minimal v2 relay for a single call that shares no code with the product. It checks the tests' own clients and can
 * misbehave towards the program.
 *
 * <p>It accepts any name, connects only signed-in clients and sends media to the last address bound with a cookie. It passes on
 * features and fingerprints only after {@link #interfere}. A thread for each connection and one for UDP.
 */
public final class ScriptedRelay implements AutoCloseable {

    private static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final int HEARTBEAT_MS = 10_000;

    private final V2Identity identity;
    private final SSLServerSocket control;
    private final DatagramChannel udp;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final Map<String, Connection> callers = new ConcurrentHashMap<>();
    private volatile String refusal;
    private volatile boolean answersBinds = true;
    private volatile String tunnelled = "";
    private volatile boolean passesFeatures;
    private volatile Interference interference = Interference.NONE;

    private ScriptedRelay(String ip, V2Identity identity) throws IOException {
        this.identity = identity;
        InetAddress address = InetAddress.getByName(ip);
        control = (SSLServerSocket)
                identity.tls().getServerSocketFactory().createServerSocket(Ports.free(ip), 50, address);
        control.setNeedClientAuth(true);
        control.setEnabledProtocols(new String[] {"TLSv1.3"});
        udp = DatagramChannel.open();
        udp.bind(new InetSocketAddress(address, Ports.free(ip)));
        start(this::accept, "test-relay-accept");
        start(this::forward, "test-relay-udp");
    }

    /** Starts on ports of {@code ip} that {@link Ports} gives, which a {@link NatBox} can use at its own address too. */
    public static ScriptedRelay start(String ip, V2Identity identity) throws IOException {
        return new ScriptedRelay(ip, identity);
    }

    /** Returns the control address. */
    public InetSocketAddress address() {
        return (InetSocketAddress) control.getLocalSocketAddress();
    }

    /** Returns the media address. */
    public InetSocketAddress media() {
        return (InetSocketAddress) udp.socket().getLocalSocketAddress();
    }

    /** Returns the fingerprint of its certificate. */
    public String fingerprint() {
        return identity.fingerprint();
    }

    /** Refuses every later {@code hello} with this code; {@code null}: accepts. */
    public void refuse(String code) {
        refusal = code;
    }

    /** Starts or stops answering binds. */
    public void answerBinds(boolean answers) {
        answersBinds = answers;
    }

    /** Answers no bind of the client with this name, which has to use the tunnel. */
    public void tunnel(String name) {
        tunnelled = name;
    }

    /** Passes on features and fingerprints, too, except for what {@code how} does to messages and media. */
    public void interfere(Interference how) {
        passesFeatures = true;
        interference = how;
    }

    /** Says a message to the client with this name; fields as in {@link V2Peer#message}. */
    public void say(String to, JsonObject message) {
        try {
            named(to).send(V2Frames.frame(message.toString()));
        } catch (IOException gone) {
            // as if it came too late
        }
    }

    /** Delivers a media datagram to the client with this name; it is lost if that has no path yet. */
    public void inject(String to, byte[] datagram) {
        try {
            named(to).deliver(datagram);
        } catch (IOException gone) {
            // lost, as datagrams may be
        }
    }

    private Connection named(String name) {
        return connections.stream()
                .filter(connection -> name.equals(connection.name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody is signed in as " + name));
    }

    /** Closes all connections. */
    public void breakOff() throws IOException {
        for (Connection connection : connections) {
            connection.socket.close();
        }
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Connection connection = new Connection((SSLSocket) control.accept(), V2Peer.randomHex(8));
                connections.add(connection);
                start(() -> serve(connection), "test-relay-connection");
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void serve(Connection connection) {
        try (connection.socket) {
            V2Frames.Frame frame = V2Frames.read(connection.socket.getInputStream());
            while (frame != null) {
                if (frame.type() == V2Frames.MEDIA) {
                    connection.tunnel = true;
                    deliver(connection, frame.payload());
                } else {
                    handle(connection, JsonParser.parseString(frame.text()).getAsJsonObject());
                }
                frame = V2Frames.read(connection.socket.getInputStream());
            }
        } catch (IOException gone) {
            // the client has disconnected
        } finally {
            connections.remove(connection);
        }
    }

    private void handle(Connection connection, JsonObject message) throws IOException {
        switch (message.get("type").getAsString()) {
            case "hello" -> welcome(connection, message.get("name").getAsString());
            case "ping" -> connection.say("pong", "id", message.get("id").getAsLong());
            case "watch" -> connection.say("contacts", "contacts", new JsonArray(), "more", false);
            case "media" -> connection.tunnel = true;
            case "call" -> ring(connection, message);
            case "accept" -> connect(connection, message);
            case "reject" -> end(connection, message, "rejected");
            case "hangup" -> end(connection, message, "hung-up");
            case "bye" -> connection.socket.close();
            default -> connection.say("error", "code", "bad-message", "text", "not in this script");
        }
    }

    private void welcome(Connection connection, String name) throws IOException {
        if (refusal != null) {
            connection.say("error", "code", refusal, "text", "as the script has it");
            connection.socket.close();
            return;
        }
        connection.name = name;
        connection.say(
                "welcome",
                "name",
                name,
                "resumed",
                false,
                "udpPort",
                media().getPort(),
                "udpSession",
                connection.session,
                "udpKey",
                KEY,
                "seenAs",
                connection.socket.getInetAddress().getHostAddress() + ":" + connection.socket.getPort(),
                "heartbeatMs",
                HEARTBEAT_MS);
    }

    private void ring(Connection caller, JsonObject message) throws IOException {
        String to = message.get("to").getAsString();
        Connection called = connections.stream()
                .filter(connection -> to.equals(connection.name))
                .findFirst()
                .orElse(null);
        String call = message.get("call").getAsString();
        if (called == null) {
            caller.say("progress", "call", call, "state", "waiting");
            return;
        }
        callers.put(call, caller);
        caller.peer = called;
        called.peer = caller;
        caller.offer = message;
        JsonObject incoming =
                V2Peer.message("incoming", "call", call, "from", caller.name, "codecs", message.get("codecs"));
        if (passesFeatures) {
            copy(message, incoming, "features", "fingerprint");
        }
        called.tell(incoming);
        caller.say("progress", "call", call, "state", "ringing");
    }

    private static void copy(JsonObject from, JsonObject to, String... fields) {
        for (String field : fields) {
            if (from.has(field)) {
                to.add(field, from.get(field));
            }
        }
    }

    private void connect(Connection called, JsonObject message) throws IOException {
        String call = message.get("call").getAsString();
        String codec = message.getAsJsonArray("codecs").get(0).getAsString();
        called.offer = message;
        for (Connection side : List.of(called, callers.get(call))) {
            JsonObject connected =
                    V2Peer.message("connected", "call", call, "peer", side.peer.name, "codec", codec, "packets", "rtp");
            if (passesFeatures) {
                copy(side.peer.offer, connected, "fingerprint");
                connected.add("features", common(side.offer, side.peer.offer));
            }
            side.tell(connected);
        }
    }

    private static JsonArray common(JsonObject one, JsonObject other) {
        JsonArray both = new JsonArray();
        if (one.has("features") && other.has("features")) {
            one.getAsJsonArray("features").forEach(feature -> {
                if (other.getAsJsonArray("features").contains(feature)) {
                    both.add(feature);
                }
            });
        }
        return both;
    }

    private static void end(Connection connection, JsonObject message, String reason) {
        Connection peer = connection.peer;
        if (peer != null) {
            try {
                peer.say("ended", "call", message.get("call").getAsString(), "reason", reason);
            } catch (IOException gone) {
                // the peer has left before
            }
        }
    }

    private void forward() {
        ByteBuffer buffer = ByteBuffer.allocate(65_536);
        try {
            while (true) {
                InetSocketAddress sender = (InetSocketAddress) udp.receive(buffer.clear());
                byte[] datagram = Arrays.copyOf(buffer.array(), buffer.position());
                if (V2Bind.isRequest(datagram)) {
                    answer(datagram, sender);
                } else {
                    for (Connection connection : connections) {
                        if (sender.equals(connection.bound)) {
                            deliver(connection, datagram);
                        }
                    }
                }
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void answer(byte[] datagram, InetSocketAddress sender) throws IOException {
        for (Connection connection : connections) {
            if (answersBinds
                    && !tunnelled.equals(connection.name)
                    && connection.session.equals(V2Bind.sessionOf(datagram))) {
                V2Bind bind = V2Bind.parse(datagram, KEY);
                String cookie = String.format("%016x", (long) sender.hashCode());
                boolean active = bind.flags() == 1 && bind.cookie().equals(cookie);
                if (active) {
                    connection.bound = sender;
                    connection.tunnel = false;
                }
                send(bind.answer(cookie, active, sender).signed(KEY), sender);
            }
        }
    }

    private void deliver(Connection from, byte[] datagram) throws IOException {
        Connection to = from.peer;
        if (to != null) {
            for (byte[] arriving : interference.carry(from.name, datagram)) {
                to.deliver(arriving);
            }
        }
    }

    private void send(byte[] datagram, SocketAddress to) throws IOException {
        udp.send(ByteBuffer.wrap(datagram), to);
    }

    @Override
    public void close() throws IOException {
        control.close();
        udp.close();
        breakOff();
    }

    /** A connected client. */
    private final class Connection {

        private final SSLSocket socket;
        private final String session;
        private volatile String name;
        private volatile Connection peer;
        private volatile JsonObject offer;
        private volatile InetSocketAddress bound;
        private volatile boolean tunnel;

        Connection(SSLSocket socket, String session) {
            this.socket = socket;
            this.session = session;
        }

        void tell(JsonObject message) throws IOException {
            send(V2Frames.frame(interference.tell(name, message).toString()));
        }

        void deliver(byte[] datagram) throws IOException {
            if (tunnel) {
                send(V2Frames.frame(V2Frames.MEDIA, datagram));
            } else if (bound != null) {
                ScriptedRelay.this.send(datagram, bound);
            }
        }

        void say(String type, Object... fields) throws IOException {
            send(V2Frames.frame(V2Peer.message(type, fields).toString()));
        }

        synchronized void send(byte[] frame) throws IOException {
            OutputStream out = socket.getOutputStream();
            V2Frames.write(out, frame);
        }
    }
}
