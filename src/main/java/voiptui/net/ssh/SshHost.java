package voiptui.net.ssh;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import voiptui.net.HostPort;
import voiptui.net.IpText;

/**
 * A host with an SSH server, as a user types it: {@code ssh://[USER@]HOST[:PORT]}. HOST may be a name that the user's {@code
 * ssh_config} explains. No part can be mistaken for an option of {@code ssh}, or means anything to a shell.
 *
 * @param user the name to sign in under; null: chosen by {@code ssh}
 * @param host a name, an alias or an address, without brackets
 * @param port the port of the SSH server; 0: chosen by {@code ssh}
 */
public record SshHost(@Nullable String user, String host, int port) {

    /** How such a text begins. */
    public static final String SCHEME = "ssh://";

    /** How long the TCP connection to the host may take, in seconds, where nobody waits at the terminal. */
    private static final int CONNECT_SECONDS = 10;

    private static final int MAX_LENGTH = 255;
    private static final int MAX_PORT = 65_535;
    private static final Pattern FORM = Pattern.compile("(?:(?<user>[^/]*)@)?(?<host>[^/@]*)/?");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+@-]*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f:.]*(%[A-Za-z0-9._-]+)?");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if one is invalid, with a message for the user
     */
    public SshHost {
        boolean isAddress = host.indexOf(':') >= 0;
        if (user != null && !USER.matcher(user).matches()
                || !(isAddress ? IPV6 : NAME).matcher(host).matches()
                || port < 0
                || port > MAX_PORT) {
            throw new IllegalArgumentException("invalid user or host: write " + SCHEME + "[USER@]HOST[:PORT]");
        }
    }

    /** Returns whether a text is meant to be of this form. */
    public static boolean isMeant(String text) {
        return text.startsWith(SCHEME);
    }

    /**
     * Parses {@code ssh://[USER@]HOST[:PORT]}.
     *
     * @throws IllegalArgumentException if the text is invalid, with a message for the user
     */
    public static SshHost parse(String text) {
        Matcher form = FORM.matcher(isMeant(text) ? text.substring(SCHEME.length()) : "/");
        if (text.length() > MAX_LENGTH || !form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is invalid: write " + SCHEME + "[USER@]HOST[:PORT]");
        }
        HostPort host = HostPort.parse(form.group("host"), 0);
        return new SshHost(form.group("user"), host.host(), host.port());
    }

    /**
     * Returns the command that connects its standard input and output to a TCP port of the host itself.
     *
     * @param localPort the TCP port, which need not be open to others
     * @param bind the local address to connect from; null: chosen by the system
     * @param asks whether {@code ssh} may ask questions on the terminal
     */
    public List<String> forward(int localPort, @Nullable InetAddress bind, boolean asks) {
        // Without a master of its own: closing it would close the connections of others that share it. A master that
        // the
        // user has already is used.
        List<String> words = new ArrayList<>(List.of("ssh", "-T", "-o", "ControlMaster=no"));
        if (!asks) {
            words.addAll(List.of("-o", "BatchMode=yes", "-o", "ConnectTimeout=" + CONNECT_SECONDS));
        }
        if (bind != null) {
            words.addAll(List.of("-b", IpText.of(bind)));
        }
        words.addAll(List.of("-W", "localhost:" + localPort));
        words.addAll(destination());
        return words;
    }

    /** Returns the command that prints the configuration of {@code ssh} for the host, and connects to nobody. */
    List<String> printConfiguration() {
        List<String> words = new ArrayList<>(List.of("ssh", "-G"));
        words.addAll(destination());
        return words;
    }

    private List<String> destination() {
        List<String> words = new ArrayList<>();
        if (port > 0) {
            words.addAll(List.of("-p", String.valueOf(port)));
        }
        words.add("--");
        words.add(user == null ? host : user + "@" + host);
        return words;
    }

    /** Returns the host and its port without the user: what a relay there is known as. */
    public String name() {
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return SCHEME + bracketed + (port > 0 ? ":" + port : "");
    }
}
