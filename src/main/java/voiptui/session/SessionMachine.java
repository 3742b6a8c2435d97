package voiptui.session;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.EndReason;
import voiptui.event.SessionEvent;
import voiptui.identity.Fingerprint;
import voiptui.identity.KnownRelays;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.ClientName;
import voiptui.protocol.OperatorAction;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.UnreadableMessage;
import voiptui.protocol.offer.SessionFeature;
import voiptui.time.NanoClock;
import voiptui.time.RetryDelay;

/**
 * The state machine of a session: connects, verifies the relay, signs in, sends heartbeats and reconnects.
 *
 * <p>Pure: events come in with their time; actions go out through {@link SessionEffects} and {@link SessionListener}. Owned
 * by the session thread.
 */
final class SessionMachine {

    /** A lost connection that lasted at least this long is restored at once; a shorter one with a retry delay. */
    static final long STEADY_MS = RetryDelay.LONGEST_MS;
    /**
     * How long a relay that announced its end is expected to be back soon, after the time that it named, in milliseconds: until
     * then, attempts follow each other quickly.
     */
    static final long RETURN_MS = 30_000;

    /** The longest time that a relay is believed to take until it stops, in milliseconds. */
    private static final long MAX_DRAIN_MS = 3_600_000;
    /** Consecutive missing heartbeat answers that end the connection; a single one may be a pause of the network. */
    private static final int MISSING_PONGS = 2;
    /** How many times in a row a relay may fail to show who it is, to a client that was signed in. */
    private static final int MAX_UNTRUSTED = 5;

    private static final String PING = "PING";

    private enum State {
        NEW,
        CONNECTING,
        /** The relay is to prove that its certificate follows the pinned one. */
        PROVING,
        SIGNING_IN,
        SIGNED_IN,
        RETRYING,
        OVER
    }

    private final SessionConfig config;
    private final String instance;
    private final SessionEffects effects;
    private final SessionListener listener;
    private final RelayTrust trust;
    private final RetryDelay retryDelay;
    private final long timeoutNs;

    private State state = State.NEW;
    /** When the current state times out; while signed in, when the next heartbeat is due. */
    private long deadlineNs;

    private int failures;
    /** How many relays were changed to since the last sign-in. */
    private int changes;

    private boolean wasSignedIn;
    /** How many relays in a row could not show who they are. */
    private int untrusted;
    /** Whether the relay has announced its end since the last sign-in. */
    private boolean draining;
    /** Until when a relay that announced its end is expected to be back soon; meaningless before it has. */
    private long returnsByNs;

    private boolean relayVerified;
    private long helloNs;
    private long signedInNs;
    private long heartbeatNs;
    /** Types of unreadable messages that were reported; each is reported once. */
    private final Set<String> reportedTypes = new HashSet<>();

    private long pingId;
    private long pingNs;
    private long pingBeforeNs;
    private boolean pingUnanswered;
    private int missingPongs;
    private final Outbox outbox = new Outbox();
    /** The media session of the last welcome; tells whether the relay has kept the session. Empty before the first. */
    private String udpSession = "";
    /** How many messages about calls have been received in this session. */
    private long received;

    /**
     * Creates a machine that has not started.
     *
     * @param instance 16 hexadecimal digits that distinguish this process from others with the same identity
     */
    SessionMachine(
            SessionConfig config,
            String instance,
            RandomGenerator random,
            SessionEffects effects,
            SessionListener listener) {
        this.config = config;
        this.instance = instance;
        this.effects = effects;
        this.listener = listener;
        this.trust = new RelayTrust(config, effects);
        this.retryDelay = new RetryDelay(random);
        this.timeoutNs = config.timeoutMs() * NS_PER_MS;
    }

    void start(long nowNs) {
        connect(nowNs);
    }

    /** Returns whether the client is signed in. */
    boolean isSignedIn() {
        return state == State.SIGNED_IN;
    }

    /** Sends a message; without a connection only what must not get lost is kept, and sent after the next sign-in. */
    void say(ClientMessage message) {
        outbox.add(message, pingId + 1);
        if (isSignedIn()) {
            effects.say(message);
        }
    }

    /** Ends the session; all later events are ignored. */
    void stop() {
        state = State.OVER;
    }

    private void connect(long nowNs) {
        state = State.CONNECTING;
        // The socket's own timeout never expires if the relay sends its bytes slowly.
        deadlineNs = nowNs + config.connectMs() * NS_PER_MS;
        effects.connect();
    }

    /** The TLS handshake is complete; {@code known} is the pinned fingerprint of the relay. */
    void onShown(Fingerprint shown, List<KnownRelays.Entry> known, long nowNs) {
        if (state != State.CONNECTING) {
            return;
        }
        onVerdict(trust.onShown(shown, known), nowNs);
    }

