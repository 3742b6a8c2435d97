package voiptui.call.classic;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import voiptui.call.CallProgress;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;
import voiptui.protocol.classic.ClassicReply;
import voiptui.protocol.classic.ClassicRequest;
import voiptui.time.RetryDelay;

/**
 * The states of a classic call and their transitions.
 *
 * <p>Passive: the time comes with each event, decisions go to {@link ClassicCallEffects}, and nothing blocks. At most one
 * request to the relay is pending. Owned by the call thread.
 */
final class ClassicCallMachine {

    /** The shortest time between two requests that are sent early because the relay seems to be gone. */
    static final long EARLY_ASK_MS = 500;
    /** Interval of registrations while nothing is heard: a relay may have forgotten the client and still answer ALIVE. */
    static final long REREGISTER_MS = 120_000;
    /** After the peer falls silent: first interval of registrations, doubled up to {@link #REREGISTER_MS}. */
    static final long SILENT_REREGISTER_MS = 5000;
    /** The longest time to wait for an unresponsive relay when leaving. */
    static final long LEAVE_MS = 5000;

    private static final long RESUMED_MEDIA_MS = 1000;

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
    private final CallProgress progress;
    private final RetryDelay retryDelay;

    private Phase phase = Phase.CONNECTING;
    private EndReason endReason = EndReason.QUIT;

    /** The request that the relay has not answered yet; null: none. */
    private @Nullable ClassicRequest pending;

    private int attempt = 1;
    private int failures;
    private long nowMs;
    private long retryAtMs;
    private long nextHeartbeatMs;
    private long nextRegistrationMs;
    private long registrationPauseMs;
    private long earlyAskAllowedMs;
    private long lastHeardMs = -1;
    private long leaveUntilMs;

    /**
     * Creates the machine of one call.
     *
     * @param localPort the local UDP port of the media
     * @param random spreads the retries
     */
    ClassicCallMachine(ClassicCallConfig config, int localPort, RandomGenerator random, ClassicCallEffects effects) {
        this.config = config;
        this.hello = new ClassicRequest.Hello(localPort, config.target());
        this.effects = effects;
        this.progress = new CallProgress(effects, config.durationMs());
        this.retryDelay = new RetryDelay(random);
    }

    /** Starts to register. */
    void start(long atMs) {
        nowMs = atMs;
        progress.enterAttempt(CallState.CONNECTING, attempt, config.relay().attempts(), 0, "");
        ask(hello);
    }

    /** Advances the time; called about every 40 ms. */
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
                if (progress.isPlayOutOver(nowMs)) {
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
        if (progress.isTimeUp(nowMs) && phase != Phase.LEAVING && phase != Phase.ENDED) {
            leave(EndReason.DURATION);
        }
    }

    private void retry() {
        if (phase == Phase.CONNECTING) {
            progress.enterAttempt(CallState.CONNECTING, attempt, config.relay().attempts(), 0, "");
        }
        ask(hello);
    }

    private void watchPeer() {
        if (progress.state() == CallState.IN_CALL && nowMs - lastHeardMs >= CallProgress.PEER_SILENT_MS) {
            progress.enter(CallState.PEER_SILENT);
            registrationPauseMs = SILENT_REREGISTER_MS;
            nextRegistrationMs = nowMs;
        }
    }

    private void keepRegistration() {
        if (pending != null) {
            return;
        }
        if (progress.state() != CallState.IN_CALL && nowMs >= nextRegistrationMs) {
            registrationPauseMs =
                    Math.min(2 * registrationPauseMs, Math.max(config.relay().heartbeatMs(), REREGISTER_MS));
            nextRegistrationMs = nowMs + registrationPauseMs;
            ask(hello);
        } else if (nowMs >= nextHeartbeatMs) {
            nextHeartbeatMs = nowMs + config.relay().heartbeatMs();
            ask(new ClassicRequest.Heartbeat());
        }
    }

    /** A media packet of the peer was received. */
    void onHeard(long atMs) {
        nowMs = atMs;
        lastHeardMs = atMs;
        if (phase == Phase.REGISTERED && progress.state() != CallState.IN_CALL) {
            progress.enter(CallState.IN_CALL);
        }
    }

    /** The relay's host rejected our media (ICMP port unreachable): the relay is gone or is restarting. */
    void onRefused(long atMs) {
        nowMs = atMs;
        if (phase == Phase.REGISTERED && pending == null && nowMs >= earlyAskAllowedMs) {
            earlyAskAllowedMs = nowMs + EARLY_ASK_MS;
            ask(hello);
        }
    }

    /** The peer sent end-of-transmission. */
    void onEndOfTransmission(long atMs) {
        nowMs = atMs;
        if (phase == Phase.CONNECTING || phase == Phase.PLAYING_OUT || phase == Phase.LEAVING || phase == Phase.ENDED) {
            return;
        }
        progress.playOut(nowMs);
        if (config.stay()) {
            if (progress.state() == CallState.IN_CALL || progress.state() == CallState.PEER_SILENT) {
                startWaiting(EndReason.PEER_LEFT.text());
            }
        } else {
            phase = Phase.PLAYING_OUT;
        }
    }

    /** The buffered sound of the peer has been played. */
    void onDrained(long atMs) {
        nowMs = atMs;
        if (phase == Phase.PLAYING_OUT) {
            leave(EndReason.PEER_LEFT);
        }
    }

