package voiptui.media.secure;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.crypto.DtlsSession;
import voiptui.crypto.MediaSecurity;
import voiptui.crypto.SrtpKeys;
import voiptui.crypto.SrtpProtector;
import voiptui.crypto.SrtpSender;
import voiptui.crypto.SrtpUnprotector;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.identity.Identity;
import voiptui.net.DatagramHandler;
import voiptui.net.DatagramSender;
import voiptui.net.DatagramTransport;
import voiptui.rtp.RtpPacket;
import voiptui.time.NanoClock;

/**
 * Encrypts what a call sends, and decrypts what it receives, once the call is {@linkplain #use told} so. Until there are keys, nothing
 * is sent, and what arrives is held back or dropped; nothing unauthenticated is ever passed on.
 *
 * <p>The call thread uses, renews and closes it. A {@link #sender} belongs to one thread, {@link #handler} to the network
 * thread: neither takes a lock. Keys come from the handshake thread.
 */
public final class SecureMedia implements AutoCloseable {

    /** Packets sent or received after which the keys are changed (RFC 3711, 9.2: 2^31 of SRTCP at most). */
    static final long PACKETS_PER_KEY = 1L << 31;

    /** The first bytes of DTLS records, and of RTP and RTCP packets (RFC 7983, 7). */
    private static final int FIRST_DTLS = 20;

    private static final int LAST_DTLS = 63;
    private static final int FIRST_RTP = 128;
    private static final int LAST_RTP = 191;

    private final @Nullable Identity own;
    private final DatagramSender network;
    private final EventBus bus;
    private final Counters counters;
    private final NanoClock clock;
    private final Owner owner;
    private final long packetsPerKey;
    private volatile SecureState state = SecureState.CLEAR;
    private long packetsBeforeKey;
    /** Handshakes of calls that are over, whose threads end by themselves. */
    private final List<DtlsSession> ended = new ArrayList<>();

    /** What is told about the keys, apart from the events on the bus. */
    public interface Owner extends Thread.UncaughtExceptionHandler {

        /** There are keys: media may be sent. Handshake thread; must not block. */
        void onKeys();

        /** The keys are no good after all: nothing can be sent until there are others. Handshake thread; must not block. */
        default void onKeysVoid() {}
    }

    /**
     * Passes datagrams on as they are, until told otherwise.
     *
     * @param own our identity; null: calls cannot be encrypted
     * @param network sends datagrams; called by several threads
     */
    public SecureMedia(
            @Nullable Identity own,
            DatagramSender network,
            EventBus bus,
            Counters counters,
            NanoClock clock,
            Owner owner) {
        this(own, network, bus, counters, clock, owner, PACKETS_PER_KEY);
    }

    SecureMedia(
            @Nullable Identity own,
            DatagramSender network,
            EventBus bus,
            Counters counters,
            NanoClock clock,
            Owner owner,
            long packetsPerKey) {
        this.own = own;
        this.network = network;
        this.bus = bus;
        this.counters = counters;
        this.clock = clock;
        this.owner = owner;
        this.packetsPerKey = packetsPerKey;
    }

    /**
     * The call was connected, for the first time or again. Keys that fit stay in use until there are others.
     *
     * @param security how it is encrypted; null: not at all, which is refused if the call was encrypted before
     * @return whether media may be sent now
     */
    public boolean use(@Nullable MediaSecurity security) {
        SecureState now = state;
        DtlsSession running = now.handshake();
        if (security == null) {
            if (running != null) {
                fail("the call was to go on without encryption");
                return false;
            }
            become(SecureState.CLEAR);
            return true;
        }
        if (running != null && running.peer().equals(security)) {
            return now.sender() != null;
        }
        stop();
        if (own == null) {
            fail("there is no identity to show to the other side");
            return false;
        }
        start(own, security);
        return false;
    }

    /** Agrees on other keys, if the call is encrypted and this is the active side. The old ones stay in use until then. */
    public void renew() {
        DtlsSession running = state.handshake();
        if (running != null) {
            running.renew();
        }
    }

    /** Replaces the state, then wipes the keys that are no longer in use: other threads may still find them, and fail. */
    private synchronized void become(SecureState next) {
        SecureState before = state;
        state = next;
        before.closeKeysNotIn(next);
    }