    private void onVerdict(RelayTrust.Verdict verdict, long nowNs) {
        if (verdict instanceof RelayTrust.Verdict.Trusted trusted) {
            signIn(trusted.shown(), trusted.isNew(), nowNs);
        } else if (verdict instanceof RelayTrust.Verdict.Asked) {
            state = State.PROVING;
            deadlineNs = nowNs + timeoutNs;
        } else if (verdict instanceof RelayTrust.Verdict.Unknown unknown) {
            onUnknown(unknown.shown(), nowNs);
        } else if (verdict instanceof RelayTrust.Verdict.Untrusted untrusted) {
            onUntrusted(untrusted.reason(), nowNs);
        }
    }

    /**
     * Nothing has been told to this relay. A client that was signed in tries again first: another relay of the cluster that has just
     * started, or is busy, cannot show yet that the former one vouches for it.
     */
    private void onUntrusted(String reason, long nowNs) {
        if (wasSignedIn && state == State.PROVING && ++untrusted < MAX_UNTRUSTED) {
            lost(reason, nowNs);
        } else {
            refuse(EndReason.RELAY_UNTRUSTED, reason);
        }
    }

    private void onUnknown(Fingerprint shown, long nowNs) {
        if (hasAlternatives()) {
            lost(
                    config.relayName() + " is unknown here; it presents " + shown
                            + "; to be asked whether to trust it, start with --server " + config.relayName(),
                    nowNs);
        } else {
            refuse(
                    EndReason.RELAY_UNTRUSTED,
                    config.relayName() + " is unknown; it presents " + shown
                            + "; if its operator confirms that fingerprint, accept it with --accept-new");
        }
    }

    private void signIn(Fingerprint shown, boolean isNew, long nowNs) {
        if (!relayVerified) {
            relayVerified = true;
            effects.publish(new SessionEvent.RelayVerified(config.relayName(), shown.text(), isNew));
        }
        state = State.SIGNING_IN;
        helloNs = nowNs;
        deadlineNs = nowNs + timeoutNs;
        effects.say(new ClientMessage.Hello(
                ClientMessage.VERSION,
                config.name(),
                instance,
                config.credentials().answers(),
                SessionFeature.announced(),
                received,
                config.timing().heartbeatMs()));
    }

    /** The file of known relays cannot be read, so no relay is trusted. */
    void onKnownRelaysUnusable(IOException problem) {
        refuse(EndReason.RELAY_UNTRUSTED, String.valueOf(problem.getMessage()));
    }

    /** The relay answered the ClientHello like a classic relay; {@code known} is its pinned fingerprint. */
    void onClassic(List<KnownRelays.Entry> known, long nowNs) {
        if (state != State.CONNECTING) {
            return;
        }
        if (hasAlternatives()) {
            lost(config.relayName() + " is a classic relay", nowNs);
            return;
        }
        if (!known.isEmpty()) {
            refuse(
                    EndReason.RELAY_UNTRUSTED,
                    config.relayName() + " answers without encryption, although "
                            + known.get(0).fingerprint() + " is pinned (line "
                            + known.get(0).line() + " of "
                            + config.knownRelays().file()
                            + "): the connection may be intercepted; --classic connects"
                            + " unencrypted");
            return;
        }
        if (config.endpoint().ssh() != null) {
            refuse(
                    EndReason.RELAY_REFUSED,
                    "this is a classic relay, which ssh does not reach: its clients are known by their addresses; use"
                            + " --server HOST");
            return;
        }
        effects.disconnect();
        state = State.OVER;
        listener.onClassicRelay();
    }

    /** A message arrived. */
    void onMessage(RelayMessage message, long nowNs) {
        if (state == State.PROVING) {
            onVerdict(trust.onProof(message), nowNs);
            return;
        }
        if (state != State.SIGNING_IN && state != State.SIGNED_IN) {
            return;
        }
        if (message instanceof RelayMessage.Error error) {
            onError(error, nowNs);
        } else if (message instanceof RelayMessage.Welcome welcome) {
            onWelcome(welcome, nowNs);
        } else if (message instanceof RelayMessage.Pong pong) {
            onPong(pong.id(), nowNs);
        } else if (message instanceof RelayMessage.Draining notice) {
            onDraining(notice.to(), notice.withinMs(), nowNs);
        } else if (message instanceof RelayMessage.Legs legs) {
            effects.publish(LegsReading.of(legs, effects.losses()));
            effects.reportLegs(legs);
        } else if (state == State.SIGNED_IN) {
            received += message.isAboutCall() ? 1 : 0;
            listener.onMessage(message);
        }
    }

