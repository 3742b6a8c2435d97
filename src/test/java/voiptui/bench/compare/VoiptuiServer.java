package voiptui.bench.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import voiptui.protocol.classic.ClassicReply;
import voiptui.protocol.classic.ClassicRequest;

/**
 * This project's relay, with classic clients at both ends.
 *
 * @param control its control port
 * @param media its media port
 */
record VoiptuiServer(InetSocketAddress control, InetSocketAddress media) implements Server {

    private static final int ANSWER_MS = 10_000;

    @Override
    public void setUp(Call call) throws IOException {
        refresh(call);
        call.caller.connect(media);
        call.callee.connect(media);
    }

    @Override
    public void refresh(Call call) throws IOException {
        register(call.caller, call.callee.address().getAddress());
        register(call.callee, call.caller.address().getAddress());
    }

    private void register(Call.End end, InetAddress target) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(end.address().getAddress(), 0));
            socket.setSoTimeout(ANSWER_MS);
            socket.connect(control, ANSWER_MS);
            socket.getOutputStream()
                    .write(new ClassicRequest.Hello(end.address().getPort(), target).wire());
            socket.shutdownOutput();
            String answer =
                    new String(socket.getInputStream().readNBytes(ClassicReply.MAX_BYTES), StandardCharsets.US_ASCII);
            if (!answer.equals(ClassicReply.WELCOME.name())) {
                throw new IOException("the relay answered '" + answer + "'");
            }
        }
    }
}
