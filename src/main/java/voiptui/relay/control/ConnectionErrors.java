package voiptui.relay.control;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.protocol.RefusalCode;
import voiptui.relay.control.limit.HandshakeLimiter;

/**
 * Counts and publishes what goes wrong on v2 connections, and holds failures against their addresses. Owned by the
 * control thread.
 */
final class ConnectionErrors {

    private static final String TOO_LONG = "the handshake took too long";
    private static final String ABANDONED = "the connection was closed during the handshake";

    private final HandshakeLimiter handshakes;
    private final Counters counters;
    private final RefusalLog refusals;

    ConnectionErrors(HandshakeLimiter handshakes, Counters counters, RefusalLog refusals) {
        this.handshakes = handshakes;
        this.counters = counters;
        this.refusals = refusals;
    }

    /** Counts a connection that was closed because of its address's limits. */
    void countLimited() {
        counters.increment(Counter.CONTROL_LIMITED);
    }

    /**
     * A connection exceeded a limit.
     *
     * @param reason which one, for people
     */
    void onTooMany(InetSocketAddress from, String reason) {
        countLimited();
        refusals.refused(from, RefusalCode.TOO_MANY.wire(), reason);
    }

    /** A TLS handshake failed. */
    void onHandshakeFailed(InetSocketAddress from, Throwable failure) {
        onHandshakeFailed(from, describe(failure));
    }

    /** The rest of a ClientHello did not come in time. */
    void onHelloOverdue(InetSocketAddress from) {
        onHandshakeFailed(from, TOO_LONG);
    }

    /** A connection was closed before its ClientHello was complete. */
    void onHelloAbandoned(InetSocketAddress from) {
        onHandshakeFailed(from, ABANDONED);
    }

    private void onHandshakeFailed(InetSocketAddress from, String reason) {
        counters.increment(Counter.TLS_FAILED);
        refusals.refused(from, "tls-failed", reason);
        noteFailure(from);
    }

    /** Describes a failure in words of our own: the library's may quote what a stranger sent. */
    private static String describe(Throwable failure) {
        if (failure instanceof SslHandshakeTimeoutException) {
            return TOO_LONG;
        } else if (failure instanceof NotSslRecordException) {
            return "no TLS after its first byte";
        } else if (failure instanceof ClosedChannelException) {
            return ABANDONED;
        } else if (failure instanceof SSLException) {
            return "the handshake failed: no TLS 1.3, no certificate with a P-256 key, or malformed";
        }
        return "the connection was lost during the handshake";
    }

    private void noteFailure(InetSocketAddress from) {
        if (handshakes.noteFailure(from.getAddress())) {
            refusals.refused(
                    from,
                    RefusalCode.TOO_MANY.wire(),
                    "too many failed handshakes: only known certificates get in from this address for a while");
        }
    }

    /** No {@code hello} followed a handshake in time. */
    void onHelloTimeout(InetSocketAddress from) {
        counters.increment(Counter.CONTROL_TIMEOUT);
        refusals.refused(from, "timeout", "no message in time");
        noteFailure(from);
    }

    /** A client signed in. */
    void onSignedIn(InetAddress from) {
        handshakes.noteSignIn(from);
    }

    /** A connection sent a malformed or unexpected message. */
    void onBadMessage(InetSocketAddress from) {
        counters.increment(Counter.CONTROL_INVALID);
        refusals.refused(from, "bad-message", "malformed message");
    }

    /** A connection sent a frame or a message of a type or with a value that this version does not know. */
    void onUnknown() {
        counters.increment(Counter.CONTROL_UNKNOWN);
    }

    /** A client does not read what it is sent. */
    void onNotReading(InetSocketAddress from) {
        counters.increment(Counter.CONTROL_NOT_READING);
        refusals.refused(from, "closed", "it does not read what it is sent");
    }

    /** A client sends more messages than it may; it is read more slowly. */
    void onTooManyMessages(InetSocketAddress from) {
        counters.increment(Counter.CONTROL_SLOWED);
        refusals.refused(from, "slowed", "it sends too many messages");
    }

    /** Handling a message failed. */
    void onFailure(Throwable failure) {
        refusals.failed(failure);
    }
}
