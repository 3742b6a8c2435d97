package voiptui.relay.media.linux;

import static org.lwjgl.system.JNI.invokeI;
import static org.lwjgl.system.JNI.invokePPPI;
import static org.lwjgl.system.JNI.invokePPPPI;
import static org.lwjgl.system.JNI.invokePPPPPI;
import static org.lwjgl.system.MemoryUtil.NULL;
import static org.lwjgl.system.MemoryUtil.memAddress;

import java.util.Set;
import org.lwjgl.system.MemoryStack;
import voiptui.natives.SystemLibrary;

/**
 * What we use of Linux's C library: UDP sockets (udp(7)), read and written in batches (recvmmsg(2), sendmmsg(2)), and waiting for them
 * (poll(2), eventfd(2)). The constants are those of x86-64 and AArch64. Addresses are those of native memory, and nothing here checks
 * them. Functions return -1 on failure. Any thread; allocates nothing.
 *
 * <p>Integers are passed in registers of 64 bits, whose upper half the functions ignore (System V ABI, AAPCS64).
 */
public final class LibC {

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64");
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x8_0000;

    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;
    /** As the service's unit allows. */
    private static final int MEDIA_NICENESS = -10;

    private static final int PR_SET_TIMERSLACK = 29;
    private static final int TIMER_SLACK_NS = 1_000;

    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_ERRQUEUE = 0x2000;
    static final int POLLIN = 1;
    static final int POLLOUT = 4;
    static final int POLLERR = 8;
    /** sizeof(struct pollfd): a descriptor, and 16 bits each of what is wanted and what there is. */
    static final int POLLFD_BYTES = 8;

    static final int POLLFD_EVENTS_AT = 4;
    static final int POLLFD_READY_AT = 6;

    private final long socket;
    private final long bind;
    private final long setOption;
    private final long getOption;
    private final long receive;
    private final long send;
    private final long poll;
    private final long eventDescriptor;
    private final long read;
    private final long write;
    private final long close;
    private final long priority;
    private final long processOption;

    private LibC(SystemLibrary library) {
        this.socket = library.function("socket");
        this.bind = library.function("bind");
        this.setOption = library.function("setsockopt");
        this.getOption = library.function("getsockopt");
        this.receive = library.function("recvmmsg");
        this.send = library.function("sendmmsg");
        this.poll = library.function("poll");
        this.eventDescriptor = library.function("eventfd");
        this.read = library.function("read");
        this.write = library.function("write");
        this.close = library.function("close");
        this.priority = library.function("setpriority");
        this.processOption = library.function("prctl");
    }

    /**
     * Loads the library. Reads files.
     *
     * @throws UnsatisfiedLinkError if this is not Linux with glibc on a processor that the constants are for; says why
     */
    public static LibC load() {
        String architecture = System.getProperty("os.arch", "");
        if (!ARCHITECTURES.contains(architecture)) {
            throw new UnsatisfiedLinkError(
                    "system calls are known for x86-64 and AArch64 only, not for " + architecture);
        }
        return new LibC(SystemLibrary.open("libc.so.6"));
    }

    /**
     * Has the system run the calling thread before most others, where this process may ask for that (setpriority(2), RLIMIT_NICE), and
     * wake it up exactly when it wants to (prctl(2), PR_SET_TIMERSLACK).
     */
    public void hurryThisThread() {
        invokePPPI(PRIO_PROCESS, CALLING_THREAD, MEDIA_NICENESS, priority);
        invokePPPPPI(PR_SET_TIMERSLACK, TIMER_SLACK_NS, 0, 0, 0, processOption);
    }

    /** Returns the descriptor of a non-blocking UDP socket. */
    int udpSocket(int family) {
        return invokeI(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, socket);
    }

    /** Binds a socket to the address in a {@code sockaddr}. */
    int bind(int descriptor, long address, int bytes) {
        return invokePPPI(descriptor, address, bytes, bind);
    }

    /** Sets an option that is an int. */
    int setOption(int descriptor, int level, int option, int value) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            long at = stack.nint(value);
            return invokePPPPPI(descriptor, level, option, at, Integer.BYTES, setOption);
        }
    }

    /** Sets an option that is a structure. */
    int setOption(int descriptor, int level, int option, long value, int bytes) {
        return invokePPPPPI(descriptor, level, option, value, bytes, setOption);
    }

    /** Returns an option that is an int; -1 on failure. */
    int option(int descriptor, int level, int option) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            var value = stack.ints(0);
            var length = stack.ints(Integer.BYTES);
            long valueAt = memAddress(value);
            long lengthAt = memAddress(length);
            int result = invokePPPPPI(descriptor, level, option, valueAt, lengthAt, getOption);
            return result == 0 ? value.get(0) : -1;
        }
    }

    /** Reads datagrams into the messages of a {@code mmsghdr} array; returns how many. Does not wait. */
    int receive(int descriptor, long messages, int count, int flags) {
        return invokePPPPPI(descriptor, messages, count, flags | MSG_DONTWAIT, NULL, receive);
    }

    /** Sends the messages of a {@code mmsghdr} array; returns how many, up to the first that fails. Does not wait. */
    int send(int descriptor, long messages, int count) {
        return invokePPPPI(descriptor, messages, count, MSG_DONTWAIT, send);
    }

    /**
     * Waits for descriptors.
     *
     * @param waiting an array of {@code pollfd}
     * @param timeoutMs negative: until one is ready
     */
    int poll(long waiting, int count, int timeoutMs) {
        return invokePPPI(waiting, count, timeoutMs, poll);
    }

    /** Returns the descriptor of a counter of 64 bits that is readable while it is not 0. */
    int eventDescriptor() {
        return invokeI(0, SOCK_NONBLOCK | SOCK_CLOEXEC, eventDescriptor);
    }

    /** Reads; returns how many bytes. */
    int read(int descriptor, long to, int bytes) {
        return invokePPPI(descriptor, to, bytes, read);
    }

    /** Writes; returns how many bytes. */
    int write(int descriptor, long from, int bytes) {
        return invokePPPI(descriptor, from, bytes, write);
    }

    /** Closes a descriptor. */
    void close(int descriptor) {
        invokeI(descriptor, close);
    }
}
