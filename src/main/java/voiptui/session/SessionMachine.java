package voiptui.session;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import voiptui.event.CallEvent;
import voiptui.event.EndReason;
import voiptui.event.SessionEvent;
import voiptui.identity.Fingerprint;
import voiptui.identity.KnownRelays;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.ClientName;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.RelayMessage;
import voiptui.time.NanoClock;
import voiptui.time.RetryDelay;

/**
 * Where a line to a relay stands: connecting, checking whom we talk to, signing in, heartbeats, coming back.
 *
 * <p>Pure: what happens comes in with its time, what is to be done goes out through {@link SessionEffects} and {@link
 * SessionListener}. Owned by the line's thread.
 */
final class SessionMachine {

    /** A connection that lasted that long is tried to have back at once; a shorter one may be the relay's trouble. */
    static final long STEADY_MS = RetryDelay.LONGEST_MS;
    /** So many answers to heartbeats may be missing in a row; one may have met a pause of the network. */
    private static final int MISSING_PONGS = 2;

    private static final String PING = "PING";

    private enum State {
        NEW,
        CONNECTING,
        SIGNING_IN,
        SIGNED_IN,
        RETRYING,
        OVER
    }

    private final SessionConfig config;
    private final String instance;
    private final SessionEffects effects;
    private final SessionListener listener;
    private final RetryDelay retryDelay;
    private final long timeoutNs;

    private State state = State.NEW;
    /** When the present state has lasted too long; while signed in, when the next heartbeat is due. */
    private long deadlineNs;

    private int failures;
    private boolean wasSignedIn;
    private boolean relayTold;
    private long helloNs;
    private long signedInNs;
    private long heartbeatNs;
    private long pingId;
    private long pingNs;
    private long pingBeforeNs;
    private boolean pingUnanswered;
    private int missingPongs;

    /**
     * A line that is not begun.
     *
     * @param instance 16 hexadecimal digits that tell this process from others of the same identity
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
        this.retryDelay = new RetryDelay(random);
        this.timeoutNs = config.timeoutMs() * NS_PER_MS;
    }

    void start(long nowNs) {
        connect(nowNs);
    }

    /** Whether what is said reaches a relay that took us. */
    boolean isSignedIn() {
        return state == State.SIGNED_IN;
    }

    /** Nothing is to be done any more, whatever comes. */
    void stop() {
        state = State.OVER;
    }

    private void connect(long nowNs) {
        state = State.CONNECTING;
        // One time-out for the connection and one for the handshake, both bounded here: a relay that dribbles its bytes
        // never lets the socket's own run out.
        deadlineNs = nowNs + 2 * timeoutNs;
        effects.connect();
    }

    /** The TLS handshake is done; {@code known} is what is pinned for the relay. */
    void onShown(Fingerprint shown, Optional<KnownRelays.Entry> known, long nowNs) {
        if (state != State.CONNECTING) {
            return;
        }
        if (known.isPresent() && !known.get().fingerprint().equals(shown)) {
            refuse(
                    EndReason.RELAY_UNTRUSTED,
                    config.relayName() + " shows " + shown + ", but "
                            + known.get().fingerprint()
                            + " is known of it: it was made anew, or somebody is in between; if you are sure of the new one, remove"
                            + " line " + known.get().line() + " of "
                            + config.knownRelays().file());
            return;
        }
        if (known.isEmpty() && !pinned(shown)) {
            return;
        }
        if (!relayTold) {
            relayTold = true;
            effects.publish(new SessionEvent.RelayVerified(config.relayName(), shown.text(), known.isEmpty()));
        }
        state = State.SIGNING_IN;
        helloNs = nowNs;
        deadlineNs = nowNs + timeoutNs;
        effects.say(new ClientMessage.Hello(ClientMessage.VERSION, config.name(), instance, config.answers()));
    }

    private boolean pinned(Fingerprint shown) {
        if (!config.acceptNew()) {
            refuse(
                    EndReason.RELAY_UNTRUSTED,
                    config.relayName() + " is not known yet; it shows " + shown
                            + "; if that is what its owner says, accept it with --accept-new");
            return false;
        }
        try {
            effects.pin(shown);
            return true;
        } catch (IOException notWritten) {
            onUnreadablePins(notWritten);
            return false;
        }
    }

    /** Whom we trust cannot be read, or not be added to: then nobody. */
    void onUnreadablePins(IOException problem) {
        refuse(EndReason.RELAY_UNTRUSTED, "cannot use " + config.knownRelays().file() + ": " + problem.getMessage());
    }

    /** The relay answered the ClientHello as a classic one does; {@code known} is what is pinned for it. */
    void onClassic(Optional<KnownRelays.Entry> known) {
        if (state != State.CONNECTING) {
            return;
        }
        if (known.isPresent()) {
            refuse(
                    EndReason.RELAY_UNTRUSTED,
                    config.relayName() + " answers without encryption, though it has shown "
                            + known.get().fingerprint() + " before (line "
                            + known.get().line() + " of "
                            + config.knownRelays().file()
                            + "): somebody in between could do that; --classic would talk with it"
                            + " unencrypted");
            return;
        }
        effects.disconnect();
        state = State.OVER;
        listener.onClassicRelay();
    }

