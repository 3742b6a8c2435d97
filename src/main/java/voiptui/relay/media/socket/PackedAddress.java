package voiptui.relay.media.socket;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * A socket address as numbers, which are compared and looked up without an object: the 16 bytes of an IPv6 address, big-endian, or of the
 * IPv4-mapped one (RFC 4291, 2.5.5.2).
 *
 * @param high the first eight bytes
 * @param low the other eight bytes
 * @param port the port
 * @param scope the interface of a link-local address; 0: none
 */
public record PackedAddress(long high, long low, int port, int scope) {

    private static final long MAPPED = 0xffff_0000_0000L;
    private static final long IPV4_MASK = 0xffff_ffffL;
    private static final int IPV6_BYTES = 16;

    /** Packs a resolved address. */
    public static PackedAddress of(InetSocketAddress address) {
        return of(address.getAddress(), address.getPort());
    }

    /** Packs an address and a port. */
    public static PackedAddress of(InetAddress address, int port) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        if (bytes.remaining() < IPV6_BYTES) {
            return new PackedAddress(0, mapped(bytes.getInt(0)), port, 0);
        }
        int scope = address instanceof Inet6Address ipv6 ? ipv6.getScopeId() : 0;
        return new PackedAddress(bytes.getLong(0), bytes.getLong(Long.BYTES), port, scope);
    }

    /** Returns the last eight bytes of the mapped address; the first eight are 0. */
    public static long mapped(int ipv4) {
        return MAPPED | ipv4 & IPV4_MASK;
    }

    /** Returns the address without the port. */
    public InetAddress address() {
        byte[] bytes = new byte[IPV6_BYTES];
        ByteBuffer.wrap(bytes).putLong(high).putLong(low);
        try {
            return scope == 0 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, scope);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the address as the JDK has it. */
    public InetSocketAddress unpacked() {
        return new InetSocketAddress(address(), port);
    }
}