    /** A message arrived that this version cannot use. A call that depends on it ends, and the user learns why. */
    void onUnreadable(UnreadableMessage message, long nowNs) {
        if (state == State.SIGNING_IN && message.type().equals("welcome")) {
            lost(
                    "the relay's answer cannot be used (" + message.problem() + "); it may require a later version",
                    nowNs);
            return;
        }
        if (state != State.SIGNED_IN) {
            return;
        }
        if (reportedTypes.add(message.type())) {
            effects.publish(new SessionEvent.RelayMessageUnreadable(message.type(), message.problem()));
        }
        String call = message.call();
        if (call != null && message.type().equals("incoming")) {
            effects.say(new ClientMessage.Reject(call));
        } else if (call != null && message.type().equals("connected")) {
            effects.say(new ClientMessage.Hangup(call));
            listener.onMessage(new RelayMessage.Ended(call, CallEnding.NO_CODEC));
        }
    }

    private void onError(RelayMessage.Error error, long nowNs) {
        RefusalCode code = error.code();
        if (error.operator() == OperatorAction.SIGNED_OUT) {
            refuse(EndReason.SIGNED_OUT, "");
            return;
        } else if (error.operator() == OperatorAction.BLOCKED) {
            refuse(EndReason.BLOCKED, RelayText.plain(error.text()));
            return;
        }
        String message = RelayText.of(code, error.text());
        if (code == RefusalCode.DRAINING) {
            onDraining(error.to(), 0, nowNs);
            lost(message, nowNs);
            return;
        }
        boolean passes = code == RefusalCode.FULL
                || code == RefusalCode.TOO_MANY
                || code == RefusalCode.INTERNAL
                || code == RefusalCode.OTHER;
        if (wasSignedIn && passes) {
            lost(message, nowNs);
            return;
        }
        refuse(
                switch (code) {
                    case NAME_TAKEN, BAD_NAME, NOT_ALLOWED -> EndReason.NAME_REFUSED;
                    case FULL -> EndReason.RELAY_FULL;
                    case DRAINING -> EndReason.RELAY_STOPPING;
                    case BAD_MESSAGE, BAD_VERSION, TOO_MANY, INTERNAL, OTHER -> EndReason.RELAY_REFUSED;
                },
                message);
    }

    private void onDraining(@Nullable String to, long withinMs, long nowNs) {
        returnsByNs = nowNs + (Math.min(withinMs, MAX_DRAIN_MS) + RETURN_MS) * NS_PER_MS;
        if (!draining) {
            draining = true;
            effects.publish(new SessionEvent.RelayDraining(config.relayName(), to == null ? "" : to, withinMs));
            listener.onDraining(to);
        }
    }

    private void onWelcome(RelayMessage.Welcome said, long nowNs) {
        if (state != State.SIGNING_IN) {
            return;
        }
        Optional<String> name = ClientName.parse(said.name());
        if (name.isEmpty()) {
            lost("the relay sent an invalid name", nowNs);
            return;
        }
        RelayMessage.Welcome welcome = new RelayMessage.Welcome(
                name.get(),
                said.resumed(),
                said.udp(),
                // Through ssh, this is the address of the host itself.
                config.endpoint().ssh() == null ? RelayText.address(said.seenAs()) : "",
                said.heartbeatMs(),
                said.features());
        received = welcome.udpSession().equals(udpSession) ? received : 0;
        udpSession = welcome.udpSession();
        state = State.SIGNED_IN;
        wasSignedIn = true;
        untrusted = 0;
        draining = false;
        failures = 0;
        changes = 0;
        signedInNs = nowNs;
        int ownMs = config.timing().heartbeatMs();
        heartbeatNs = (ownMs > 0 ? Math.min(ownMs, welcome.heartbeatMs()) : welcome.heartbeatMs()) * NS_PER_MS;
        deadlineNs = nowNs + heartbeatNs;
        pingUnanswered = false;
        missingPongs = 0;
        effects.publish(new CallEvent.RelayAnswered("HELLO", "WELCOME", ms(nowNs - helloNs)));
        effects.publish(new SessionEvent.SignedIn(welcome.name(), welcome.seenAs(), welcome.resumed()));
        effects.startMedia(welcome);
        outbox.unconfirmed().forEach(effects::say);
        listener.onSignedIn(welcome);
    }

