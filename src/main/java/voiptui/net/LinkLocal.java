package voiptui.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;

/** IPv6 link-local addresses, which exist once per interface and therefore need a zone (RFC 4007, section 11). Stateless. */
public final class LinkLocal {

    private LinkLocal() {}

    /** Returns whether the address is of one link but does not say of which. */
    public static boolean lacksZone(InetAddress address) {
        return address instanceof Inet6Address ipv6 && ipv6.isLinkLocalAddress() && ipv6.getScopeId() == 0;
    }

    /** Returns what to do about an address that lacks its zone, for the user. */
    public static String advice(InetAddress address) {
        String text = IpText.of(address);
        return text + " is a link-local address: add the interface that it is reached through, for example " + text
                + "%" + exampleInterface();
    }

    private static String exampleInterface() {
        try {
            List<NetworkInterface> interfaces = Collections.list(NetworkInterface.getNetworkInterfaces());
            for (NetworkInterface candidate : interfaces) {
                if (candidate.isUp() && !candidate.isLoopback()) {
                    return candidate.getName();
                }
            }
        } catch (SocketException unknown) {
            // Any name will do for an example.
        }
        return "eth0";
    }
}
