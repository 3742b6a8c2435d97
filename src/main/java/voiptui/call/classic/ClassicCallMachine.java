package voiptui.call.classic;

import java.util.random.RandomGenerator;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;
import voiptui.protocol.ClassicReply;
import voiptui.protocol.ClassicRequest;
import voiptui.time.RetryDelay;

/**
 * The states of a call, and what leads from one to the next.
 *
 * <p>Pure: it is told the time with everything that happens, acts through {@link ClassicCallEffects}, and never waits. One
 * question to the relay is open at a time. Owned by the call thread.
 */
final class ClassicCallMachine {

    /** Nothing heard for so long in a call means that the peer went silent. */
    static final long PEER_SILENT_MS = 5000;
    /** Media heard within this time shows that the relay works, whatever its control port says. */
    static final long MEDIA_ALIVE_MS = 2000;
    /** The least time between two questions that are asked early, out of suspicion. */
    static final long EARLY_ASK_MS = 500;
    /** While nothing is heard, register anew so often: the relay may have forgotten us and say ALIVE all the same. */
    static final long REREGISTER_MS = 120_000;
    /** A peer gone silent: register anew at once, then after twice this time, and so on up to {@link #REREGISTER_MS}. */
    static final long SILENT_REREGISTER_MS = 5000;
    /** What is left in the buffer when the peer hangs up may take so long to play. */
    static final long PLAY_OUT_MS = 2000;
    /** A relay that does not answer may keep us from leaving for so long. */
    static final long LEAVE_MS = 5000;

    private enum Phase {
        CONNECTING,
        REGISTERED,
        LOST,
        PLAYING_OUT,
        LEAVING,
        ENDED
    }

    private final ClassicCallConfig config;
    private final ClassicRequest.Hello hello;
    private final ClassicCallEffects effects;
    private final RetryDelay retryDelay;

    private Phase phase = Phase.CONNECTING;
    private CallState state = CallState.CONNECTING;
    private CallState lastState;
    private EndReason endReason;

    private ClassicRequest pending;
    private int attempt = 1;
    private int failures;
    private long nowMs;
    private long retryAtMs;
    private long nextHeartbeatMs;
    private long nextRegistrationMs;
    private long registrationPauseMs;
    private long earlyAskAllowedMs;
    private long registeredAtMs = -1;
    private long lastHeardMs = -1;
    private long playOutUntilMs;
    private long leaveUntilMs;

    /**
     * Prepares a call.
     *
     * @param localPort the UDP port that the media comes from
     * @param random for the spread of retries
     */
    ClassicCallMachine(ClassicCallConfig config, int localPort, RandomGenerator random, ClassicCallEffects effects) {
        this.config = config;
        this.hello = new ClassicRequest.Hello(localPort, config.target());
        this.effects = effects;
        this.retryDelay = new RetryDelay(random);
    }

    /** Begins to register. */
    void start(long atMs) {
        nowMs = atMs;
        enter(CallState.CONNECTING, attempt, config.attempts(), 0, "");
        ask(hello);
    }

    /** Time went on. Called often: each 20 ms or so. */
    void onTick(long atMs) {
        nowMs = atMs;
        switch (phase) {
            case CONNECTING, LOST -> {
                if (pending == null && nowMs >= retryAtMs) {
                    retry();
                }
            }
            case REGISTERED -> {
                watchPeer();
                keepRegistration();
            }
            case PLAYING_OUT -> {
                if (nowMs >= playOutUntilMs) {
                    onDrained(nowMs);
                }
            }
            case LEAVING -> {
                if (nowMs >= leaveUntilMs) {
                    end(endReason, "");
                }
            }
            case ENDED -> {}
        }
        boolean timeIsUp =
                config.durationMs() > 0 && registeredAtMs >= 0 && nowMs - registeredAtMs >= config.durationMs();
        if (timeIsUp && phase != Phase.LEAVING && phase != Phase.ENDED) {
            leave(EndReason.DURATION);
        }
    }

    private void retry() {
        if (phase == Phase.CONNECTING) {
            enter(CallState.CONNECTING, attempt, config.attempts(), 0, "");
        }
        ask(hello);
    }

