package voiptui.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.BindDatagram;
import voiptui.protocol.RelayMessage;
import voiptui.rtp.ClassicPacket;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.RtpPacket;

/**
 * The UDP traffic of many phones: binds, and RTP or classic packets from those in calls. Each packet says when it was sent, so that the
 * receiver knows how long it was under way.
 *
 * <p>The thread {@code bench-send} sends, evenly over time; {@code bench-receive} receives, and {@code bench-direct} what goes past the
 * relay. Any thread may call the methods.
 */
public final class PhoneMedia implements AutoCloseable {

    /** The shortest RTP packet: its header, and the time. */
    public static final int MIN_BYTES = RtpPacket.HEADER_BYTES + Long.BYTES;

    /** Short, so that packets of different phones do not come in long bursts, which no phones in the world send. */
    private static final long TURN_NS = 250_000;

    private static final long MS_NS = 1_000_000;
    private static final long SECOND_NS = 1_000_000_000;
    /** As {@code session} does: in a call every 0.5 s, between calls every 15 s, and until the first is answered. */
    private static final long BIND_IN_CALL_NS = 500 * MS_NS;

    private static final long BIND_IDLE_NS = 15_000 * MS_NS;
    private static final long BIND_AGAIN_NS = 200 * MS_NS;
    /** In how many turns it is looked after the binds of all phones. */
    private static final int BIND_TURNS = 200;
    /** Packets that could not be sent for so long are left out: the program is too slow. */
    private static final long MAX_LATE_NS = 100 * MS_NS;

    /** How often the pair of sockets speaks that has no relay in between: it shows what program and machine add. */
    private static final int DIRECT_TURNS = 20;

    private final int packetsPerS;
    private final int rtpBytes;
    private final List<MediaPhone> phones = new CopyOnWriteArrayList<>();
    private final Delays delays = new Delays();
    private final Delays directDelays = new Delays();
    private final DatagramChannel directFrom = DatagramChannel.open();
    private final DatagramChannel directTo = DatagramChannel.open();
    private final PhoneSockets sockets;
    private final Thread sending = new Thread(this::send, "bench-send");
    private final Thread receiving = new Thread(this::receive, "bench-receive");
    private final Thread receivingDirect = new Thread(this::receiveDirect, "bench-direct");
    private final ByteBuffer direct = ByteBuffer.allocateDirect(ClassicPacket.MAX_DATAGRAM_BYTES);
    private volatile int talking;
    private volatile boolean closed;
    private volatile long sent;
    private volatile long received;

    /**
     * Starts the threads.
     *
     * @param packetsPerS packets per second of each phone that talks
     * @param areLocal whether all phones have addresses of {@link LoopbackAddresses}, each its own
     * @param rtpBytes the length of RTP packets, at least {@value #MIN_BYTES}; classic packets have theirs
     */
    public PhoneMedia(int packetsPerS, int rtpBytes, boolean areLocal) throws IOException {
        this.packetsPerS = packetsPerS;
        this.rtpBytes = rtpBytes;
        sockets = areLocal ? localSockets() : new NioPhoneSockets();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        directTo.bind(new InetSocketAddress(loopback, 0));
        directFrom.bind(new InetSocketAddress(loopback, 0));
        directFrom.connect(directTo.getLocalAddress());
        sending.start();
        receiving.start();
        receivingDirect.start();
    }

    private static PhoneSockets localSockets() throws IOException {
        try (DatagramSocket free = new DatagramSocket()) {
            int port = free.getLocalPort();
            free.close();
            return BatchPhoneSockets.onPort(port);
        } catch (IOException | UnsatisfiedLinkError impossible) {
            return new NioPhoneSockets();
        }
    }

    /**
     * Opens the socket of a phone that is signed in, and keeps it bound.
     *
     * @param relay the relay's control address
     */
    public void add(LightPhone phone, InetSocketAddress relay) throws IOException {
        RelayMessage.Udp udp = phone.welcome().join().udp();
        String host = udp.host();
        InetSocketAddress media =
                new InetSocketAddress(host == null ? relay.getAddress() : InetAddress.getByName(host), udp.port());
        add(phone.from(), media, new MediaPhone.Bind(udp, System.nanoTime() - BIND_IDLE_NS));
    }

    /** Opens the socket of a classic client; returns its port. */
    int add(ClassicPhone phone, InetSocketAddress media) throws IOException {
        return add(phone.from(), media, null);
    }

    private int add(@Nullable InetAddress from, InetSocketAddress media, MediaPhone.@Nullable Bind bind)
            throws IOException {
        MediaPhone phone = new MediaPhone(from, media, bind);
        int port = sockets.open(phone);
        phones.add(phone);
        return port;
    }

    /** Returns how many v2 phones the relay sends media to, and all classic ones. */
    public long bound() {
        return phones.stream().filter(phone -> phone.active).count();
    }

    /** Has the first {@code count} phones send media, the others not. */
    public void talk(int count) {
        talking = count;
    }

    /** Returns the media packets sent so far. */
    public long sent() {
        return sent;
    }

