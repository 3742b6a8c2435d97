package voiptui.relay.media.linux;

import static org.lwjgl.system.MemoryUtil.memGetShort;
import static org.lwjgl.system.MemoryUtil.memPutInt;
import static org.lwjgl.system.MemoryUtil.memPutLong;
import static org.lwjgl.system.MemoryUtil.memPutShort;
import static org.lwjgl.system.MemoryUtil.nmemCallocChecked;
import static org.lwjgl.system.MemoryUtil.nmemFree;

import java.io.IOException;
import java.util.List;

/** Waits for datagrams at several sockets, or for another thread. Media thread, except {@link #wakeup}. */
public final class SocketPoll {

    private final LibC libC;
    private final int sockets;
    private final int wakeDescriptor;
    /** The array of {@code pollfd}; eight bytes to write to the wake-up's descriptor, and eight to read it to. */
    private final long memory;

    private final long one;
    private final long ignored;
    /** Guarded by this, so that nobody writes to a descriptor that has been closed and given to something else. */
    private boolean closed;

    /**
     * Prepares to wait.
     *
     * @throws IOException if the system grants no descriptor
     */
    public SocketPoll(LibC libC, List<LinuxSocket> sockets) throws IOException {
        this.libC = libC;
        this.sockets = sockets.size();
        this.wakeDescriptor = libC.eventDescriptor();
        if (wakeDescriptor < 0) {
            throw new IOException("the system grants no event descriptor");
        }
        this.memory = nmemCallocChecked(sockets.size() + 3, LibC.POLLFD_BYTES);
        this.one = waiting(sockets.size() + 1);
        this.ignored = one + Long.BYTES;
        memPutLong(one, 1);
        for (int i = 0; i < sockets.size(); i++) {
            add(i, sockets.get(i).descriptor);
        }
        add(sockets.size(), wakeDescriptor);
    }

    private void add(int index, int descriptor) {
        memPutInt(waiting(index), descriptor);
        memPutShort(waiting(index) + LibC.POLLFD_EVENTS_AT, (short) LibC.POLLIN);
    }

    private long waiting(int index) {
        return memory + (long) index * LibC.POLLFD_BYTES;
    }

    /** Waits until a socket is ready or {@link #wakeup} is called; or just looks. */
    public void await(boolean mayWait) {
        if (libC.poll(memory, sockets + 1, mayWait ? -1 : 0) > 0 && ready(sockets) != 0) {
            libC.read(wakeDescriptor, ignored, Long.BYTES);
        }
    }

    /** Returns whether a socket has datagrams. */
    public boolean isReadable(int index) {
        return (ready(index) & LibC.POLLIN) != 0;
    }

    /** Returns whether a socket has something to tell about what was sent. */
    public boolean hasErrors(int index) {
        return (ready(index) & LibC.POLLERR) != 0;
    }

    private int ready(int index) {
        return memGetShort(waiting(index) + LibC.POLLFD_READY_AT);
    }

    /** Ends the wait, or the next one. Any thread. */
    public synchronized void wakeup() {
        if (!closed) {
            libC.write(wakeDescriptor, one, Long.BYTES);
        }
    }

    /** Closes the descriptor and frees the memory. Media thread; nothing but {@link #wakeup} may be called after that. */
    public synchronized void close() {
        closed = true;
        libC.close(wakeDescriptor);
        nmemFree(memory);
    }
}
