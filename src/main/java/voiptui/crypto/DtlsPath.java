package voiptui.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;
import voiptui.net.DatagramSender;
import voiptui.rtp.RtpPacket;
import voiptui.time.NanoClock;

/**
 * The datagrams of a handshake, as Bouncy Castle sends and waits for them. Notices when the other side starts over: a client
 * with another random number than before (RFC 6347, 4.2.8).
 *
 * <p>Owned by the handshake thread, except for {@link #renew}.
 */
final class DtlsPath implements DatagramTransport {

    /** Longest datagram sent: it fits every path with room for tunnels. */
    private static final int MAX_SENT_BYTES = 1200;

    /** How often another handshake may be started by the other side, at most: a flood must not cost us the processor. */
    private static final long RESTART_PAUSE_NS = 200 * NanoClock.NS_PER_MS;

    /** Positions in a datagram that holds the start of a ClientHello (RFC 6347, 4.1, 4.2.2 and 4.2.1). */
    private static final int EPOCH_AT = 3;

    private static final int MESSAGE_AT = 13;
    private static final int FRAGMENT_OFFSET_AT = MESSAGE_AT + 6;
    private static final int RANDOM_AT = MESSAGE_AT + 14;
    private static final int RANDOM_BYTES = 32;
    private static final byte CHANGE_CIPHER_SPEC = 20;
    private static final byte HANDSHAKE = 22;
    private static final byte CLIENT_HELLO = 1;

    private final DatagramInbox inbox;
    private final DatagramSender network;
    private final boolean isServer;
    private final NanoClock clock;
    private SwitchListener onSwitch = () -> {};
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(RtpPacket.MAX_DATAGRAM_BYTES);
    private final byte[] hello = new byte[RtpPacket.MAX_DATAGRAM_BYTES];
    private int helloBytes;
    private byte @Nullable [] helloRandom;
    private long helloNs;
    private boolean silent;
    private volatile boolean renewed;

    /** Learns when a side is about to encrypt its part of the handshake. */
    interface SwitchListener {

        /**
         * Our ChangeCipherSpec is about to leave, for the first time or again: both sides' part of the keys is known.
         *
         * @throws IOException if the handshake must not go on
         */
        void onSwitch() throws IOException;
    }

    /** The handshake or the wait after it is over, because another handshake is to start. */
    static final class RestartedException extends IOException {
        private static final long serialVersionUID = 1;

        RestartedException() {
            super("another handshake starts");
        }
    }

    DtlsPath(DatagramInbox inbox, DatagramSender network, boolean isServer, NanoClock clock) {
        this.inbox = inbox;
        this.network = network;
        this.isServer = isServer;
        this.clock = clock;
    }

    /** Sets who learns of our ChangeCipherSpec in the next handshake. */
    void onSwitch(SwitchListener listener) {
        onSwitch = listener;
    }

    /** Asks for another handshake, as the client. Any thread. */
    void renew() {
        renewed = true;
        inbox.wake();
    }

    /**
     * Prepares the next handshake; as the server, waits for the client to start it, and as the client, forgets what answers an
     * earlier one.
     *
     * @return false if it did not within {@code waitMs}
     */
    boolean begin(int waitMs) throws IOException {
        renewed = false;
        if (helloBytes == 0) {
            helloRandom = null;
        }
        while (!isServer && inbox.take(hello, 0, hello.length, clock.nanoTime()) >= 0) {}
        long deadlineNs = clock.nanoTime() + waitMs * NanoClock.NS_PER_MS;
        while (isServer && helloBytes == 0) {
            long leftNs = deadlineNs - clock.nanoTime();
            if (leftNs <= 0) {
                return false;
            }
            receive(hello, 0, hello.length, (int) (leftNs / NanoClock.NS_PER_MS) + 1);
        }
        silent = false;
        return true;
    }

    @Override
    public int receive(byte[] buffer, int at, int room, int waitMs) throws IOException {
        if (helloBytes > 0 && buffer != hello) {
            int bytes = Math.min(room, helloBytes);
            System.arraycopy(hello, 0, buffer, at, bytes);
            helloBytes = 0;
            return bytes;
        }
        // What encrypts packets is loaded while the other side computes; that takes time once in a process.
        AesGcm.load();
        // Bouncy Castle's 0 is forever.
        long deadlineNs = clock.nanoTime() + (waitMs == 0 ? Integer.MAX_VALUE : waitMs) * NanoClock.NS_PER_MS;
        do {
            int bytes = inbox.take(buffer, at, room, deadlineNs);
            if (renewed) {
                restart();
            }
            if (bytes > 0 && isServer && isOtherClient(buffer, at, bytes)) {
                if (helloRandom != null && clock.nanoTime() - helloNs < RESTART_PAUSE_NS) {
                    continue;
                }
                helloRandom = Arrays.copyOfRange(buffer, at + RANDOM_AT, at + RANDOM_AT + RANDOM_BYTES);
                helloNs = clock.nanoTime();
                System.arraycopy(buffer, at, hello, 0, bytes);
                helloBytes = bytes;
                if (buffer == hello) {
                    return bytes;
                }
                restart();
            }
            if (bytes > 0) {
                return bytes;
            }
        } while (deadlineNs - clock.nanoTime() > 0);
        return -1;
    }

    /** Ends the handshake at hand without a word to the other side, which would take it for part of the next one. */
    private void restart() throws RestartedException {
        silent = true;
        throw new RestartedException();
    }

    private boolean isOtherClient(byte[] datagram, int at, int bytes) {
        if (bytes < RANDOM_AT + RANDOM_BYTES
                || datagram[at] != HANDSHAKE
                || datagram[at + MESSAGE_AT] != CLIENT_HELLO
                || !isZero(datagram, at + EPOCH_AT, 2)
                || !isZero(datagram, at + FRAGMENT_OFFSET_AT, 3)) {
            return false;
        }
        int from = at + RANDOM_AT;
        return helloRandom == null || !Arrays.equals(helloRandom, 0, RANDOM_BYTES, datagram, from, from + RANDOM_BYTES);
    }

    private static boolean isZero(byte[] datagram, int at, int bytes) {
        for (int i = at; i < at + bytes; i++) {
            if (datagram[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void send(byte[] buffer, int at, int bytes) throws IOException {
        if (!silent && buffer[at] == CHANGE_CIPHER_SPEC) {
            onSwitch.onSwitch();
        }
        if (!silent && !inbox.isClosed() && bytes <= outgoing.capacity()) {
            outgoing.clear().put(buffer, at, bytes).flip();
            network.send(outgoing);
        }
    }

    @Override
    public int getReceiveLimit() {
        return RtpPacket.MAX_DATAGRAM_BYTES;
    }

    @Override
    public int getSendLimit() {
        return MAX_SENT_BYTES;
    }

    @Override
    public void close() {
        silent = true;
    }
}