    private void onPong(long id, long nowNs) {
        outbox.onPong(id);
        boolean toTheLast = id == pingId;
        boolean toTheOneBefore = missingPongs > 0 && id == pingId - 1;
        if (!pingUnanswered || !toTheLast && !toTheOneBefore) {
            return;
        }
        pingUnanswered = false;
        missingPongs = 0;
        effects.publish(new CallEvent.RelayAnswered(PING, "PONG", ms(nowNs - (toTheLast ? pingNs : pingBeforeNs))));
        deadlineNs = pingNs + heartbeatNs;
    }

    /** The connection was lost or could not be established. */
    void onBroken(String problem, long nowNs) {
        if (state == State.PROVING) {
            onVerdict(trust.onNoProof(), nowNs);
            return;
        }
        if (isTrying() || state == State.SIGNED_IN) {
            lost(problem, nowNs);
        }
    }

    private boolean isTrying() {
        return state == State.CONNECTING || state == State.SIGNING_IN;
    }

    /** The machine's address changed; connections from the old address no longer work. */
    void onAddressChanged(long nowNs) {
        if (isTrying() || state == State.SIGNED_IN) {
            lost("this machine's address has changed", nowNs);
        }
        if (state == State.RETRYING) {
            deadlineNs = nowNs;
        }
    }

    /** A local problem makes the session impossible. */
    void onUnrecoverable(EndReason reason, String detail) {
        refuse(reason, detail);
    }

    /** Checks the deadlines. */
    void onTick(long nowNs) {
        if (state == State.NEW || state == State.OVER || deadlineNs - nowNs > 0) {
            return;
        }
        switch (state) {
            case CONNECTING, SIGNING_IN -> lost("no answer within " + config.timeoutMs() + " ms", nowNs);
            case PROVING -> {
                onVerdict(trust.onNoProof(), nowNs);
            }
            case SIGNED_IN -> heartbeat(nowNs);
            case RETRYING -> connect(nowNs);
            case NEW, OVER -> {}
        }
    }

    private void heartbeat(long nowNs) {
        if (pingUnanswered) {
            missingPongs++;
            String problem = "no answer within " + config.timeoutMs() + " ms";
            effects.publish(new CallEvent.RelayFailed(PING, problem, missingPongs));
            if (missingPongs >= MISSING_PONGS) {
                lost(problem, nowNs);
                return;
            }
        }
        pingBeforeNs = pingNs;
        pingNs = nowNs;
        pingUnanswered = true;
        deadlineNs = nowNs + timeoutNs;
        effects.say(new ClientMessage.Ping(++pingId, received));
    }

    private void lost(String problem, long nowNs) {
        boolean wasSteady = state == State.SIGNED_IN && nowNs - signedInNs >= STEADY_MS * NS_PER_MS;
        failures++;
        if (!wasSignedIn
                && config.timing().attempts() > 0
                && failures
                        >= config.timing().attempts()
                                * config.endpoint().choice().all().size()) {
            refuse(draining ? EndReason.RELAY_STOPPING : EndReason.RELAY_UNREACHABLE, problem);
            return;
        }
        effects.disconnect();
        boolean changed = changeRelay(wasSteady);
        boolean returnsSoon = draining && nowNs - returnsByNs < 0;
        if (wasSteady || returnsSoon) {
            retryDelay.reset();
        }
        long delayMs = changed || wasSteady && !returnsSoon ? 0 : retryDelay.nextMs();
        state = State.RETRYING;
        deadlineNs = nowNs + delayMs * NS_PER_MS;
        effects.publish(new SessionEvent.SessionLost(problem, failures, delayMs));
        listener.onLost(problem, failures, delayMs);
    }

    private boolean hasAlternatives() {
        return config.endpoint().choice().all().size() > 1;
    }

    /**
     * Changes to the next relay, if there are several. A relay to which a steady connection was lost is tried again first, unless it
     * has announced its end.
     *
     * @return whether that relay is to be tried at once, because it was not tried since the last sign-in
     */
    private boolean changeRelay(boolean wasSteady) {
        if (!hasAlternatives() || wasSteady && !draining) {
            return false;
        }
        String former = config.relayName();
        config.endpoint().choice().next();
        changes++;
        relayVerified = false;
        trust.clear();
        effects.publish(new SessionEvent.RelayChanged(former, config.relayName()));
        return changes < config.endpoint().choice().all().size();
    }

    private void refuse(EndReason reason, String detail) {
        if (state != State.OVER) {
            effects.disconnect();
            state = State.OVER;
            listener.onRefused(reason, detail);
        }
    }

    /** Returns the time until the next deadline, in nanoseconds; 0 or less if it is due. */
    long idleNs(long nowNs) {
        return state == State.NEW || state == State.OVER ? Long.MAX_VALUE : deadlineNs - nowNs;
    }

    private static double ms(long ns) {
        return NanoClock.toMs(ns);
    }
}
