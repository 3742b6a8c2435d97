package voiptui.relay.media.linux;

import static org.lwjgl.system.MemoryUtil.memAddress;

import java.nio.ByteBuffer;
import voiptui.relay.media.socket.PackedAddress;

/**
 * Datagrams to be sent by one call of sendmmsg(2). Their data is not copied: it must stay until {@link #flush}. Allocates nothing. Media
 * thread.
 */
public final class SendBatch {

    /** Receives what became of the datagrams. */
    public interface Results {

        /** So many were sent, of so many bytes. */
        void onSent(int datagrams, long bytes);

        /** One was not sent. */
        void onFailed(boolean noRoom, boolean isAnswer);
    }

    private static final int CONTROL_BYTES = 64;

    private final MessageArray messages;
    private final LinuxSocket[] sockets;
    private final int[] lengths;
    private final boolean[] answers;
    private final Results results;
    private int size;

    /**
     * Allocates a batch.
     *
     * @param count the most datagrams sent at once
     */
    public SendBatch(int count, Results results) {
        this.messages = new MessageArray(count, CONTROL_BYTES);
        this.sockets = new LinuxSocket[count];
        this.lengths = new int[count];
        this.answers = new boolean[count];
        this.results = results;
    }

    /**
     * Adds a datagram; sends the others first if there is no room.
     *
     * @param from the address that it leaves from, if the socket listens on all
     * @param datagram between position and limit, in native memory
     * @param isAnswer whether it is reported as an answer, and not counted as sent
     */
    public void add(LinuxSocket socket, PackedAddress to, PackedAddress from, ByteBuffer datagram, boolean isAnswer) {
        if (size == lengths.length) {
            flush();
        }
        int at = size++;
        sockets[at] = socket;
        lengths[at] = datagram.remaining();
        answers[at] = isAnswer;
        messages.setData(at, memAddress(datagram), lengths[at]);
        messages.setAddress(at, to, socket.family);
        if (socket.listensOnAll) {
            messages.setSource(at, from, socket.family);
        } else {
            messages.clearSource(at);
        }
    }

    /** Sends what was added. */
    public void flush() {
        int at = 0;
        while (at < size) {
            int end = at + 1;
            while (end < size && sockets[end] == sockets[at]) {
                end++;
            }
            at += send(sockets[at], at, end - at);
        }
        size = 0;
    }

    /** Sends a run of datagrams through one socket; returns how many it has dealt with. */
    private int send(LinuxSocket socket, int at, int count) {
        int sent = socket.write(messages, at, count);
        if (sent > 0) {
            reportSent(at, sent);
            return sent;
        }
        if (!socket.isWritable()) {
            results.onFailed(true, answers[at]);
            return 1;
        }
        // Either an ICMP error about an earlier datagram, or the address to send from is no longer ours.
        if (socket.write(messages, at, 1) == 1 || writeFromAnyAddress(socket, at)) {
            reportSent(at, 1);
        } else {
            results.onFailed(false, answers[at]);
        }
        return 1;
    }

    private boolean writeFromAnyAddress(LinuxSocket socket, int at) {
        messages.clearSource(at);
        return socket.listensOnAll && socket.write(messages, at, 1) == 1;
    }

    private void reportSent(int from, int count) {
        int datagrams = 0;
        long bytes = 0;
        for (int i = from; i < from + count; i++) {
            if (!answers[i]) {
                datagrams++;
                bytes += lengths[i];
            }
        }
        results.onSent(datagrams, bytes);
    }

    /** Frees the memory; nothing may be used after that. */
    public void free() {
        messages.free();
    }
}