    private void watchPeer() {
        if (state == CallState.IN_CALL && nowMs - lastHeardMs >= PEER_SILENT_MS) {
            enter(CallState.PEER_SILENT, 0, 0, 0, "");
            registrationPauseMs = SILENT_REREGISTER_MS;
            nextRegistrationMs = nowMs;
        }
    }

    private void keepRegistration() {
        if (pending != null) {
            return;
        }
        if (state != CallState.IN_CALL && nowMs >= nextRegistrationMs) {
            registrationPauseMs = Math.min(2 * registrationPauseMs, Math.max(config.heartbeatMs(), REREGISTER_MS));
            nextRegistrationMs = nowMs + registrationPauseMs;
            ask(hello);
        } else if (nowMs >= nextHeartbeatMs) {
            nextHeartbeatMs = nowMs + config.heartbeatMs();
            ask(new ClassicRequest.Heartbeat());
        }
    }

    /** A media packet of the peer came. */
    void onHeard(long atMs) {
        nowMs = atMs;
        lastHeardMs = atMs;
        if (phase == Phase.REGISTERED && state != CallState.IN_CALL) {
            enter(CallState.IN_CALL, 0, 0, 0, "");
        }
    }

    /** The relay's host said that nobody takes our media: the relay is gone, or is just coming back. */
    void onRefused(long atMs) {
        nowMs = atMs;
        if (phase == Phase.REGISTERED && pending == null && nowMs >= earlyAskAllowedMs) {
            earlyAskAllowedMs = nowMs + EARLY_ASK_MS;
            ask(hello);
        }
    }

    /** The peer said end-of-transmission. */
    void onEndOfTransmission(long atMs) {
        nowMs = atMs;
        if (phase == Phase.CONNECTING || phase == Phase.PLAYING_OUT || phase == Phase.LEAVING || phase == Phase.ENDED) {
            return;
        }
        effects.playOut();
        if (config.stay()) {
            if (state == CallState.IN_CALL || state == CallState.PEER_SILENT) {
                beginWaiting("the other side hung up");
            }
        } else {
            phase = Phase.PLAYING_OUT;
            playOutUntilMs = nowMs + PLAY_OUT_MS;
        }
    }

    /** What was left of the peer's sound has been played. */
    void onDrained(long atMs) {
        nowMs = atMs;
        if (phase == Phase.PLAYING_OUT) {
            leave(EndReason.PEER_LEFT);
        }
    }

    /** The user or the system wants an end. */
    void onHangUp(EndReason reason, long atMs) {
        nowMs = atMs;
        if (phase != Phase.LEAVING && phase != Phase.ENDED) {
            leave(reason);
        }
    }

    /** An answer of the relay, or the lack of one. */
    void onAnswer(ControlReply answer, long atMs) {
        nowMs = atMs;
        pending = null;
        answer.reply()
                .ifPresent(reply -> effects.publish(
                        new CallEvent.RelayAnswered(answer.request().verb(), reply.name(), answer.rttMs())));
        switch (phase) {
            case CONNECTING -> onAnswerWhileConnecting(answer);
            case REGISTERED, PLAYING_OUT -> onAnswerWhileRegistered(answer);
            case LOST -> onAnswerWhileLost(answer);
            case LEAVING -> onAnswerWhileLeaving(answer);
            case ENDED -> {}
        }
    }

    private void onAnswerWhileConnecting(ControlReply answer) {
        if (answer.is(ClassicReply.WELCOME)) {
            registeredAtMs = nowMs;
            onRegistered();
            effects.startSending();
        } else if (answer.is(ClassicReply.FULL)) {
            end(EndReason.RELAY_FULL, answer.words());
        } else if (answer.is(ClassicReply.INVALID)) {
            end(EndReason.RELAY_REFUSED, answer.words());
        } else {
            failed(answer);
            if (attempt >= config.attempts()) {
                end(EndReason.RELAY_UNREACHABLE, answer.words());
                return;
            }
            attempt++;
            long pauseMs = answer.timedOut() ? 0 : retryDelay.nextMs();
            retryAtMs = nowMs + pauseMs;
            if (pauseMs > 0) {
                enter(CallState.CONNECTING, attempt, config.attempts(), pauseMs, answer.words());
            }
        }
    }

