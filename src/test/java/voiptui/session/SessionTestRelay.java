package voiptui.session;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocket;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.identity.SelfSignedTrustManager;
import voiptui.protocol.BindDatagram;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.FrameHeader;
import voiptui.protocol.MessageJson;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.ReplayWindow;
import voiptui.protocol.offer.MediaFeatures;

/** The part of a relay that a session needs, built on the JDK's sockets from {@code protocol.md}, and how it may misbehave. */
final class SessionTestRelay implements AutoCloseable {

    /** How it answers whoever connects. */
    enum Greeting {
        TLS,
        CLASSIC,
        MUTE,
        DRIBBLE,
        GARBAGE,
        CLOSE
    }

    private static final String SESSION = "00000000000000ab";
    private static final String KEY = "0123456789abcdef".repeat(4);
    private static final long COOKIE = 4711;

    private final ServerSocket control;
    private final DatagramSocket media;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final BlockingQueue<ClientMessage> said = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> tunnelled = new LinkedBlockingQueue<>();
    private final List<InetSocketAddress> boundTo = new CopyOnWriteArrayList<>();
    private final ReplayWindow counters = new ReplayWindow();
    private final BindDatagram.Key key = new BindDatagram.Key(BindDatagram.bytes(KEY));

    volatile Identity identity = Identity.create();
    volatile Greeting greeting = Greeting.TLS;
    /** What it says to a hello; nothing for no answer. */
    volatile RelayMessage toHello;

    volatile boolean answersPings = true;
    volatile boolean answersBinds = true;
    volatile boolean echoesMedia;
    /** Datagrams that are longer get lost on the way to it. */
    volatile int carriedBytes = BindDatagram.MAX_BYTES;
    /** Changes each answer to a bind on its way out. */
    volatile UnaryOperator<byte[]> answers = UnaryOperator.identity();

    volatile Fingerprint client;
    private volatile SSLSocket current;

    SessionTestRelay() throws IOException {
        this("127.0.0.1", 0);
    }

    SessionTestRelay(String host, int port) throws IOException {
        control = new ServerSocket(port, 50, InetAddress.getByName(host));
        media = new DatagramSocket(new InetSocketAddress(host, 0));
        toHello = welcome(false);
        start(this::accept, "test-relay-control");
        start(this::answerDatagrams, "test-relay-media");
    }

    RelayMessage.Welcome welcome(boolean resumed) {
        return new RelayMessage.Welcome("alice", resumed, media.getLocalPort(), SESSION, KEY, "192.0.2.9:4000", 300);
    }

    /** A welcome that sends media to another relay. */
    RelayMessage.Welcome welcomeTo(String udpHost, SessionTestRelay other) {
        return new RelayMessage.Welcome(
                "alice",
                false,
                new RelayMessage.Udp(udpHost, other.media.getLocalPort(), SESSION, KEY),
                "192.0.2.9:4000",
                300,
                MediaFeatures.NONE);
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(control.getInetAddress(), control.getLocalPort());
    }

    /** The next message of that type; the ones before are dropped. */
    <M extends ClientMessage> M heard(Class<M> type) throws InterruptedException {
        while (true) {
            ClientMessage message = said.poll(10, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no " + type.getSimpleName());
            }
            if (type.isInstance(message)) {
                return type.cast(message);
            }
        }
    }

    byte[] awaitTunnelled() throws InterruptedException {
        return tunnelled.poll(10, TimeUnit.SECONDS);
    }

    /** Where media went so far, the latest last. */
    List<InetSocketAddress> boundTo() {
        return List.copyOf(boundTo);
    }

    void say(RelayMessage message) throws IOException {
        sendRaw(FrameHeader.frame(FrameHeader.JSON, MessageJson.write(message)));
    }

    void sayMedia(byte[] datagram) throws IOException {
        sendRaw(FrameHeader.frame(FrameHeader.MEDIA, datagram));
    }

    void sendRaw(byte[] bytes) throws IOException {
        current.getOutputStream().write(bytes);
    }

    void sendMedia(byte[] datagram) throws IOException {
        media.send(new DatagramPacket(datagram, datagram.length, boundTo.get(boundTo.size() - 1)));
    }

