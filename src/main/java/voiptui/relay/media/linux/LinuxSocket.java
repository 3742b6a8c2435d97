package voiptui.relay.media.linux;

import static org.lwjgl.system.MemoryUtil.memAddress;
import static org.lwjgl.system.MemoryUtil.memGetShort;
import static org.lwjgl.system.MemoryUtil.memPutInt;
import static org.lwjgl.system.MemoryUtil.memPutShort;
import static org.lwjgl.system.MemoryUtil.nmemAllocChecked;
import static org.lwjgl.system.MemoryUtil.nmemFree;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.lwjgl.system.MemoryStack;
import voiptui.relay.media.socket.PackedAddress;

/**
 * An unconnected UDP socket of the relay, read and written in batches. If it listens on all addresses, each datagram tells which of them
 * it came to, and an answer leaves from there. Created by the thread that starts the relay, then owned by the media thread.
 */
public final class LinuxSocket {

    static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_REUSEPORT = 15;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    /** Also the type of the control message that tells the time. */
    static final int SO_TIMESTAMPNS = 35;

    private static final int SO_ATTACH_REUSEPORT_CBPF = 51;

    private static final int SOL_IP = 0;
    private static final int IP_TOS = 1;
    private static final int IP_MTU_DISCOVER = 10;
    /** Sets the flag that forbids fragments, and ignores what the path is known to carry. */
    private static final int IP_PMTUDISC_PROBE = 3;

    private static final int IP_PKTINFO = 8;
    static final int IP_RECVERR = 11;
    private static final int SOL_IPV6 = 41;
    static final int IPV6_RECVERR = 25;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_RECVPKTINFO = 49;
    private static final int IPV6_TCLASS = 67;
    /** Expedited Forwarding, the DSCP for voice (RFC 3246), as the upper six bits of the traffic class. */
    private static final int TRAFFIC_CLASS_EF = 46 << 2;

    private final LibC libC;
    final int descriptor;
    final int family;
    /** Whether it listens on all addresses. */
    final boolean listensOnAll;

    private final @Nullable InetAddress local;

    private LinuxSocket(LibC libC, int descriptor, int family, @Nullable InetAddress local) {
        this.libC = libC;
        this.descriptor = descriptor;
        this.family = family;
        this.local = local;
        this.listensOnAll = local == null;
    }

    /**
     * Opens a socket on a port that another socket of this process may have, too: while that has SO_REUSEADDR.
     *
     * @param address the wildcard address of IPv6: all of both families
     * @param bufferBytes room for datagrams in both directions; the system may grant less to those without privileges
     * @throws IOException if the system refuses
     */
    public static LinuxSocket open(LibC libC, InetSocketAddress address, int bufferBytes) throws IOException {
        return open(libC, address, bufferBytes, false);
    }

    /**
     * Opens one of several sockets that share a port, among which the system chooses by the sender; see {@link #steer}.
     *
     * @throws IOException if the system refuses
     */
    static LinuxSocket openShared(LibC libC, InetSocketAddress address, int bufferBytes) throws IOException {
        return open(libC, address, bufferBytes, true);
    }

