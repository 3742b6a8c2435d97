package voiptui.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** Connects its standard input and output to a TCP port, as {@code ssh -W HOST:PORT} does on the other side. */
public final class PortPipe {

    private PortPipe() {}

    /** Takes {@code HOST:PORT}. */
    public static void main(String... args) throws IOException, InterruptedException {
        int colon = args[0].lastIndexOf(':');
        try (Socket socket = new Socket(args[0].substring(0, colon), Integer.parseInt(args[0].substring(colon + 1)))) {
            socket.setTcpNoDelay(true);
            Thread up = new Thread(() -> copy(System.in, socket), "pipe-up");
            up.setDaemon(true);
            up.start();
            InputStream in = socket.getInputStream();
            byte[] bytes = new byte[16_384];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                System.out.write(bytes, 0, count);
                System.out.flush();
            }
        }
    }

    private static void copy(InputStream from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.transferTo(out);
            to.shutdownOutput();
        } catch (IOException gone) {
            // The other direction ends, too.
        }
    }
}