    /** Cuts every connection off, as a network does. */
    void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    private void accept() {
        while (!control.isClosed()) {
            try {
                Socket socket = control.accept();
                sockets.add(socket);
                Greeting how = greeting;
                start(() -> serve(socket, how), "test-relay-connection");
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket, Greeting how) {
        try {
            switch (how) {
                case TLS -> serveTls(socket);
                case CLASSIC -> {
                    socket.getInputStream().read(new byte[1024]);
                    socket.getOutputStream().write("INVALID".getBytes(StandardCharsets.US_ASCII));
                    socket.close();
                }
                case GARBAGE -> {
                    socket.getInputStream().read(new byte[1024]);
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.close();
                }
                case CLOSE -> socket.close();
                case MUTE -> socket.getInputStream().readAllBytes();
                case DRIBBLE -> {
                    // The head of a long handshake record, then a byte now and then.
                    byte[] head = {22, 3, 3, 0x3f, 0};
                    for (int i = 0; !socket.isClosed(); i++) {
                        socket.getOutputStream().write(i < head.length ? head[i] : 0);
                        Thread.sleep(50);
                    }
                }
            }
        } catch (IOException gone) {
            // the client or a test closed it
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void serveTls(Socket socket) throws IOException {
        SSLSocket tls = (SSLSocket) identity.sslContext().getSocketFactory().createSocket(socket, null, true);
        tls.setUseClientMode(false);
        tls.setNeedClientAuth(true);
        tls.startHandshake();
        client = SelfSignedTrustManager.fingerprint(tls.getSession());
        current = tls;
        DataInputStream in = new DataInputStream(tls.getInputStream());
        while (true) {
            int type = in.readUnsignedByte();
            byte[] payload = in.readNBytes(in.readUnsignedShort());
            if (type == FrameHeader.MEDIA) {
                tunnelled.add(payload);
            } else {
                Optional<ClientMessage> message = MessageJson.readClient(payload);
                onMessage(message.orElseThrow());
                if (message.get() instanceof ClientMessage.Bye) {
                    tls.close();
                    return;
                }
            }
        }
    }

    private void onMessage(ClientMessage message) throws IOException {
        said.add(message);
        if (message instanceof ClientMessage.Hello && toHello != null) {
            say(toHello);
        } else if (message instanceof ClientMessage.Prove) {
            say(new RelayMessage.Proof(List.of(), null));
        } else if (message instanceof ClientMessage.Ping ping && answersPings) {
            say(new RelayMessage.Pong(ping.id()));
        }
    }

    private void answerDatagrams() {
        byte[] bytes = new byte[2_300];
        while (!media.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                media.receive(packet);
                onDatagram(ByteBuffer.wrap(bytes, 0, packet.getLength()).slice(), (InetSocketAddress)
                        packet.getSocketAddress());
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void onDatagram(ByteBuffer datagram, InetSocketAddress from) throws IOException {
        if (datagram.remaining() > carriedBytes) {
            return;
        }
        if (!BindDatagram.isRequest(datagram)) {
            if (echoesMedia && answersBinds) {
                byte[] back = new byte[datagram.remaining()];
                datagram.get(back);
                media.send(new DatagramPacket(back, back.length, from));
            }
            return;
        }
        if (!answersBinds || !key.verifies(datagram) || !counters.accept(BindDatagram.counter(datagram))) {
            return;
        }
        boolean active = BindDatagram.isActive(datagram)
                && BindDatagram.cookie(datagram) == cookieFor(from)
                && BindDatagram.counter(datagram) == counters.newest();
        if (active && (boundTo.isEmpty() || !boundTo.get(boundTo.size() - 1).equals(from))) {
            boundTo.add(from);
        }
        ByteBuffer answer = ByteBuffer.allocate(datagram.remaining());
        BindDatagram.putAnswer(
                answer,
                datagram.remaining(),
                BindDatagram.session(datagram),
                BindDatagram.counter(datagram),
                cookieFor(from),
                active,
                from,
                key);
        byte[] sent = answers.apply(answer.array());
        if (sent != null) {
            media.send(new DatagramPacket(sent, sent.length, from));
        }
    }

    private static long cookieFor(InetSocketAddress from) {
        return COOKIE + from.getPort();
    }

    @Override
    public void close() throws IOException {
        control.close();
        media.close();
        cut();
    }
}