    private synchronized void start(Identity identity, MediaSecurity security) {
        Keys keys = new Keys();
        DtlsSession handshake = new DtlsSession(identity, security, network, keys, clock, owner);
        keys.of = handshake;
        become(new SecureState(true, handshake, null, List.of()));
        handshake.start();
    }

    /** The call is over, and another may follow: nothing is sent or passed on until the next {@link #use}, if it was encrypted. */
    public synchronized void stop() {
        DtlsSession running = state.handshake();
        if (state.encrypted()) {
            become(SecureState.SILENT);
        }
        if (running != null) {
            running.end();
            ended.removeIf(DtlsSession::isEnded);
            ended.add(running);
        }
    }

    private synchronized void fail(String reason) {
        stop();
        become(SecureState.SILENT);
        bus.publish(new CallEvent.MediaEncryptionFailed(reason));
    }

    /** Returns whether packets are encrypted, or will be. Any thread. */
    public boolean isEncrypted() {
        return state.encrypted();
    }

    /** Returns whether packets can be sent: there are keys, or none are needed. Any thread. */
    public boolean isReady() {
        SecureState now = state;
        return !now.encrypted() || now.sender() != null;
    }

    /** Changes the keys if they have been used for long enough. About every 40 ms. */
    public void onTick() {
        SecureState now = state;
        long packets = counters.get(Counter.PACKETS_SENT)
                + counters.get(Counter.PACKETS_RECEIVED)
                + counters.get(Counter.RTCP_SENT)
                + counters.get(Counter.RTCP_RECEIVED);
        if (now.handshake() == null || now.sender() == null) {
            packetsBeforeKey = packets;
        } else if (packets - packetsBeforeKey >= packetsPerKey) {
            packetsBeforeKey = packets;
            now.handshake().renew();
        }
    }

    /** Takes what the handshakes of one session lead to. */
    private final class Keys implements DtlsSession.Listener {

        private @Nullable DtlsSession of;
        private SrtpKeys.@Nullable Pair received;
        private SrtpKeys.@Nullable Pair sent;
        private boolean complete;

        private boolean isCurrent() {
            return of != null && state.handshake() == of;
        }

        @Override
        public void onEarlyKeys(SrtpKeys.Pair keys, boolean sends) {
            synchronized (SecureMedia.this) {
                if (!isCurrent()) {
                    return;
                }
                receive(keys);
                if (sends) {
                    send(keys);
                }
            }
        }

        @Override
        public void onEarlyKeysVoid() {
            synchronized (SecureMedia.this) {
                if (isCurrent() && !complete && state.sender() != null) {
                    become(state.withSender(null));
                    sent = null;
                    owner.onKeysVoid();
                }
            }
        }

        @Override
        public void onKeys(SrtpKeys.Pair keys, List<String> words) {
            synchronized (SecureMedia.this) {
                if (!isCurrent()) {
                    return;
                }
                complete = true;
                receive(keys);
                bus.publish(new CallEvent.MediaEncrypted(keys.sent().profile().name(), words));
                send(keys);
            }
        }

        private void receive(SrtpKeys.Pair keys) {
            if (received != keys) {
                received = keys;
                become(state.withUnprotector(new SrtpUnprotector(keys.received())));
            }
        }

        private void send(SrtpKeys.Pair keys) {
            if (sent != keys) {
                sent = keys;
                become(state.withSender(new SrtpSender(keys.sent())));
                owner.onKeys();
            }
        }

        @Override
        public void onFailed(String reason) {
            synchronized (SecureMedia.this) {
                if (isCurrent()) {
                    fail(reason);
                }
            }
        }
    }

    /** Returns what sends the packets of one more thread. */
    public DatagramSender sender() {
        return new Sender();
    }

    /** Sends the packets of one thread. */
    private final class Sender implements DatagramSender {

        private final ByteBuffer secured =
                ByteBuffer.allocateDirect(RtpPacket.MAX_DATAGRAM_BYTES + SrtpProtector.MAX_ADDED_BYTES);
        private @Nullable SrtpSender keys;
        private @Nullable SrtpProtector protector;

        @Override
        public int send(ByteBuffer datagram) {
            SecureState now = state;
            if (!now.encrypted()) {
                return network.send(datagram);
            }
            SrtpSender current = now.sender();
            while (current != null) {
                if (protect(current, datagram)) {
                    return network.send(secured);
                }
                // If the keys were changed meanwhile, those were closed.
                SrtpSender newer = state.sender();
                current = newer == current ? null : newer;
            }
            return DatagramTransport.UNAVAILABLE;
        }

