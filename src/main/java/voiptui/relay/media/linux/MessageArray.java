package voiptui.relay.media.linux;

import static org.lwjgl.system.MemoryUtil.memGetInt;
import static org.lwjgl.system.MemoryUtil.memGetLong;
import static org.lwjgl.system.MemoryUtil.memGetShort;
import static org.lwjgl.system.MemoryUtil.memPutInt;
import static org.lwjgl.system.MemoryUtil.memPutLong;
import static org.lwjgl.system.MemoryUtil.memPutShort;
import static org.lwjgl.system.MemoryUtil.nmemCallocChecked;
import static org.lwjgl.system.MemoryUtil.nmemFree;

import voiptui.relay.media.socket.PackedAddress;

/**
 * An array of {@code mmsghdr} in native memory, as recvmmsg(2) and sendmmsg(2) use it on Linux with 64 bits, little-endian: each message
 * has one {@code iovec}, room for a socket address, and room for control data (cmsg(3)). One thread.
 */
final class MessageArray {

    /** sizeof(struct mmsghdr). */
    private static final int HEADER_BYTES = 64;

    private static final int NAME_LENGTH_AT = 8;
    private static final int VECTOR_AT = 16;
    private static final int VECTOR_COUNT_AT = 24;
    private static final int CONTROL_AT = 32;
    private static final int CONTROL_LENGTH_AT = 40;
    private static final int LENGTH_AT = 56;

    private static final int VECTOR_BYTES = 16;
    /** sizeof(struct sockaddr_in6) is 28. */
    private static final int NAME_BYTES = 32;

    private static final int IPV4_NAME_BYTES = 16;
    private static final int IPV6_NAME_BYTES = 28;
    private static final int PORT_AT = 2;
    private static final int IPV4_AT = 4;
    private static final int FLOW_AT = 4;
    private static final int IPV6_AT = 8;
    private static final int SCOPE_AT = 24;

    /** cmsg_len, cmsg_level, cmsg_type; data follows. Parts are aligned to eight bytes. */
    private static final int CONTROL_HEADER_BYTES = 16;

    private static final long NS_PER_S = 1_000_000_000;
    private static final int CONTROL_LEVEL_AT = 8;
    private static final int CONTROL_TYPE_AT = 12;
    private static final int SOL_IP = 0;
    private static final int SOL_IPV6 = 41;
    private static final int IP_PKTINFO = 8;
    private static final int IPV6_PKTINFO = 50;
    /** in_pktinfo: interface, local address for routing, destination of the packet. */
    private static final int IPV4_INFO_BYTES = 12;

    private static final int IPV4_INFO_SOURCE_AT = 4;
    private static final int IPV4_INFO_DESTINATION_AT = 8;
    /** in6_pktinfo: address, interface. */
    private static final int IPV6_INFO_BYTES = 20;

    private final int controlBytes;
    private final long memory;
    private final long vectors;
    private final long names;
    private final long controls;

    /**
     * Allocates an array.
     *
     * @param count the messages
     * @param controlBytes room for the control data of each, a multiple of eight
     */
    MessageArray(int count, int controlBytes) {
        this.controlBytes = controlBytes;
        this.memory = nmemCallocChecked(count, HEADER_BYTES + VECTOR_BYTES + NAME_BYTES + controlBytes);
        this.vectors = memory + (long) count * HEADER_BYTES;
        this.names = vectors + (long) count * VECTOR_BYTES;
        this.controls = names + (long) count * NAME_BYTES;
        for (int i = 0; i < count; i++) {
            memPutLong(header(i), name(i));
            memPutLong(header(i) + VECTOR_AT, vector(i));
            memPutLong(header(i) + VECTOR_COUNT_AT, 1);
            memPutLong(header(i) + CONTROL_AT, control(i));
        }
    }

    /** Returns the address of a message; the others follow. */
    long header(int index) {
        return memory + (long) index * HEADER_BYTES;
    }

    private long vector(int index) {
        return vectors + (long) index * VECTOR_BYTES;
    }

    private long name(int index) {
        return names + (long) index * NAME_BYTES;
    }

    private long control(int index) {
        return controls + (long) index * controlBytes;
    }

    /** Sets what a message is read to or written from. */
    void setData(int index, long address, int bytes) {
        memPutLong(vector(index), address);
        memPutLong(vector(index) + Long.BYTES, bytes);
    }

    /** Prepares a message for being read, which overwrites the lengths. */
    void prepareToRead(int index) {
        memPutInt(header(index) + NAME_LENGTH_AT, NAME_BYTES);
        memPutLong(header(index) + CONTROL_LENGTH_AT, controlBytes);
    }

    /** Returns how many bytes were read. */
    int length(int index) {
        return memGetInt(header(index) + LENGTH_AT);
    }

    /** Returns the first eight bytes of the sender's address; see {@link PackedAddress}. */
    long addressHigh(int index) {
        return isIpv4(index) ? 0 : Long.reverseBytes(memGetLong(name(index) + IPV6_AT));
    }

    /** Returns the other eight bytes. */
    long addressLow(int index) {
        return isIpv4(index)
                ? PackedAddress.mapped(Integer.reverseBytes(memGetInt(name(index) + IPV4_AT)))
                : Long.reverseBytes(memGetLong(name(index) + IPV6_AT + Long.BYTES));
    }

