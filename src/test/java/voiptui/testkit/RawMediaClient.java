package voiptui.testkit;

import com.google.gson.JsonObject;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The UDP side of a v2 client for hostile tests: hand-written binds and media; see {@link RawTlsClient}. */
public final class RawMediaClient implements AutoCloseable {

    /** The shortest bind. */
    public static final int MIN_BYTES = 64;

    /** What a relay answered. */
    public record Answer(long session, long counter, long cookie, boolean active, int port, byte[] raw) {}

    private final InetSocketAddress media;
    private final UdpSocketClient udp;
    private final long session;
    private final byte[] key;
    private final AtomicLong counter;

    private RawMediaClient(String ip, InetSocketAddress media, long session, byte[] key, AtomicLong counter) {
        this.media = media;
        this.session = session;
        this.key = key;
        this.counter = counter;
        try {
            udp = new UdpSocketClient(InetAddress.getByName(ip), media);
        } catch (UnknownHostException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A socket at {@code ip} for the session of a {@code welcome}. */
    public RawMediaClient(String ip, InetSocketAddress media, JsonObject welcome) {
        this(
                ip,
                media,
                Long.parseUnsignedLong(welcome.get("udpSession").getAsString(), 16),
                HexFormat.of().parseHex(welcome.get("udpKey").getAsString()),
                new AtomicLong());
    }

    /** Another socket for the same session, as after a change of networks. */
    public RawMediaClient roam(String ip) {
        return new RawMediaClient(ip, media, session, key, counter);
    }

    /** From now on receives only what comes from the address that it sends to, as behind a NAT. Returns this client. */
    public RawMediaClient behindNat() {
        udp.receiveFromRelayOnly();
        return this;
    }

    /** Where it sends from. */
    public InetSocketAddress address() {
        return udp.address();
    }

    /** The session. */
    public long session() {
        return session;
    }

    /** The next counter, which is used with that. */
    public long nextCounter() {
        return counter.incrementAndGet();
    }

    /** The newest counter. */
    public long lastCounter() {
        return counter.get();
    }

    /** A request, written out by hand, signed with the session's key. */
    public byte[] request(int bytes, long forSession, long withCounter, long cookie, int flags) {
        ByteBuffer request = ByteBuffer.allocate(bytes);
        request.put(new byte[] {'V', 'T', 'B', '2'})
                .putLong(forSession)
                .putLong(withCounter)
                .putLong(cookie)
                .put((byte) flags);
        System.arraycopy(hmac(request.array(), bytes - 16), 0, request.array(), bytes - 16, 16);
        return request.array();
    }

    private byte[] hmac(byte[] said, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(said, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Sends a request with the next counter, and waits for the answer. */
    public Optional<Answer> ask(long cookie, boolean activate, long timeoutMs) {
        send(request(MIN_BYTES, session, nextCounter(), cookie, activate ? 1 : 0));
        return answer(timeoutMs);
    }

    /** Binds until the relay says that media comes here. */
    public void bind(long timeoutMs) {
        long cookie = ask(0, false, timeoutMs).orElseThrow().cookie();
        long deadlineNs = System.nanoTime() + timeoutMs * 1_000_000L;
        while (System.nanoTime() < deadlineNs) {
            // A media datagram may come in between; answers are what is waited for.
            Optional<Answer> answer = ask(cookie, true, 50);
            if (answer.filter(Answer::active).isPresent()) {
                return;
            }
        }
        throw new AssertionError("not bound within " + timeoutMs + " ms");
    }

    /** Returns the next answer with a valid signature; discards other datagrams. */
    public Optional<Answer> answer(long timeoutMs) {
        long deadlineNs = System.nanoTime() + timeoutMs * 1_000_000L;
        while (true) {
            long leftMs = Math.max(0, (deadlineNs - System.nanoTime()) / 1_000_000L);
            Optional<byte[]> datagram = receive(leftMs);
            if (datagram.isEmpty()) {
                return Optional.empty();
            }
            byte[] raw = datagram.get();
            if (raw.length >= MIN_BYTES
                    && raw[0] == 'V'
                    && raw[1] == 'T'
                    && raw[2] == 'A'
                    && raw[3] == '2'
                    && Arrays.equals(
                            Arrays.copyOf(hmac(raw, raw.length - 16), 16),
                            Arrays.copyOfRange(raw, raw.length - 16, raw.length))) {
                ByteBuffer answer = ByteBuffer.wrap(raw);
                return Optional.of(new Answer(
                        answer.getLong(4),
                        answer.getLong(12),
                        answer.getLong(20),
                        answer.get(28) == 1,
                        answer.getShort(30) & 0xffff,
                        raw));
            }
        }
    }

    /** Sends one datagram to the relay. */
    public void send(byte[] datagram) {
        udp.send(datagram);
    }

    /** The next datagram of whatever kind, waiting for it at most {@code timeoutMs}; 0 looks only. */
    public Optional<byte[]> receive(long timeoutMs) {
        return udp.receive(timeoutMs).map(UdpSocketClient.Received::bytes);
    }

    /** The next datagram that is no answer to a bind. */
    public Optional<byte[]> receiveMedia(long timeoutMs) {
        long deadlineNs = System.nanoTime() + timeoutMs * 1_000_000L;
        while (true) {
            Optional<byte[]> datagram = receive(Math.max(0, (deadlineNs - System.nanoTime()) / 1_000_000L));
            if (datagram.isEmpty() || datagram.get()[0] != 'V') {
                return datagram;
            }
        }
    }

    @Override
    public void close() {
        udp.close();
    }
}
