package voiptui.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses and formats IP addresses. Parsing is strict and never asks a name server. Stateless. */
public final class IpText {

    /** The longest text of an IP address: IPv6 ending in dotted IPv4. */
    public static final int MAX_LENGTH = 45;

    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");
    /** Text of this shape is never looked up as a name; a leading dot would be. */
    private static final Pattern IPV6_SHAPE = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]{1,44}");

    /** An IPv6 zone (RFC 4007, section 11): the name or number of an interface; 0 stands for none. */
    private static final Pattern ZONE = Pattern.compile("(?!0$)[0-9A-Za-z_.-]{1,32}");

    private static final Pattern ZEROS = Pattern.compile("(?<=^|:)0(?::0)+(?=:|$)");

    private IpText() {}

    /**
     * Parses an IPv4 address in dotted decimal or an IPv6 address. A link-local one may have a zone ({@code fe80::1%eth0}),
     * which is dropped: it has a meaning on the machine that wrote it only.
     *
     * @return empty if the text is anything else, such as a host name
     */
    public static Optional<InetAddress> parse(String text) {
        int zone = text.indexOf('%');
        if (zone < 0) {
            return parseUnzoned(text);
        }
        return ZONE.matcher(text.substring(zone + 1)).matches()
                ? parseUnzoned(text.substring(0, zone)).filter(IpText::isLinkLocal)
                : Optional.empty();
    }

    /**
     * Parses an address with or without a port, as {@link #of(InetSocketAddress)} and {@link #of(InetAddress)} format it;
     * the port is not looked at.
     *
     * @return the address; empty if the text is anything else
     */
    public static Optional<InetAddress> parseHost(String text) {
        int colon = text.lastIndexOf(':');
        if (text.startsWith("[") && text.lastIndexOf(']', colon) == colon - 1) {
            return parse(text.substring(1, colon - 1));
        }
        return text.indexOf(':') == colon && colon >= 0 ? parse(text.substring(0, colon)) : parse(text);
    }

    private static boolean isLinkLocal(InetAddress address) {
        return address instanceof Inet6Address && address.isLinkLocalAddress();
    }

    private static Optional<InetAddress> parseUnzoned(String text) {
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

    /** Formats as {@code 192.0.2.1:5000} or {@code [2001:db8::1]:5000}; an unresolved one as {@code relay.example:5000}. */
    public static String of(InetSocketAddress address) {
        return address.isUnresolved()
                ? address.getHostString() + ":" + address.getPort()
                : of(address.getAddress(), address.getPort());
    }

    /** Formats as {@code 192.0.2.1:5000} or {@code [2001:db8::1]:5000}; all addresses as {@code *:5000}. */
    public static String of(InetAddress address, int port) {
        String host = address.isAnyLocalAddress() ? "*" : shortened(address.getHostAddress());
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }

    /** Formats as {@code 192.0.2.1}, {@code 2001:db8::1} or {@code fe80::1%eth0}. */
    public static String of(InetAddress address) {
        return shortened(address.getHostAddress());
    }

    /** Compresses the longest run of zeros of an IPv6 address (RFC 5952, 4.2); leaves others, and the zone, as they are. */
    private static String shortened(String address) {
        int zone = address.indexOf('%');
        return zone < 0
                ? shortenedUnzoned(address)
                : shortenedUnzoned(address.substring(0, zone)) + address.substring(zone);
    }

    private static String shortenedUnzoned(String host) {
        Matcher zeros = ZEROS.matcher(host);
        String longest = "";
        while (zeros.find()) {
            longest = zeros.group().length() > longest.length() ? zeros.group() : longest;
        }
        return longest.isEmpty() ? host : host.replaceFirst("(^|:)" + longest + "(:|$)", "::");
    }
}
