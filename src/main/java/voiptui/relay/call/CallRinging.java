package voiptui.relay.call;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.CallEnding;
import voiptui.relay.admission.AddressRateLimiter;
import voiptui.relay.call.Call.Phase;
import voiptui.time.NanoClock;

/**
 * Has phones ring for a call, or shows them that they missed it, no more often than a classic caller's address may. When is decided by
 * {@link CallController}.
 *
 * <p>Owned by the control thread.
 */
final class CallRinging {

    /** How often the classic clients of one address may make phones ring or miss a call, per minute. */
    static final int CLASSIC_RINGS_PER_MINUTE = 30;

    private static final long MINUTE_NS = 60_000_000_000L;

    private final ActiveCalls calls;
    private final CallNotifier notifier;
    private final NanoClock clock;
    private final AddressRateLimiter classicRings;

    CallRinging(ActiveCalls calls, CallNotifier notifier, NanoClock clock) {
        this.calls = calls;
        this.notifier = notifier;
        this.clock = clock;
        this.classicRings = new AddressRateLimiter(CLASSIC_RINGS_PER_MINUTE, MINUTE_NS, clock);
    }

    /** Returns the idle phones; if there are none and the call does not ring yet, those with call waiting. */
    List<ClientSession> phonesToRing(Call call, List<ClientSession> phones) {
        List<ClientSession> idle = phones.stream().filter(ClientSession::isIdle).toList();
        return idle.isEmpty() && call.ringing.isEmpty()
                ? phones.stream().filter(phone -> phone.mayRingFor(call)).toList()
                : idle;
    }

    /** Tells a phone in use who calls: once for each call, and within the limit of a classic caller's address. */
    void sendMissed(Call call, ClientSession phone) {
        if (call.missedBy.add(phone)
                && (!(call.caller instanceof ClassicClient) || classicRings.allows(call.caller.address()))) {
            notifier.sendMissed(call, phone);
        }
    }

    /** Makes these phones ring, and tells the caller if they are the first; a classic caller's address may have reached its limit. */
    void ring(Call call, List<ClientSession> phones) {
        boolean first = call.phase != Phase.RINGING;
        if (first && call.caller instanceof ClassicClient client && !classicRings.allows(client.address())) {
            client.suspendRinging(clock.nanoTime());
            return;
        }
        call.phase = Phase.RINGING;
        call.ringingSinceNs = first ? clock.nanoTime() : call.ringingSinceNs;
        for (ClientSession phone : phones) {
            calls.startRinging(call, phone);
            notifier.sendIncoming(call, phone);
        }
        if (first) {
            notifier.sendRinging(call, phones.size());
        }
    }

    /** Phones ring at another relay. */
    void ringElsewhere(Call call) {
        if (call.phase == Phase.WAITING) {
            call.phase = Phase.RINGING;
            call.ringingSinceNs = clock.nanoTime();
            notifier.sendRinging(call, 0);
        }
    }

    /**
     * Keeps a classic client from ringing for a while if its call ended because nobody wanted it.
     *
     * @param by who ended the call; null: nobody in the call
     */
    void suspendIfUnwanted(ClassicClient client, @Nullable CallParty by, CallEnding reason) {
        boolean unwanted = reason == CallEnding.REJECTED
                || reason == CallEnding.NO_ANSWER
                || reason == CallEnding.NO_CODEC
                || reason == CallEnding.HUNG_UP && by != null && by.isConnected();
        if (unwanted) {
            client.suspendRinging(clock.nanoTime());
        }
    }

    /**
     * Returns whether a call rings, and has for that time.
     *
     * @param ringLimitMs how long it may ring, in milliseconds
     */
    boolean isOver(Call call, int ringLimitMs) {
        return call.phase == Phase.RINGING && (clock.nanoTime() - call.ringingSinceNs) / NS_PER_MS >= ringLimitMs;
    }
}