    private void onAnswerWhileRegistered(ControlReply answer) {
        if (answer.is(ClassicReply.WELCOME) || answer.is(ClassicReply.ALIVE)) {
            failures = 0;
            retryDelay.reset();
            return;
        }
        failed(answer);
        if (phase == Phase.PLAYING_OUT || answer.is(ClassicReply.FULL)) {
            return;
        }
        if (answer.is(ClassicReply.INVALID) && answer.request() instanceof ClassicRequest.Heartbeat) {
            // It does not know us any more: register, or it cannot be talked with.
            ask(hello);
            return;
        }
        boolean mediaFlows = lastHeardMs >= 0 && nowMs - lastHeardMs < MEDIA_ALIVE_MS;
        if (mediaFlows && !answer.refused() && failures < config.attempts()) {
            nextHeartbeatMs = nowMs + retryDelay.nextMs();
        } else {
            phase = Phase.LOST;
            attempt = 1;
            waitToRetry(answer);
        }
    }

    private void onAnswerWhileLost(ControlReply answer) {
        if (answer.is(ClassicReply.WELCOME)) {
            onRegistered();
        } else {
            attempt++;
            failed(answer);
            waitToRetry(answer);
        }
    }

    private void onAnswerWhileLeaving(ControlReply answer) {
        boolean neverRegistered = registeredAtMs < 0 && !answer.is(ClassicReply.WELCOME);
        if (answer.request() instanceof ClassicRequest.Disconnect
                || answer.reply().isEmpty()
                || neverRegistered) {
            end(endReason, "");
            return;
        }
        if (registeredAtMs < 0) {
            // Registered in the very moment of leaving: the relay tells clients of one host apart by this.
            effects.sayEndOfTransmission();
        }
        ask(new ClassicRequest.Disconnect());
    }

    private void onRegistered() {
        phase = Phase.REGISTERED;
        failures = 0;
        attempt = 1;
        retryDelay.reset();
        nextHeartbeatMs = nowMs + config.heartbeatMs();
        boolean mediaFlows = lastHeardMs >= 0 && nowMs - lastHeardMs < 1000;
        if (mediaFlows) {
            enter(CallState.IN_CALL, 0, 0, 0, "");
        } else {
            beginWaiting("");
        }
    }

    private void beginWaiting(String detail) {
        registrationPauseMs = REREGISTER_MS;
        nextRegistrationMs = nowMs + REREGISTER_MS;
        enter(CallState.WAITING, 0, 0, 0, detail);
    }

    private void failed(ControlReply answer) {
        failures++;
        effects.publish(new CallEvent.RelayFailed(answer.request().verb(), answer.words(), failures));
    }

    private void waitToRetry(ControlReply answer) {
        long pauseMs = retryDelay.nextMs();
        retryAtMs = nowMs + pauseMs;
        enter(CallState.RELAY_LOST, attempt, 0, pauseMs, answer.words());
    }

    private void leave(EndReason reason) {
        endReason = reason;
        // A relay that is lost may be back without knowing us, and take a DISCONNECT for another client of this host.
        boolean registered = registeredAtMs >= 0 && phase != Phase.LOST;
        phase = Phase.LEAVING;
        leaveUntilMs = nowMs + LEAVE_MS;
        if (registeredAtMs >= 0) {
            effects.sayEndOfTransmission();
        }
        if (pending == null && registered) {
            ask(new ClassicRequest.Disconnect());
        } else if (pending == null) {
            end(reason, "");
        }
    }

    private void end(EndReason reason, String detail) {
        phase = Phase.ENDED;
        lastState = state;
        state = CallState.ENDED;
        effects.publish(new CallEvent.StateChanged(CallState.ENDED, 0, 0, 0, reason, detail));
        effects.ended(reason);
    }

    private void ask(ClassicRequest request) {
        pending = request;
        effects.ask(request);
    }

    private void enter(CallState newState, int ofAttempt, int attempts, long retryInMs, String detail) {
        state = newState;
        effects.publish(new CallEvent.StateChanged(newState, ofAttempt, attempts, retryInMs, null, detail));
    }

    CallState state() {
        return state;
    }

    /** The state in which the call ended, before {@link CallState#ENDED}; the present one when it has not. */
    CallState lastState() {
        return lastState == null ? state : lastState;
    }

    /** When the relay first took us, or -1. */
    long registeredAtMs() {
        return registeredAtMs;
    }
}
