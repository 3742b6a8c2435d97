package voiptui.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Locale;

/** The relay could not listen on one of its ports. The message is a whole line for the user, with what to do. */
public final class ListenException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int LAST_PRIVILEGED_PORT = 1023;

    /** Which of the relay's two ports. */
    public enum Protocol {
        /** Control connections. */
        TCP,
        /** Media. */
        UDP;

        private String option() {
            return "--" + name().toLowerCase(Locale.ROOT) + "-port";
        }
    }

    private final Protocol protocol;
    private final int port;

    ListenException(Protocol protocol, InetAddress bind, int port, IOException cause) {
        super(explain(protocol, bind, port, cause), cause);
        this.protocol = protocol;
        this.port = port;
    }

    /** Which of the relay's two ports it was. */
    public Protocol protocol() {
        return protocol;
    }

    /** The port's number, as it was asked for. */
    public int port() {
        return port;
    }

    private static String explain(Protocol protocol, InetAddress bind, int port, IOException cause) {
        String where = protocol + " port " + port + (bind == null ? "" : " of " + bind.getHostAddress());
        if (bind != null && !isLocal(bind)) {
            return bind.getHostAddress() + " is no address of this machine; choose one that is with --bind";
        }
        if (!(cause instanceof SocketException)) {
            return "cannot listen on " + where + ": " + cause.getMessage();
        }
        if (port > 0 && port <= LAST_PRIVILEGED_PORT && !"root".equals(System.getProperty("user.name"))) {
            return "cannot listen on " + where + ": it is taken or needs privileges; choose another with "
                    + protocol.option();
        }
        return where + " is taken by another program; stop that one, or choose another port with " + protocol.option();
    }

    private static boolean isLocal(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return true;
        }
    }
}