    /** Returns the media packets received so far. */
    public long received() {
        return received;
    }

    /** Returns how long packets were under way. */
    public Delays delays() {
        return delays;
    }

    /** Returns how long packets were under way that went past the relay: what of {@link #delays} is not the relay's. */
    public Delays directDelays() {
        return directDelays;
    }

    /** Forgets all delays so far. */
    public void clearDelays() {
        delays.clear();
        directDelays.clear();
    }

    private void send() {
        long turn = 0;
        long nextNs = System.nanoTime();
        long beganNs = nextNs;
        int talkers = 0;
        long done = 0;
        while (!closed) {
            long nowNs = System.nanoTime();
            int wanted = Math.min(talking, phones.size());
            if (wanted != talkers) {
                talkers = wanted;
                beganNs = nowNs;
                done = 0;
            }
            long rate = (long) talkers * packetsPerS;
            long due = (nowNs - beganNs) * rate / SECOND_NS;
            done = Math.max(done, due - MAX_LATE_NS * rate / SECOND_NS);
            while (done < due && !closed) {
                sendMedia(phones.get((int) (done++ % talkers)));
            }
            sendBinds((int) (turn % BIND_TURNS), nowNs);
            sockets.flush();
            if (talkers > 0 && turn % DIRECT_TURNS == 0) {
                sendDirect();
            }
            turn++;
            nextNs = Math.max(nextNs + TURN_NS, System.nanoTime() - MAX_LATE_NS);
            while (nextNs - System.nanoTime() > 0 && !closed) {
                LockSupport.parkNanos(nextNs - System.nanoTime());
            }
        }
    }

    private void sendMedia(MediaPhone phone) {
        int sequence = ++phone.sequence;
        ByteBuffer out = sockets.buffer();
        if (phone.bind == null) {
            ClassicPacket.putSequence(out, sequence);
            out.putLong(ClassicPacket.HEADER_BYTES, WallClock.nowNs()).limit(ClassicPacket.PACKET_BYTES);
        } else {
            RtpPacket.writeHeader(
                    out,
                    false,
                    PayloadFormat.OPUS.payloadType(),
                    sequence,
                    sequence * (PayloadFormat.OPUS.clockHz() / packetsPerS),
                    phone.ssrc);
            out.putLong(RtpPacket.HEADER_BYTES, WallClock.nowNs()).limit(rtpBytes);
        }
        sent++;
        sockets.send(phone);
    }

    private void sendBinds(int share, long nowNs) {
        int size = phones.size();
        for (int i = share; i < size; i += BIND_TURNS) {
            MediaPhone phone = phones.get(i);
            MediaPhone.Bind bind = phone.bind;
            if (bind == null) {
                continue;
            }
            long interval = !phone.active ? BIND_AGAIN_NS : i < talking ? BIND_IN_CALL_NS : BIND_IDLE_NS;
            if (nowNs - bind.sentNs >= interval) {
                bind.sentNs = nowNs;
                BindDatagram.putRequest(
                        sockets.buffer(),
                        BindDatagram.MIN_BYTES,
                        bind.session,
                        ++bind.counter,
                        bind.cookie,
                        true,
                        bind.key);
                sockets.send(phone);
            }
        }
    }

    private void sendDirect() {
        try {
            direct.clear().limit(rtpBytes);
            directFrom.write(direct.putLong(RtpPacket.HEADER_BYTES, System.nanoTime()));
        } catch (IOException lost) {
            // it is missing among the delays, which is no harm
        }
    }

    private void receive() {
        try {
            while (!closed) {
                sockets.receive(this::onDatagram);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void onDatagram(MediaPhone phone, ByteBuffer datagram, long arrivedNs) {
        if (phone.bind == null) {
            onMedia(datagram, ClassicPacket.HEADER_BYTES, arrivedNs);
        } else if (BindDatagram.isAnswer(datagram)) {
            phone.bind.cookie = BindDatagram.cookie(datagram);
            phone.active = BindDatagram.isActive(datagram);
        } else {
            onMedia(datagram, RtpPacket.HEADER_BYTES, arrivedNs);
        }
    }

    private void onMedia(ByteBuffer datagram, int timeAt, long arrivedNs) {
        if (datagram.limit() >= timeAt + Long.BYTES) {
            received++;
            delays.add(arrivedNs - datagram.getLong(timeAt));
        }
    }

    /** The thread {@code bench-direct}: receives what goes past the relay. */
    private void receiveDirect() {
        ByteBuffer in = ByteBuffer.allocateDirect(ClassicPacket.MAX_DATAGRAM_BYTES);
        try {
            while (!closed) {
                directTo.receive(in.clear());
                directDelays.add(System.nanoTime() - in.getLong(RtpPacket.HEADER_BYTES));
            }
        } catch (IOException closing) {
            // the end
        }
    }

    /** Ends the threads and closes the sockets. */
    @Override
    public void close() throws IOException {
        closed = true;
        sockets.wakeup();
        directTo.close();
        try {
            sending.join();
            receiving.join();
            receivingDirect.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        directFrom.close();
        sockets.close();
    }
}
