package voiptui.crypto;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.net.DatagramSender;
import voiptui.time.NanoClock;

/**
 * Agrees on keys with the peer of a call, and again whenever one of the two asks for it: after the peer has restarted, and before
 * keys have been used for too many packets.
 *
 * <p>Its thread, {@code voiptui-dtls}, performs the handshakes, which Bouncy Castle blocks, and repeats the last flight of one
 * if the peer did not get it. A handshake that fails while there are keys changes nothing: they stay in use.
 */
public final class DtlsSession implements AutoCloseable {

    /** How long the first handshake may take, with all attempts: longer than a user may think about a changed fingerprint. */
    private static final long LIMIT_NS = 75_000 * NanoClock.NS_PER_MS;

    /**
     * How long one attempt may take, in milliseconds. Bouncy Castle doubles its wait up to a minute, and what was sent in vain over a path
     * that has changed is to be repeated within a second: so an attempt ends, and the next one begins, before a wait is as long as
     * that.
     */
    static final int LIMIT_MS = 2_300;

    /** The same for one attempt in three, for slow paths and machines, and for the passive side, which starts over with the active one. */
    static final int LONG_LIMIT_MS = 5_000;

    private static final int LONG_EVERY = 3;
    private static final int PAUSE_MS = 50;
    /** How often the pause doubles, on the active side. */
    private static final int MAX_DOUBLINGS = 4;

    private static final int IDLE_MS = 60_000;
    private static final int WAIT_MS = 1_000;
    private static final long JOIN_MS = 1_500;

    private final Identity own;
    private final MediaSecurity peer;
    private final Fingerprint expected;
    private final Listener listener;
    private final NanoClock clock;
    private final DatagramInbox inbox;
    private final DtlsPath path;
    private final List<SrtpProfile> profiles = SrtpProfile.offered();
    private final Thread thread = new Thread(this::run, "voiptui-dtls");
    private boolean hasKeys;
    private boolean hasEarlyKeys;

    /** Learns what a handshake led to. Called on the handshake thread; must not block. */
    public interface Listener {

        /**
         * A handshake is about to succeed: the peer may use its keys from now on. {@link #onKeys} follows, with the same keys,
         * or {@link #onEarlyKeysVoid}.
         *
         * @param sends whether we may use them, too, before the handshake is complete
         */
        default void onEarlyKeys(SrtpKeys.Pair keys, boolean sends) {}

        /** The handshake failed after all: nothing may be sent with its keys, although the peer may do so. */
        default void onEarlyKeysVoid() {}

        /**
         * There are keys.
         *
         * @param words for the two people to compare
         */
        void onKeys(SrtpKeys.Pair keys, List<String> words);

        /**
         * There are no keys and will be none; nothing follows.
         *
         * @param reason one line for the user
         */
        void onFailed(String reason);
    }

    /**
     * Prepares the first handshake; nothing happens before {@link #start}.
     *
     * @param own our identity
     * @param network sends the datagrams of the handshake
     * @param onBug receives the exception that ended the thread
     * @throws IllegalArgumentException if the peer's fingerprint is none
     */
    public DtlsSession(
            Identity own,
            MediaSecurity peer,
            DatagramSender network,
            Listener listener,
            NanoClock clock,
            Thread.UncaughtExceptionHandler onBug) {
        this.own = own;
        this.peer = peer;
        this.expected = new Fingerprint(peer.peerFingerprint());
        this.listener = listener;
        this.clock = clock;
        this.inbox = new DatagramInbox(clock);
        this.path = new DtlsPath(inbox, network, peer.role() == MediaSecurity.Role.PASSIVE, clock);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(onBug);
    }

    /** Starts the first handshake. Call once. */
    public void start() {
        thread.start();
    }

    /** Returns how the peer must identify itself, and who starts a handshake. */
    public MediaSecurity peer() {
        return peer;
    }

    /** Takes a datagram of the handshake; returns false if it was dropped. Network thread; does not block. */
    public boolean onDatagram(ByteBuffer datagram) {
        return inbox.offer(datagram);
    }

    /** Agrees on other keys, if this is the active side. The old ones stay in use until then. Any thread. */
    public void renew() {
        if (peer.role() == MediaSecurity.Role.ACTIVE) {
            path.renew();
        }
    }

