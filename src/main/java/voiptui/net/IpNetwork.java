package voiptui.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IP addresses with a common prefix, such as {@code 192.0.2.0/24} (RFC 4632, 3.1; RFC 4291, 2.3). Immutable.
 *
 * @param address the first address of the range
 * @param prefixBits the length of the prefix: 0 to 32 (IPv4) or 0 to 128 (IPv6)
 */
public record IpNetwork(InetAddress address, int prefixBits) {

    private static final int IPV4_BYTES = 4;
    /** What one customer of an IPv6 network has: RFC 6177, 2. */
    private static final int IPV6_SITE_BITS = 64;

    private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");

    /**
     * Sets the bits after the prefix to zero.
     *
     * @throws IllegalArgumentException if the prefix is longer than an address
     */
    public IpNetwork {
        byte[] bytes = address.getAddress();
        if (prefixBits < 0 || prefixBits > bytes.length * Byte.SIZE) {
            throw new IllegalArgumentException("a prefix of " + prefixBits + " bits");
        }
        address = first(bytes, prefixBits);
    }

    /** Parses {@code ADDRESS} or {@code ADDRESS/PREFIX}; empty: anything else. */
    public static Optional<IpNetwork> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = IpText.parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int most = bits(address.get());
        if (slash < 0) {
            return Optional.of(new IpNetwork(address.get(), most));
        }
        String prefix = text.substring(slash + 1);
        return PREFIX.matcher(prefix).matches() && Integer.parseInt(prefix) <= most
                ? Optional.of(new IpNetwork(address.get(), Integer.parseInt(prefix)))
                : Optional.empty();
    }

    /** Returns what one customer of a network has: an IPv4 address, or the 64-bit prefix of an IPv6 address. */
    public static IpNetwork ofSite(InetAddress address) {
        int bits = bits(address);
        return new IpNetwork(address, bits == IPV4_BYTES * Byte.SIZE ? bits : IPV6_SITE_BITS);
    }

    /** Returns whether {@code other} is in the range. */
    public boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        return bits(address) == bits(other) && Arrays.equals(mask(bytes, prefixBits), address.getAddress());
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    private static InetAddress first(byte[] bytes, int prefixBits) {
        try {
            return InetAddress.getByAddress(mask(bytes, prefixBits));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] mask(byte[] bytes, int prefixBits) {
        byte[] masked = new byte[bytes.length];
        int whole = prefixBits / Byte.SIZE;
        System.arraycopy(bytes, 0, masked, 0, whole);
        if (whole < bytes.length) {
            masked[whole] = (byte) (bytes[whole] & ~(0xff >> prefixBits % Byte.SIZE));
        }
        return masked;
    }

    /** Returns {@code ADDRESS/PREFIX}, or just the address if the range has no other. */
    @Override
    public String toString() {
        return IpText.of(address) + (prefixBits == bits(address) ? "" : "/" + prefixBits);
    }
}