        private boolean protect(SrtpSender with, ByteBuffer datagram) {
            SrtpProtector current = protector;
            if (current == null || with != keys) {
                current = with.protector();
                keys = with;
                protector = current;
            }
            return current.protect(datagram, secured);
        }
    }

    /** Returns what receives datagrams and passes RTP and RTCP packets on to {@code media}. */
    public DatagramHandler handler(DatagramHandler media) {
        return new Handler(media);
    }

    /** Receives datagrams. */
    private final class Handler implements DatagramHandler {

        private final DatagramHandler media;
        private final HeldPackets held = new HeldPackets();
        private final DatagramHandler decrypting = new DatagramHandler() {
            @Override
            public void onDatagram(ByteBuffer datagram, long arrivalNs) {
                onSecured(datagram, arrivalNs, state.unprotectors());
            }

            @Override
            public void onRefused() {}
        };
        private final ByteBuffer plain =
                ByteBuffer.allocateDirect(RtpPacket.MAX_DATAGRAM_BYTES + SrtpProtector.MAX_ADDED_BYTES);

        Handler(DatagramHandler media) {
            this.media = media;
        }

        @Override
        public void onDatagram(ByteBuffer datagram, long arrivalNs) {
            SecureState now = state;
            if (!now.encrypted()) {
                media.onDatagram(datagram, arrivalNs);
                return;
            }
            if (!held.isEmpty()) {
                counters.add(Counter.PACKETS_BEFORE_KEYS, held.dropIfNot(now.handshake()));
                if (!now.unprotectors().isEmpty()) {
                    held.release(decrypting);
                }
            }
            int first = datagram.hasRemaining() ? datagram.get(datagram.position()) & 0xff : 0;
            if (first >= FIRST_DTLS && first <= LAST_DTLS) {
                if (now.handshake() == null || !now.handshake().onDatagram(datagram)) {
                    counters.increment(Counter.HANDSHAKE_DROPPED);
                }
            } else if (first < FIRST_RTP || first > LAST_RTP) {
                counters.increment(Counter.PACKETS_MALFORMED);
            } else if (!now.unprotectors().isEmpty()) {
                onSecured(datagram, arrivalNs, now.unprotectors());
            } else if (now.handshake() != null) {
                counters.add(Counter.PACKETS_BEFORE_KEYS, held.add(datagram, arrivalNs, now.handshake()));
            } else {
                counters.increment(Counter.PACKETS_BEFORE_KEYS);
            }
        }

        private void onSecured(ByteBuffer datagram, long arrivalNs, List<SrtpUnprotector> unprotectors) {
            SrtpUnprotector.Result result = SrtpUnprotector.Result.CLOSED;
            for (int i = 0; i < unprotectors.size() && mayBeOfOtherKeys(result); i++) {
                result = unprotectors.get(i).unprotect(datagram, plain);
            }
            switch (result) {
                case ACCEPTED -> media.onDatagram(plain, arrivalNs);
                case REPLAYED -> counters.increment(Counter.PACKETS_REPLAYED);
                case UNAUTHENTIC -> counters.increment(Counter.PACKETS_UNAUTHENTIC);
                case MALFORMED -> counters.increment(Counter.PACKETS_MALFORMED);
                case CLOSED -> counters.increment(Counter.PACKETS_BEFORE_KEYS);
            }
        }

        private static boolean mayBeOfOtherKeys(SrtpUnprotector.Result result) {
            return result == SrtpUnprotector.Result.UNAUTHENTIC || result == SrtpUnprotector.Result.CLOSED;
        }

        @Override
        public void onRefused() {
            media.onRefused();
        }
    }

    /** Ends the handshake threads. Waits 1.5 s at most for each; there is one for each call. */
    @Override
    public void close() {
        stop();
        List<DtlsSession> last;
        synchronized (this) {
            last = List.copyOf(ended);
        }
        last.forEach(DtlsSession::close);
    }

    /** Returns whether the handshake threads of calls that are over have ended. */
    synchronized boolean isEnded() {
        return ended.stream().allMatch(DtlsSession::isEnded);
    }
}