    /** The relay said something. */
    void onMessage(RelayMessage message, long nowNs) {
        if (state != State.SIGNING_IN && state != State.SIGNED_IN) {
            return;
        }
        if (message instanceof RelayMessage.Error error) {
            onError(error.code(), RelayText.of(error.code(), error.text()), nowNs);
        } else if (message instanceof RelayMessage.Welcome welcome) {
            onWelcome(welcome, nowNs);
        } else if (message instanceof RelayMessage.Pong pong) {
            onPong(pong.id(), nowNs);
        } else if (state == State.SIGNED_IN) {
            listener.onMessage(message);
        }
    }

    private void onError(RefusalCode code, String words, long nowNs) {
        boolean passes = code == RefusalCode.FULL || code == RefusalCode.TOO_MANY || code == RefusalCode.INTERNAL;
        if (wasSignedIn && passes) {
            lost(words, nowNs);
            return;
        }
        refuse(
                switch (code) {
                    case NAME_TAKEN, BAD_NAME, NOT_ALLOWED -> EndReason.NAME_REFUSED;
                    case FULL -> EndReason.RELAY_FULL;
                    case BAD_MESSAGE, BAD_VERSION, TOO_MANY, INTERNAL -> EndReason.RELAY_REFUSED;
                },
                words);
    }

    private void onWelcome(RelayMessage.Welcome said, long nowNs) {
        if (state != State.SIGNING_IN) {
            return;
        }
        Optional<String> name = ClientName.parse(said.name());
        if (name.isEmpty()) {
            lost("it calls us by what is no name", nowNs);
            return;
        }
        RelayMessage.Welcome welcome = new RelayMessage.Welcome(
                name.get(),
                said.resumed(),
                said.udpPort(),
                said.udpSession(),
                said.udpKey(),
                RelayText.address(said.seenAs()),
                said.heartbeatMs());
        state = State.SIGNED_IN;
        wasSignedIn = true;
        failures = 0;
        signedInNs = nowNs;
        heartbeatNs = (config.heartbeatMs() > 0 ? config.heartbeatMs() : welcome.heartbeatMs()) * NS_PER_MS;
        deadlineNs = nowNs + heartbeatNs;
        pingUnanswered = false;
        missingPongs = 0;
        effects.publish(new CallEvent.RelayAnswered("HELLO", "WELCOME", ms(nowNs - helloNs)));
        effects.publish(new SessionEvent.SignedIn(welcome.name(), welcome.seenAs(), welcome.resumed()));
        listener.onSignedIn(welcome);
    }

    private void onPong(long id, long nowNs) {
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

    /** The connection is gone, or was not to be had. */
    void onBroken(String problem, long nowNs) {
        if (isTrying() || state == State.SIGNED_IN) {
            lost(problem, nowNs);
        }
    }

    private boolean isTrying() {
        return state == State.CONNECTING || state == State.SIGNING_IN;
    }

    /** This machine has another address now: a connection from the old one is dead, whether or not it knows. */
    void onAddressChanged(long nowNs) {
        if (isTrying() || state == State.SIGNED_IN) {
            lost("this machine's address has changed", nowNs);
        }
        if (state == State.RETRYING) {
            deadlineNs = nowNs;
        }
    }

    /** The line cannot be, whatever the relay says. */
    void onHopeless(EndReason reason, String detail) {
        refuse(reason, detail);
    }

    /** Time has passed. */
    void onTick(long nowNs) {
        if (state == State.NEW || state == State.OVER || deadlineNs - nowNs > 0) {
            return;
        }
        switch (state) {
            case CONNECTING, SIGNING_IN -> lost("no answer within " + config.timeoutMs() + " ms", nowNs);
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
        effects.say(new ClientMessage.Ping(++pingId));
    }

    private void lost(String problem, long nowNs) {
        boolean wasSteady = state == State.SIGNED_IN && nowNs - signedInNs >= STEADY_MS * NS_PER_MS;
        failures++;
        if (!wasSignedIn && config.attempts() > 0 && failures >= config.attempts()) {
            refuse(EndReason.RELAY_UNREACHABLE, problem);
            return;
        }
        effects.disconnect();
        if (wasSteady) {
            retryDelay.reset();
        }
        long delayMs = wasSteady ? 0 : retryDelay.nextMs();
        state = State.RETRYING;
        deadlineNs = nowNs + delayMs * NS_PER_MS;
        effects.publish(new SessionEvent.SessionLost(problem, failures, delayMs));
        listener.onLost(problem, failures, delayMs);
    }

    private void refuse(EndReason reason, String detail) {
        if (state != State.OVER) {
            effects.disconnect();
            state = State.OVER;
            listener.onRefused(reason, detail);
        }
    }

    /** How long nothing is to be done unless something happens, in nanoseconds; 0 or less for not at all. */
    long idleNs(long nowNs) {
        return state == State.NEW || state == State.OVER ? Long.MAX_VALUE : deadlineNs - nowNs;
    }

    private static double ms(long ns) {
        return NanoClock.toMs(ns);
    }
}
