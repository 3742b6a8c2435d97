package voiptui.relay.media.linux;

import static org.lwjgl.system.MemoryUtil.memGetInt;
import static org.lwjgl.system.MemoryUtil.nmemCallocChecked;
import static org.lwjgl.system.MemoryUtil.nmemFree;

import voiptui.relay.media.socket.PackedAddress;

/**
 * What ICMP has told about datagrams that a socket sent (ip(7), IP_RECVERR), read by one call of recvmmsg(2). Allocates nothing on
 * reading. Media thread.
 */
public final class ErrorBatch {

    private static final int COUNT = 32;
    /** Room for sock_extended_err and the address of whoever complains. */
    private static final int CONTROL_BYTES = 128;
    /** A datagram that could not be delivered comes back in parts; none of it is needed. */
    private static final int DATA_BYTES = 8;

    private static final int SOL_IP = 0;
    private static final int SOL_IPV6 = 41;
    private static final int REFUSED = 111;

    private final MessageArray messages = new MessageArray(COUNT, CONTROL_BYTES);
    private final long memory = nmemCallocChecked(COUNT, DATA_BYTES);

    /** Allocates a batch. */
    public ErrorBatch() {
        for (int i = 0; i < COUNT; i++) {
            messages.setData(i, memory + (long) i * DATA_BYTES, DATA_BYTES);
        }
    }

    /** Reads what there is; returns how many errors. Forgets those read before. */
    public int read(LinuxSocket socket) {
        for (int i = 0; i < COUNT; i++) {
            messages.prepareToRead(i);
        }
        return Math.max(0, socket.readErrors(messages, COUNT));
    }

    /** Returns whether the receiver's host says that nobody listens there: ICMP port unreachable. */
    public boolean isRefused(int index) {
        long error = messages.controlData(index, SOL_IP, LinuxSocket.IP_RECVERR);
        if (error == 0) {
            error = messages.controlData(index, SOL_IPV6, LinuxSocket.IPV6_RECVERR);
        }
        return error != 0 && memGetInt(error) == REFUSED;
    }

    /** Returns the first half of the address that the datagram was sent to; see {@link PackedAddress}. */
    public long receiverHigh(int index) {
        return messages.addressHigh(index);
    }

    /** Returns the other half. */
    public long receiverLow(int index) {
        return messages.addressLow(index);
    }

    /** Returns the port. */
    public int receiverPort(int index) {
        return messages.port(index);
    }

    /** Frees the memory; nothing may be used after that. */
    public void free() {
        messages.free();
        nmemFree(memory);
    }
}
