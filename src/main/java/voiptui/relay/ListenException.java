package voiptui.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import voiptui.net.IpText;

/** Thrown if the relay cannot listen on one of its ports. The message is one line for the user: the problem and its remedy. */
public final class ListenException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int LAST_PRIVILEGED_PORT = 1023;

    /** The relay's two ports. */
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

    ListenException(Protocol protocol, @Nullable InetAddress bind, int port, IOException cause) {
        super(explain(protocol, bind, port, cause), cause);
        this.protocol = protocol;
        this.port = port;
    }

    /** Returns which port it was. */
    public Protocol protocol() {
        return protocol;
    }

    /** Returns the port number that was asked for. */
    public int port() {
        return port;
    }

    private static String explain(Protocol protocol, @Nullable InetAddress bind, int port, IOException cause) {
        String where = protocol + " port " + port + (bind == null ? "" : " of " + IpText.of(bind));
        if (bind != null && !isLocal(bind)) {
            return IpText.of(bind) + " is not an address of this machine; choose another with --bind";
        }
        if (!(cause instanceof SocketException)) {
            return "cannot listen on " + where + ": " + cause.getMessage();
        }
        if (port > 0 && port <= LAST_PRIVILEGED_PORT && !"root".equals(System.getProperty("user.name"))) {
            return "cannot listen on " + where + ": it is in use or requires root; choose another with "
                    + protocol.option();
        }
        return where + " is in use; stop the other program, or choose another port with " + protocol.option();
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
