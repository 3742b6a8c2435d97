package voiptui.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import voiptui.protocol.classic.ClassicProtocol;
import voiptui.protocol.classic.ClassicReply;
import voiptui.protocol.classic.ClassicRequest;

/** One of many classic clients: registers, and keeps the registration alive. Its calls block; any thread. */
final class ClassicPhone {

    private static final int ANSWER_MS = 5 * ClassicProtocol.ANSWER_TIMEOUT_MS;

    private final InetAddress from;
    private final InetSocketAddress relay;

    /**
     * Creates a client that is not registered.
     *
     * @param from its address, of this machine, which no other client has
     */
    ClassicPhone(InetAddress from, InetSocketAddress relay) {
        this.from = from;
        this.relay = relay;
    }

    /** Returns its address. */
    InetAddress from() {
        return from;
    }

    /**
     * Registers for a call with the client at {@code target}.
     *
     * @param udpPort where its media comes from
     * @throws IOException if the relay does not answer, or refuses; the message says which
     */
    void register(int udpPort, InetAddress target) throws IOException {
        String answer = ask(new ClassicRequest.Hello(udpPort, target));
        if (!answer.equals(ClassicReply.WELCOME.name())) {
            throw new IOException("the relay answers a classic client with " + answer);
        }
    }

    /** Tells the relay that it is still there. */
    void heartbeat() throws IOException {
        ask(new ClassicRequest.Heartbeat());
    }

    private String ask(ClassicRequest request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.setSoTimeout(ANSWER_MS);
            socket.connect(relay, ANSWER_MS);
            socket.getOutputStream().write(request.wire());
            byte[] answer = new byte[ClassicReply.MAX_BYTES];
            int length = socket.getInputStream().readNBytes(answer, 0, answer.length);
            return ClassicReply.parse(Arrays.copyOf(answer, length))
                    .map(Enum::name)
                    .orElse("nothing");
        }
    }
}
