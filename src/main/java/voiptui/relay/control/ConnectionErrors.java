package voiptui.relay.control;

import java.net.InetSocketAddress;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.protocol.RefusalCode;

/**
 * Counts and publishes what goes wrong on v2 connections, and holds failures against their addresses. Owned by the
 * control thread.
 */
final class ConnectionErrors {

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

    /** A connection exceeded the limits of its address. */
    void onTooMany(InetSocketAddress from) {
        countLimited();
        refusals.refused(from, "too-many", RefusalCode.TOO_MANY.text());
    }

    /** A TLS handshake failed. */
    void onHandshakeFailed(InetSocketAddress from) {
        counters.increment(Counter.TLS_FAILED);
        handshakes.noteFailure(from.getAddress());
    }

    /** No {@code hello} followed a handshake in time. */
    void onHelloTimeout(InetSocketAddress from) {
        counters.increment(Counter.CONTROL_TIMEOUT);
        handshakes.noteFailure(from.getAddress());
        refusals.refused(from, "timeout", "no message in time");
    }

    /** A connection sent a malformed or unexpected message. */
    void onBadMessage(InetSocketAddress from) {
        counters.increment(Counter.CONTROL_INVALID);
        refusals.refused(from, "bad-message", "malformed message");
    }

    /** A client does not read what it is sent. */
    void onNotReading(InetSocketAddress from) {
        counters.increment(Counter.CONTROL_NOT_READING);
        refusals.refused(from, "closed", "it does not read what it is sent");
    }

    /** Handling a message failed. */
    void onFailure(Throwable failure) {
        refusals.failed(failure);
    }
}
