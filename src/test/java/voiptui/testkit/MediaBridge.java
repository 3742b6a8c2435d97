package voiptui.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Joins the media of a {@link V2Peer} that is in a call with a program on this machine that knows RTP and nothing else, such
 * as {@link GStreamer}: what it sends to {@link #address} goes to the relay, RTP that comes from there goes to it, and RTCP
 * that comes is counted and kept from it. Keeps the peer bound meanwhile.
 *
 * <p>Two threads of its own; the peer's media belongs to them until this is closed.
 */
public final class MediaBridge implements AutoCloseable {

    private static final long BIND_NS = 500_000_000;
    private static final int TURN_MS = 20;

    private final V2Media media;
    private final InetSocketAddress program;
    private final DatagramSocket socket;
    private final AtomicLong rtp = new AtomicLong();
    private final AtomicLong rtcp = new AtomicLong();
    private final Thread inward = new Thread(this::fromRelay, "test-bridge-in");
    private final Thread outward = new Thread(this::fromProgram, "test-bridge-out");
    private volatile boolean closed;

    /**
     * Begins.
     *
     * @param peer in a call
     * @param program where RTP from the other side of the call goes
     */
    public MediaBridge(V2Peer peer, InetSocketAddress program) throws IOException {
        this.media = peer.media();
        this.program = program;
        media.activate();
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(TURN_MS);
        for (Thread thread : new Thread[] {inward, outward}) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Where the program is to send its RTP. */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** RTP packets that came from the relay so far. */
    public long rtp() {
        return rtp.get();
    }

    /** RTCP packets that came from the relay so far. */
    public long rtcp() {
        return rtcp.get();
    }

    private void fromRelay() {
        long boundNs = System.nanoTime();
        try {
            while (!closed) {
                byte[] datagram = media.receive(TURN_MS).orElse(new byte[0]);
                if (RtpPacket.isRtcp(datagram)) {
                    rtcp.incrementAndGet();
                } else if (RtpPacket.isRtp(datagram)) {
                    rtp.incrementAndGet();
                    socket.send(new DatagramPacket(datagram, datagram.length, program));
                }
                if (System.nanoTime() - boundNs > BIND_NS) {
                    boundNs = System.nanoTime();
                    media.bind(true);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void fromProgram() {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        try {
            while (!closed) {
                try {
                    packet.setLength(65_536);
                    socket.receive(packet);
                    media.send(Arrays.copyOf(packet.getData(), packet.getLength()));
                } catch (SocketTimeoutException silent) {
                    // looks whether it is closed
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            inward.join();
            outward.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        socket.close();
    }
}