    private static LinuxSocket open(LibC libC, InetSocketAddress address, int bufferBytes, boolean shared)
            throws IOException {
        InetAddress local = address.getAddress();
        int family = local instanceof Inet4Address ? LibC.AF_INET : LibC.AF_INET6;
        int descriptor = libC.udpSocket(family);
        if (descriptor < 0) {
            throw new IOException("the system grants no UDP socket");
        }
        LinuxSocket socket = new LinuxSocket(libC, descriptor, family, local.isAnyLocalAddress() ? null : local);
        try {
            socket.configure(bufferBytes);
            if (shared) {
                socket.set("SO_REUSEPORT", SOL_SOCKET, SO_REUSEPORT, 1);
            }
            socket.bind(address);
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    private void configure(int bufferBytes) throws IOException {
        set("SO_REUSEADDR", SOL_SOCKET, SO_REUSEADDR, 1);
        if (libC.setOption(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, bufferBytes) < 0) {
            set("SO_RCVBUF", SOL_SOCKET, SO_RCVBUF, bufferBytes);
        }
        if (libC.setOption(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, bufferBytes) < 0) {
            set("SO_SNDBUF", SOL_SOCKET, SO_SNDBUF, bufferBytes);
        }
        // On a socket of both families, the options of IPv4 are for what is mapped.
        libC.setOption(descriptor, SOL_IP, IP_TOS, TRAFFIC_CLASS_EF);
        set("IP_RECVERR", SOL_IP, IP_RECVERR, 1);
        if (family == LibC.AF_INET6) {
            set("IPV6_V6ONLY", SOL_IPV6, IPV6_V6ONLY, listensOnAll ? 0 : 1);
            libC.setOption(descriptor, SOL_IPV6, IPV6_TCLASS, TRAFFIC_CLASS_EF);
            set("IPV6_RECVERR", SOL_IPV6, IPV6_RECVERR, 1);
        }
        if (listensOnAll && family == LibC.AF_INET6) {
            set("IPV6_RECVPKTINFO", SOL_IPV6, IPV6_RECVPKTINFO, 1);
        } else if (listensOnAll) {
            set("IP_PKTINFO", SOL_IP, IP_PKTINFO, 1);
        }
    }

    private void set(String name, int level, int option, int value) throws IOException {
        if (libC.setOption(descriptor, level, option, value) < 0) {
            throw new IOException("the system refuses " + name);
        }
    }

    private void bind(InetSocketAddress address) throws IOException {
        PackedAddress packed = listensOnAll ? new PackedAddress(0, 0, address.getPort(), 0) : PackedAddress.of(address);
        try (MemoryStack stack = MemoryStack.stackPush()) {
            long name = memAddress(stack.calloc(32));
            if (libC.bind(descriptor, name, MessageArray.putName(name, packed, family)) < 0) {
                throw new IOException("cannot bind " + address);
            }
        }
    }

    /** Returns the address that it is bound to; null: all addresses. Any thread. */
    public @Nullable InetAddress local() {
        return local;
    }

    /** Keeps other programs from the port, from now on. */
    public void useAlone() throws IOException {
        set("SO_REUSEADDR", SOL_SOCKET, SO_REUSEADDR, 0);
    }

    /**
     * Has the system choose among the sockets that share this port by a rule, in the order in which they were opened.
     *
     * @throws IOException if it refuses
     */
    void steer(Steering rule) throws IOException {
        int bytes = rule.programBytes();
        long program = nmemAllocChecked(bytes);
        try {
            rule.putProgram(program);
            if (libC.setOption(descriptor, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, program, Steering.HEADER_BYTES) < 0) {
                throw new IOException("the system refuses SO_ATTACH_REUSEPORT_CBPF");
            }
        } finally {
            nmemFree(program);
        }
    }

    /**
     * Has the system note when each datagram arrives (socket(7), SO_TIMESTAMPNS); see {@link ReceiveBatch#arrivedNs}.
     *
     * @throws IOException if it refuses
     */
    public void stampArrivals() throws IOException {
        set("SO_TIMESTAMPNS", SOL_SOCKET, SO_TIMESTAMPNS, 1);
    }

    /**
     * Sends datagrams in one piece only, so that the system need not choose a number for each: for what never leaves this machine.
     *
     * @throws IOException if it refuses
     */
    public void sendWhole() throws IOException {
        set("IP_MTU_DISCOVER", SOL_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE);
    }

    /** Returns the room for what arrives, in bytes, as the system counts. */
    public int receiveBufferBytes() {
        return libC.option(descriptor, SOL_SOCKET, SO_RCVBUF);
    }

    /** Reads datagrams; returns how many, negative on failure. */
    int read(MessageArray messages, int count) {
        return libC.receive(descriptor, messages.header(0), count, 0);
    }

    /** Reads what ICMP has told; returns how many errors, negative on failure. */
    int readErrors(MessageArray messages, int count) {
        return libC.receive(descriptor, messages.header(0), count, LibC.MSG_ERRQUEUE);
    }

    /** Sends some of the messages; returns how many, up to the first that fails. */
    int write(MessageArray messages, int from, int count) {
        return libC.send(descriptor, messages.header(from), count);
    }

    /** Returns whether there is room for a datagram that is to be sent. */
    boolean isWritable() {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            long waiting = memAddress(stack.calloc(LibC.POLLFD_BYTES));
            memPutInt(waiting, descriptor);
            memPutShort(waiting + LibC.POLLFD_EVENTS_AT, (short) LibC.POLLOUT);
            libC.poll(waiting, 1, 0);
            return (memGetShort(waiting + LibC.POLLFD_READY_AT) & LibC.POLLOUT) != 0;
        }
    }

    /** Closes the socket; nothing may be used after that. */
    public void close() {
        libC.close(descriptor);
    }
}