    private void run() {
        long startNs = clock.nanoTime();
        int failures = 0;
        String problem = "the other side does not answer";
        JcaTlsCrypto crypto = DtlsHandshake.newCrypto();
        while (!inbox.isClosed()) {
            DtlsHandshake handshake = new DtlsHandshake(
                    crypto, own, expected, profiles, limitMs(peer.role(), failures), this::onEarlyKeys);
            try {
                if (!path.begin(hasKeys ? IDLE_MS : WAIT_MS)) {
                    throw new TlsTimeoutException(problem);
                }
                DTLSTransport secured =
                        peer.role() == MediaSecurity.Role.ACTIVE ? handshake.connect(path) : handshake.accept(path);
                DtlsHandshake.Result result = handshake.result();
                if (result != null) {
                    hasKeys = true;
                    hasEarlyKeys = false;
                    failures = 0;
                    listener.onKeys(result.keys(), result.words());
                }
                awaitNext(secured);
            } catch (DtlsPath.RestartedException next) {
                voidEarlyKeys();
                continue;
            } catch (InterruptedIOException closed) {
                // Closed, or Bouncy Castle's timeout: the condition of the loop tells.
            } catch (IOException | RuntimeException failed) {
                // Bouncy Castle throws unchecked exceptions, too, on some malformed messages.
                if (!hasKeys && isFinal(handshake, failed)) {
                    listener.onFailed(reason(handshake));
                    return;
                }
            }
            voidEarlyKeys();
            if (!hasKeys && clock.nanoTime() - startNs > LIMIT_NS) {
                listener.onFailed(problem);
                return;
            }
            pause(failures++);
        }
    }

    /**
     * Passes keys on. The active side does not send with them before the passive side has shown, by the end of the handshake, that
     * it has them, unless there are no others (False Start): packets that it cannot decrypt yet would be lost.
     */
    private void onEarlyKeys(SrtpKeys.Pair keys) {
        hasEarlyKeys = true;
        listener.onEarlyKeys(keys, peer.role() == MediaSecurity.Role.PASSIVE || !hasKeys);
    }

    private void voidEarlyKeys() {
        if (hasEarlyKeys) {
            hasEarlyKeys = false;
            listener.onEarlyKeysVoid();
        }
    }

    /** Returns how long an attempt may take, in milliseconds, after so many that failed. */
    static int limitMs(MediaSecurity.Role role, int failures) {
        boolean isLong = role == MediaSecurity.Role.PASSIVE || failures % LONG_EVERY == LONG_EVERY - 1;
        return isLong ? LONG_LIMIT_MS : LIMIT_MS;
    }

    /** Returns whether another attempt would lead to the same: one of the two certificates is not the expected one. */
    private static boolean isFinal(DtlsHandshake handshake, Exception failed) {
        return handshake.wrong() != null
                || failed instanceof TlsFatalAlertReceived alert
                        && alert.getAlertDescription() == AlertDescription.bad_certificate;
    }

    private String reason(DtlsHandshake handshake) {
        Fingerprint wrong = handshake.wrong();
        return wrong == null
                ? "the other side does not accept our certificate"
                : "somebody else answered: certificate " + wrong + " instead of " + expected;
    }

    /** Repeats the last flight on request until the next handshake starts, which an exception tells. */
    private void awaitNext(DTLSTransport secured) throws IOException {
        byte[] ignored = new byte[secured.getReceiveLimit()];
        while (true) {
            try {
                secured.receive(ignored, 0, ignored.length, IDLE_MS);
            } catch (DtlsPath.RestartedException | InterruptedIOException next) {
                throw next;
            } catch (IOException | RuntimeException broken) {
                // An alert, or a datagram that Bouncy Castle cannot bear: only the next handshake matters now.
                awaitNext();
            }
        }
    }

    private void awaitNext() throws IOException {
        path.close();
        byte[] ignored = new byte[path.getReceiveLimit()];
        while (true) {
            path.receive(ignored, 0, ignored.length, IDLE_MS);
        }
    }

    /**
     * Waits before the next attempt. On the active side, longer each time: until nothing is on its way any more that answers an earlier
     * attempt, since it would make the next one fail, and so on.
     */
    private void pause(int failures) {
        int doublings = peer.role() == MediaSecurity.Role.ACTIVE ? Math.min(failures, MAX_DOUBLINGS) : 0;
        try {
            Thread.sleep(PAUSE_MS << doublings);
        } catch (InterruptedException closed) {
            inbox.close();
        }
    }

    /** Returns whether the thread has ended. Any thread. */
    public boolean isEnded() {
        return !thread.isAlive();
    }

    /** Makes the thread end. Any thread; does not wait. */
    public void end() {
        inbox.close();
    }

    /** Ends the thread. Any thread; waits 1.5 s at most. */
    @Override
    public void close() {
        end();
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
