package voiptui.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
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
    /** Of what comes from the relay, the part that it is told was lost; 0: it is told nothing. */
    private final double reportedLoss;

    private final AtomicLong rtp = new AtomicLong();
    private final AtomicLong rtcp = new AtomicLong();
    private final Thread inward = new Thread(this::fromRelay, "test-bridge-in");
    private final Thread outward = new Thread(this::fromProgram, "test-bridge-out");
    private volatile int programSsrc;
    private volatile boolean closed;

    /**
     * Begins.
     *
     * @param peer in a call
     * @param program where RTP from the other side of the call goes
     */
    public MediaBridge(V2Peer peer, InetSocketAddress program) throws IOException {
        this(peer, program, 0);
    }

    /**
     * Begins, and tells the other side of the call twice a second that packets were lost, which they were not: once the
     * program has sent RTP, since only reports of its source are believed.
     *
     * @param peer in a call
     * @param program where RTP from the other side of the call goes
     * @param reportedLoss from 0 to 1
     */
    public MediaBridge(V2Peer peer, InetSocketAddress program, double reportedLoss) throws IOException {
        this.media = peer.media();
        this.program = program;
        this.reportedLoss = reportedLoss;
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
        RtpPacket last = null;
        try {
            while (!closed) {
                byte[] datagram = media.receive(TURN_MS).orElse(new byte[0]);
                if (RtpPacket.isRtcp(datagram)) {
                    rtcp.incrementAndGet();
                } else if (RtpPacket.isRtp(datagram)) {
                    rtp.incrementAndGet();
                    last = RtpPacket.parse(datagram);
                    socket.send(new DatagramPacket(datagram, datagram.length, program));
                }
                if (System.nanoTime() - boundNs > BIND_NS) {
                    boundNs = System.nanoTime();
                    media.bind(true);
                    if (reportedLoss > 0 && last != null && programSsrc != 0) {
                        media.send(lossReport(last));
                    }
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns a receiver report (RFC 3550, 6.4.2) and the name that must follow it. */
    private byte[] lossReport(RtpPacket last) {
        return ByteBuffer.allocate(44)
                .putInt(0x81_c9_0007)
                .putInt(programSsrc)
                .putInt((int) last.ssrc())
                .putInt((int) (reportedLoss * 256) << 24 | 1)
                .putInt(last.sequence())
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putInt(0x81_ca_0002)
                .putInt(programSsrc)
                .put(new byte[] {1, 1, 'b', 0})
                .array();
    }

    private void fromProgram() {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        try {
            while (!closed) {
                try {
                    packet.setLength(65_536);
                    socket.receive(packet);
                    byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
                    programSsrc = RtpPacket.isRtp(datagram)
                            ? (int) RtpPacket.parse(datagram).ssrc()
                            : programSsrc;
                    media.send(datagram);
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