    /** Returns the sender's port. */
    int port(int index) {
        return Short.reverseBytes(memGetShort(name(index) + PORT_AT)) & 0xffff;
    }

    /** Returns the sender's address. */
    PackedAddress address(int index) {
        int scope = isIpv4(index) ? 0 : memGetInt(name(index) + SCOPE_AT);
        return new PackedAddress(addressHigh(index), addressLow(index), port(index), scope);
    }

    private boolean isIpv4(int index) {
        return memGetShort(name(index)) == LibC.AF_INET;
    }

    /** Sets the receiver's address, in the form that a socket of this family takes. */
    void setAddress(int index, PackedAddress to, int family) {
        memPutInt(header(index) + NAME_LENGTH_AT, putName(name(index), to, family));
    }

    /** Writes a {@code sockaddr}; returns its length. */
    static int putName(long at, PackedAddress address, int family) {
        memPutShort(at, (short) family);
        memPutShort(at + PORT_AT, Short.reverseBytes((short) address.port()));
        if (family == LibC.AF_INET) {
            memPutInt(at + IPV4_AT, Integer.reverseBytes((int) address.low()));
            memPutLong(at + IPV6_AT, 0);
            return IPV4_NAME_BYTES;
        }
        memPutInt(at + FLOW_AT, 0);
        memPutLong(at + IPV6_AT, Long.reverseBytes(address.high()));
        memPutLong(at + IPV6_AT + Long.BYTES, Long.reverseBytes(address.low()));
        memPutInt(at + SCOPE_AT, address.scope());
        return IPV6_NAME_BYTES;
    }

    /** Returns where the data of the control message with this level and type begins; 0: there is none. */
    long controlData(int index, int level, int type) {
        long at = control(index);
        long end = at + Math.min(controlBytes, memGetLong(header(index) + CONTROL_LENGTH_AT));
        while (end - at >= CONTROL_HEADER_BYTES) {
            long length = memGetLong(at);
            if (length < CONTROL_HEADER_BYTES || length > end - at) {
                return 0;
            }
            if (memGetInt(at + CONTROL_LEVEL_AT) == level && memGetInt(at + CONTROL_TYPE_AT) == type) {
                return at + CONTROL_HEADER_BYTES;
            }
            at += length + 7 & ~7L;
        }
        return 0;
    }

    /** Returns when the datagram arrived, in nanoseconds since 1970; 0: unknown. */
    long arrivedNs(int index) {
        long at = controlData(index, LinuxSocket.SOL_SOCKET, LinuxSocket.SO_TIMESTAMPNS);
        return at == 0 ? 0 : memGetLong(at) * NS_PER_S + memGetLong(at + Long.BYTES);
    }

    /** Returns where the address that the datagram came to is, as IPv6 on a socket of that family; 0: unknown. */
    private long destination(int index, int family) {
        if (family == LibC.AF_INET6) {
            return controlData(index, SOL_IPV6, IPV6_PKTINFO);
        }
        long info = controlData(index, SOL_IP, IP_PKTINFO);
        return info == 0 ? 0 : info + IPV4_INFO_DESTINATION_AT;
    }

    /** Returns the first eight bytes of the address that the datagram came to. */
    long destinationHigh(int index, int family) {
        long at = destination(index, family);
        return at == 0 || family == LibC.AF_INET ? 0 : Long.reverseBytes(memGetLong(at));
    }

    /** Returns the other eight bytes; 0: unknown. */
    long destinationLow(int index, int family) {
        long at = destination(index, family);
        if (at == 0) {
            return 0;
        }
        return family == LibC.AF_INET
                ? PackedAddress.mapped(Integer.reverseBytes(memGetInt(at)))
                : Long.reverseBytes(memGetLong(at + Long.BYTES));
    }

    /** Lets the system choose the address that the datagram leaves from. */
    void clearSource(int index) {
        memPutLong(header(index) + CONTROL_LENGTH_AT, 0);
    }

    /** Sets the address that the datagram leaves from (ip(7), IP_PKTINFO; RFC 3542, 6.2). */
    void setSource(int index, PackedAddress from, int family) {
        boolean ipv4 = family == LibC.AF_INET;
        long at = control(index);
        memPutLong(at, CONTROL_HEADER_BYTES + (ipv4 ? IPV4_INFO_BYTES : IPV6_INFO_BYTES));
        memPutInt(at + CONTROL_LEVEL_AT, ipv4 ? SOL_IP : SOL_IPV6);
        memPutInt(at + CONTROL_TYPE_AT, ipv4 ? IP_PKTINFO : IPV6_PKTINFO);
        long info = at + CONTROL_HEADER_BYTES;
        if (ipv4) {
            memPutInt(info, 0);
            memPutInt(info + IPV4_INFO_SOURCE_AT, Integer.reverseBytes((int) from.low()));
            memPutInt(info + IPV4_INFO_DESTINATION_AT, 0);
        } else {
            memPutLong(info, Long.reverseBytes(from.high()));
            memPutLong(info + Long.BYTES, Long.reverseBytes(from.low()));
            memPutInt(info + 2 * Long.BYTES, from.scope());
        }
        long padded = CONTROL_HEADER_BYTES + (ipv4 ? 16 : 24);
        memPutLong(header(index) + CONTROL_LENGTH_AT, padded);
    }

    /** Frees the memory; nothing may be used after that. */
    void free() {
        nmemFree(memory);
    }
}