    /** The user or the system asks to end the call. */
    void onHangUp(EndReason reason, long atMs) {
        nowMs = atMs;
        if (phase != Phase.LEAVING && phase != Phase.ENDED) {
            leave(reason);
        }
    }

    /** The relay has answered, or a request has failed. */
    void onReply(ControlReply reply, long atMs) {
        nowMs = atMs;
        pending = null;
        reply.reply()
                .ifPresent(word -> effects.publish(
                        new CallEvent.RelayAnswered(reply.request().verb(), word.name(), reply.rttMs())));
        switch (phase) {
            case CONNECTING -> onReplyWhileConnecting(reply);
            case REGISTERED, PLAYING_OUT -> onReplyWhileRegistered(reply);
            case LOST -> onReplyWhileLost(reply);
            case LEAVING -> onReplyWhileLeaving(reply);
            case ENDED -> {}
        }
    }

    private void onReplyWhileConnecting(ControlReply reply) {
        if (reply.is(ClassicReply.WELCOME)) {
            progress.start(nowMs);
            onRegistered();
            effects.startSending();
        } else if (reply.is(ClassicReply.FULL)) {
            end(EndReason.RELAY_FULL, reply.text());
        } else if (reply.is(ClassicReply.INVALID)) {
            end(EndReason.RELAY_REFUSED, reply.text());
        } else {
            failed(reply);
            if (attempt >= config.relay().attempts()) {
                end(EndReason.RELAY_UNREACHABLE, reply.text());
                return;
            }
            attempt++;
            long pauseMs = reply.timedOut() ? 0 : retryDelay.nextMs();
            retryAtMs = nowMs + pauseMs;
            if (pauseMs > 0) {
                progress.enterAttempt(
                        CallState.CONNECTING, attempt, config.relay().attempts(), pauseMs, reply.text());
            }
        }
    }

    private void onReplyWhileRegistered(ControlReply reply) {
        if (reply.is(ClassicReply.WELCOME) || reply.is(ClassicReply.ALIVE)) {
            failures = 0;
            retryDelay.reset();
            return;
        }
        failed(reply);
        if (phase == Phase.PLAYING_OUT || reply.is(ClassicReply.FULL)) {
            return;
        }
        if (reply.is(ClassicReply.INVALID) && reply.request() instanceof ClassicRequest.Heartbeat) {
            // The relay has forgotten this client.
            ask(hello);
            return;
        }
        boolean mediaFlows = lastHeardMs >= 0 && nowMs - lastHeardMs < CallProgress.MEDIA_ALIVE_MS;
        if (mediaFlows && !reply.refused() && failures < config.relay().attempts()) {
            nextHeartbeatMs = nowMs + retryDelay.nextMs();
        } else {
            phase = Phase.LOST;
            attempt = 1;
            waitToRetry(reply);
        }
    }

    private void onReplyWhileLost(ControlReply reply) {
        if (reply.is(ClassicReply.WELCOME)) {
            onRegistered();
        } else {
            attempt++;
            failed(reply);
            waitToRetry(reply);
        }
    }

    private void onReplyWhileLeaving(ControlReply reply) {
        boolean neverRegistered = !progress.isStarted() && !reply.is(ClassicReply.WELCOME);
        if (reply.request() instanceof ClassicRequest.Disconnect
                || reply.reply().isEmpty()
                || neverRegistered) {
            end(endReason, "");
            return;
        }
        if (!progress.isStarted()) {
            // Registered while leaving: this datagram lets the relay tell clients on one host apart.
            effects.sayEndOfTransmission();
        }
        ask(new ClassicRequest.Disconnect());
    }

    private void onRegistered() {
        phase = Phase.REGISTERED;
        failures = 0;
        attempt = 1;
        retryDelay.reset();
        nextHeartbeatMs = nowMs + config.relay().heartbeatMs();
        boolean mediaFlows = lastHeardMs >= 0 && nowMs - lastHeardMs < RESUMED_MEDIA_MS;
        if (mediaFlows) {
            progress.enter(CallState.IN_CALL);
        } else {
            startWaiting("");
        }
    }

    private void startWaiting(String detail) {
        registrationPauseMs = REREGISTER_MS;
        nextRegistrationMs = nowMs + REREGISTER_MS;
        progress.enter(CallState.WAITING, detail);
    }

    private void failed(ControlReply reply) {
        failures++;
        effects.publish(new CallEvent.RelayFailed(reply.request().verb(), reply.text(), failures));
    }

    private void waitToRetry(ControlReply reply) {
        long pauseMs = retryDelay.nextMs();
        retryAtMs = nowMs + pauseMs;
        progress.enterAttempt(CallState.RELAY_LOST, attempt, 0, pauseMs, reply.text());
    }

    private void leave(EndReason reason) {
        endReason = reason;
        // A restarted relay that has forgotten this client may apply a DISCONNECT to another client on this host.
        boolean registered = progress.isStarted() && phase != Phase.LOST;
        phase = Phase.LEAVING;
        leaveUntilMs = nowMs + LEAVE_MS;
        if (progress.isStarted()) {
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
        progress.end(reason, detail);
    }

    private void ask(ClassicRequest request) {
        pending = request;
        effects.ask(request);
    }

    /** Returns the published state of the call and its duration. */
    CallProgress progress() {
        return progress;
    }
}
