package voiptui.net;

import org.jspecify.annotations.Nullable;

/**
 * A host (name or address) and a port, as a user types them: {@code relay.example}, {@code 192.0.2.1:8888},
 * {@code [2001:db8::1]:8888}.
 *
 * @param host name or address, without brackets
 * @param port 1 to 65,535
 */
public record HostPort(String host, int port) {

    /**
     * Parses {@code HOST[:PORT]}.
     *
     * @throws IllegalArgumentException if the text is invalid, with a message for the user
     */
    public static HostPort parse(String text, int defaultPort) {
        String host = text;
        @Nullable String port = null;
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            if (close < 0 || (close + 1 < text.length() && text.charAt(close + 1) != ':')) {
                throw new IllegalArgumentException(bracketsMisplaced(text));
            }
            host = text.substring(1, close);
            port = close + 1 < text.length() ? text.substring(close + 2) : null;
        } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') >= 0) {
            host = text.substring(0, text.indexOf(':'));
            port = text.substring(text.indexOf(':') + 1);
        }
        if (host.isBlank() || host.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("'" + text + "' has no host: write HOST[:PORT]");
        }
        if (host.indexOf('[') >= 0 || host.indexOf(']') >= 0) {
            throw new IllegalArgumentException(bracketsMisplaced(text));
        }
        return new HostPort(host, port == null ? defaultPort : parsePort(port));
    }

    private static String bracketsMisplaced(String text) {
        return "'" + text + "' is invalid: write [ADDRESS]:PORT, for example [2001:db8::1]:8888";
    }

    private static int parsePort(String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port >= 1 && port <= 65_535) {
            return port;
        }
        throw new IllegalArgumentException("'" + text + "' is not a port: write a number from 1 to 65535");
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
