package voiptui.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IP addresses as text: strict to read, never a question to a name server; and fit to print. */
public final class IpText {

    /** The longest text of an IP address: an IPv6 address that ends in dotted IPv4. */
    public static final int MAX_LENGTH = 45;

    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");
    /** A text of this shape is an IPv6 address or nothing; one that begins with a dot would be looked up as a name. */
    private static final Pattern IPV6_SHAPE = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]{1,44}");

    private static final Pattern ZEROS = Pattern.compile("(?<=^|:)0(?::0)+(?=:|$)");

    private IpText() {}

    /**
     * Reads an IPv4 address in dotted decimal or an IPv6 address.
     *
     * @return the address, or nothing when the text is any other thing, a host name among them
     */
    public static Optional<InetAddress> parse(String text) {
        if (text.length() > MAX_LENGTH
                || !(IPV4.matcher(text).matches() || IPV6_SHAPE.matcher(text).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    /** {@code 192.0.2.1:5000} or {@code [2001:db8::1]:5000}. */
    public static String of(InetSocketAddress address) {
        return of(address.getAddress(), address.getPort());
    }

    /** {@code 192.0.2.1:5000} or {@code [2001:db8::1]:5000}; {@code *:5000} for all addresses of a machine. */
    public static String of(InetAddress address, int port) {
        String host = address.isAnyLocalAddress() ? "*" : shortened(address.getHostAddress());
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }

    /** {@code 192.0.2.1} or {@code 2001:db8::1}. */
    public static String of(InetAddress address) {
        return shortened(address.getHostAddress());
    }

    /** An IPv6 address with its longest run of zeros left out (RFC 5952, 4.2); any other as it is. */
    private static String shortened(String host) {
        Matcher zeros = ZEROS.matcher(host);
        String longest = "";
        while (zeros.find()) {
            longest = zeros.group().length() > longest.length() ? zeros.group() : longest;
        }
        return longest.isEmpty() ? host : host.replaceFirst("(^|:)" + longest + "(:|$)", "::");
    }
}
