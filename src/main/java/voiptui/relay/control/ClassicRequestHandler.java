package voiptui.relay.control;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Predicate;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.protocol.classic.ClassicReply;
import voiptui.protocol.classic.ClassicRequest;
import voiptui.relay.call.ClassicRegistry;
import voiptui.time.NanoClock;

/**
 * Answers classic control messages: passes each to the registry, counts refusals, and publishes both.
 * Owned by the control thread.
 */
public final class ClassicRequestHandler {

    private final ClassicRegistry registry;
    private final Predicate<InetAddress> blocked;
    private final EventBus events;
    private final Counters counters;
    private final RefusalLog refusals;

    /**
     * Creates a handler that passes requests to {@code registry}.
     *
     * @param blocked whether the operator has blocked an address
     */
    public ClassicRequestHandler(
            ClassicRegistry registry,
            Predicate<InetAddress> blocked,
            EventBus events,
            Counters counters,
            NanoClock clock) {
        this.registry = registry;
        this.blocked = blocked;
        this.events = events;
        this.counters = counters;
        this.refusals = new RefusalLog(events, clock);
    }

    /** Counts an accepted connection. */
    void onConnected() {
        counters.increment(Counter.CONTROL_CONNECTIONS);
    }

    /**
     * Carries out a request and returns the reply.
     *
     * @param from the sender
     * @param local the relay's address that the sender used
     */
    ClassicReply answer(ClassicRequest request, InetSocketAddress from, InetAddress local) {
        if (blocked.test(from.getAddress())) {
            counters.increment(Counter.REFUSED_BLOCKED);
            return refuse(from, ClassicReply.INVALID, "this address is blocked");
        }
        ClassicReply reply = carryOut(request, from, local);
        events.publish(new RelayEvent.ClassicAnswered(IpText.of(from), request.verb(), reply.name()));
        return reply;
    }

    private ClassicReply carryOut(ClassicRequest request, InetSocketAddress from, InetAddress local) {
        if (!registry.admits(from.getAddress())) {
            counters.increment(Counter.CONTROL_NOT_ADMITTED);
            return refuse(from, ClassicReply.INVALID, "classic clients are not admitted from there (--classic)");
        }
        if (request instanceof ClassicRequest.Hello hello) {
            ClassicReply reply =
                    registry.hello(new InetSocketAddress(from.getAddress(), hello.udpPort()), local, hello.target());
            if (reply == ClassicReply.FULL) {
                refusals.refused(from, reply.name(), registry.fullReason());
            }
            return reply;
        }
        if (request instanceof ClassicRequest.Heartbeat) {
            registry.heartbeat(from.getAddress());
            return ClassicReply.ALIVE;
        }
        registry.disconnect(from.getAddress());
        return ClassicReply.BYE;
    }

    /** Returns the reply to a malformed message. */
    ClassicReply answerInvalid(InetSocketAddress from) {
        counters.increment(Counter.CONTROL_INVALID);
        return refuse(from, ClassicReply.INVALID, "malformed message");
    }

    /**
     * Returns the reply to a connection that did not send a complete message in time.
     *
     * @param isEmpty whether it sent nothing at all, as health checks and port scanners do: not worth a line in the log
     */
    ClassicReply answerTimeout(InetSocketAddress from, boolean isEmpty) {
        counters.increment(Counter.CONTROL_TIMEOUT);
        if (isEmpty) {
            return ClassicReply.TIMEOUT;
        }
        return refuse(from, ClassicReply.TIMEOUT, "no message in time");
    }

    /** Returns the reply when handling a message failed. */
    ClassicReply answerFailure(Throwable failure) {
        refusals.failed(failure);
        return ClassicReply.ERROR;
    }

    private ClassicReply refuse(InetSocketAddress from, ClassicReply reply, String reason) {
        refusals.refused(from, reply.name(), reason);
        return reply;
    }
}
