package voiptui.relay.control;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.protocol.ClassicReply;
import voiptui.protocol.ClassicRequest;
import voiptui.relay.call.ClassicRegistry;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * Answers control messages: takes each to the registry, counts what was refused, and says so on the bus, a few times a
 * second at most however many there are. Owned by the control thread.
 */
public final class ClassicRequestHandler {

    private static final int REFUSALS_PER_SECOND = 10;
    private static final int ANSWERS_PER_SECOND = 100;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int FAILURES_PER_MINUTE = 1;

    private final ClassicRegistry registry;
    private final EventBus events;
    private final Counters counters;
    private final RateLimiter refusals;
    private final RateLimiter answers;
    private final RateLimiter failures;

    public ClassicRequestHandler(ClassicRegistry registry, EventBus events, Counters counters, NanoClock clock) {
        this.registry = registry;
        this.events = events;
        this.counters = counters;
        this.answers = new RateLimiter(ANSWERS_PER_SECOND, SECOND_NS, clock);
        this.refusals = new RateLimiter(REFUSALS_PER_SECOND, SECOND_NS, clock);
        this.failures = new RateLimiter(FAILURES_PER_MINUTE, 60 * SECOND_NS, clock);
    }

    /** Counts a connection that was accepted. */
    void onConnected() {
        counters.increment(Counter.CONTROL_CONNECTIONS);
    }

    /**
     * Does what {@code request} asks.
     *
     * @param from where it came from
     * @param reachedAt the address of ours that it came to
     */
    ClassicReply answer(ClassicRequest request, InetSocketAddress from, InetAddress reachedAt) {
        ClassicReply reply = grant(request, from, reachedAt);
        if (answers.allows()) {
            events.publish(new RelayEvent.ClassicAnswered(IpText.of(from), request.verb(), reply.name()));
        }
        return reply;
    }

    private ClassicReply grant(ClassicRequest request, InetSocketAddress from, InetAddress reachedAt) {
        if (request instanceof ClassicRequest.Hello hello) {
            ClassicReply reply = registry.hello(
                    new InetSocketAddress(from.getAddress(), hello.udpPort()), reachedAt, hello.target());
            if (reply == ClassicReply.FULL) {
                refuse(from, reply, "the relay has as many clients as it takes");
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

    /** Answers what is no message. */
    ClassicReply answerInvalid(InetSocketAddress from) {
        counters.increment(Counter.CONTROL_INVALID);
        refuse(from, ClassicReply.INVALID, "that is no message of the protocol");
        return ClassicReply.INVALID;
    }

    /** Answers a connection that did not say a whole message in time. */
    ClassicReply answerTimeout(InetSocketAddress from) {
        counters.increment(Counter.CONTROL_TIMEOUT);
        refuse(from, ClassicReply.TIMEOUT, "it said nothing in time");
        return ClassicReply.TIMEOUT;
    }

    /** Answers when answering failed. */
    ClassicReply answerFailure(Throwable failure) {
        if (failures.allows()) {
            events.publish(new RelayEvent.Warning("a control message met an internal error: " + failure));
        }
        return ClassicReply.ERROR;
    }

    private void refuse(InetSocketAddress from, ClassicReply reply, String why) {
        if (refusals.allows()) {
            events.publish(new RelayEvent.Refused(IpText.of(from), reply.name(), why));
        }
    }
}
