package voiptui.relay.media.linux;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import voiptui.relay.media.socket.MediaSockets;

/**
 * The sockets of all media threads: at each address to listen on, one for each thread, which share the port (socket(7), SO_REUSEPORT) and
 * among which the system chooses by {@link Steering}. Opened by the thread that starts the relay.
 */
public final class SocketGroups {

    /**
     * Room for what arrives while the thread does not run. The system counts some 2,300 bytes for a long packet, and allows twice of this:
     * 15 ms of 230,000 packets a second.
     */
    private static final int BUFFER_BYTES = 4 * 1024 * 1024;

    /** With less room, a flood takes that of all other clients, so that sockets of their own are better. */
    private static final int MIN_BUFFER_BYTES = 1024 * 1024;

    private final LibC libC;
    private final Steering steering;
    private final String whyOneThread;
    /** For each thread, its sockets in the order of the addresses. */
    private final List<List<LinuxSocket>> sockets = new ArrayList<>();

    private SocketGroups(LibC libC, Steering steering, String whyOneThread) {
        this.libC = libC;
        this.steering = steering;
        this.whyOneThread = whyOneThread;
        for (int i = 0; i < steering.threads(); i++) {
            sockets.add(new ArrayList<>());
        }
    }

    /**
     * Opens sockets on the ports of others, which are to be closed then. For one thread if the system does not share a port in this way.
     *
     * @param always also if the system grants too small a buffer
     * @param threads how many threads there are to be
     * @throws IOException if the system refuses, or grants too small a buffer; the sockets then still belong to the caller
     * @throws UnsatisfiedLinkError if this is not Linux, or the libraries are missing
     */
    public static SocketGroups open(MediaSockets replaced, boolean always, int threads) throws IOException {
        return open(replaced, always, Steering.among(threads));
    }

    /** The same with a given rule. */
    static SocketGroups open(MediaSockets replaced, boolean always, Steering rule) throws IOException {
        LibC libC = LibC.load();
        try {
            return open(libC, replaced, always, rule, "");
        } catch (IOException refused) {
            if (rule.threads() == 1) {
                throw refused;
            }
            // If the threads are not the reason, this fails, too.
            return open(libC, replaced, always, Steering.among(1), String.valueOf(refused.getMessage()));
        }
    }

    private static SocketGroups open(
            LibC libC, MediaSockets replaced, boolean always, Steering steering, String whyOneThread)
            throws IOException {
        SocketGroups groups = new SocketGroups(libC, steering, whyOneThread);
        try {
            replaced.handOver(groups::openGroup);
            for (List<LinuxSocket> ofOneThread : groups.sockets) {
                for (LinuxSocket socket : ofOneThread) {
                    socket.useAlone();
                    requireBuffer(socket, always);
                }
            }
            return groups;
        } catch (IOException | RuntimeException failed) {
            groups.close(0);
            throw failed;
        }
    }

    private void openGroup(InetSocketAddress address) throws IOException {
        if (sockets.size() == 1) {
            sockets.get(0).add(LinuxSocket.open(libC, address, BUFFER_BYTES));
            return;
        }
        for (List<LinuxSocket> ofOneThread : sockets) {
            ofOneThread.add(LinuxSocket.openShared(libC, address, BUFFER_BYTES));
        }
        List<LinuxSocket> first = sockets.get(0);
        first.get(first.size() - 1).steer(steering);
    }

    private static void requireBuffer(LinuxSocket socket, boolean always) throws IOException {
        // The system counts its own overhead, too, and reports twice of what it was asked for.
        int granted = socket.receiveBufferBytes() / 2;
        if (granted < MIN_BUFFER_BYTES && !always) {
            throw new IOException("the system grants a receive buffer of " + granted / 1024
                    + " kB only; sysctl net.core.rmem_max=" + BUFFER_BYTES + " allows more");
        }
    }

    /** Returns the library that they are used with. */
    public LibC libC() {
        return libC;
    }

    /** Returns which thread reads what; also how many threads there are. */
    public Steering steering() {
        return steering;
    }

    /** Returns why there is one thread only although more were wanted; empty: there are as many as were wanted. */
    public String whyOneThread() {
        return whyOneThread;
    }

    /** Returns the sockets of a thread, in the order of the addresses to listen on. */
    public List<LinuxSocket> of(int thread) {
        return sockets.get(thread);
    }

    /** Closes the sockets of all threads from this one on. */
    public void close(int thread) {
        for (List<LinuxSocket> ofOneThread : sockets.subList(thread, sockets.size())) {
            ofOneThread.forEach(LinuxSocket::close);
        }
    }
}
