package voiptui.call;

import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;

/**
 * The published state of a call, and the times that end it: shared by the state machines of both protocols.
 *
 * <p>Passive: the time comes with each call, in milliseconds on any clock that does not go backwards. Owned by the call's
 * thread.
 */
public final class CallProgress {

    /** After this time without media from the peer, a call counts as silent. */
    public static final long PEER_SILENT_MS = 5000;
    /** Media received within this time shows that the relay works, whatever its control connection does. */
    public static final long MEDIA_ALIVE_MS = 2000;
    /** The longest time to play what is buffered when the peer hangs up. */
    public static final long PLAY_OUT_MS = 2000;

    private final CallEffects effects;
    private final long maxDurationMs;
    private CallState state = CallState.CONNECTING;
    private @Nullable CallState lastState;
    private long startedAtMs = -1;
    private long playOutUntilMs;

    /**
     * Creates the progress of a call that is connecting.
     *
     * @param maxDurationMs how long the call may last once started; 0 for no limit
     */
    public CallProgress(CallEffects effects, long maxDurationMs) {
        this.effects = effects;
        this.maxDurationMs = maxDurationMs;
    }

    /** Returns the current state. */
    public CallState state() {
        return state;
    }

    /** Returns the state in which the call ended, before {@link CallState#ENDED}; the current state if it has not ended. */
    public CallState lastState() {
        return lastState == null ? state : lastState;
    }

    /** Enters and publishes a state. */
    public void enter(CallState newState) {
        enter(newState, "");
    }

    /**
     * Enters and publishes a state.
     *
     * @param detail why, for the user; may be empty
     */
    public void enter(CallState newState, String detail) {
        enterAttempt(newState, 0, 0, 0, detail);
    }

    /**
     * Enters and publishes a state in which the relay is being contacted.
     *
     * @param attempt the current or next attempt, from 1
     * @param attempts the number of attempts; 0 for no limit
     * @param retryInMs time until the attempt; 0 when it is under way
     * @param detail what went wrong, for the user; may be empty
     */
    public void enterAttempt(CallState newState, int attempt, int attempts, long retryInMs, String detail) {
        state = newState;
        effects.publish(new CallEvent.StateChanged(newState, attempt, attempts, retryInMs, null, detail));
    }

    /**
     * Ends the call.
     *
     * @param detail what else the user should know; may be empty
     */
    public void end(EndReason reason, String detail) {
        lastState = state;
        state = CallState.ENDED;
        effects.publish(new CallEvent.StateChanged(CallState.ENDED, 0, 0, 0, reason, detail));
        effects.ended(reason);
    }

    /** The relay has accepted the client: the duration of the call counts from here. Later calls have no effect. */
    public void start(long nowMs) {
        if (!isStarted()) {
            startedAtMs = nowMs;
        }
    }

    /** Returns whether the relay has accepted the client. */
    public boolean isStarted() {
        return startedAtMs >= 0;
    }

    /** Returns the time since the call started; 0 if it has not. */
    public long durationMs(long nowMs) {
        return isStarted() ? nowMs - startedAtMs : 0;
    }

    /** Returns whether the call has lasted as long as it may. */
    public boolean isTimeUp(long nowMs) {
        return maxDurationMs > 0 && isStarted() && durationMs(nowMs) >= maxDurationMs;
    }

    /** Asks for the buffered sound of the peer to be played, and starts the time allowed for it. */
    public void playOut(long nowMs) {
        effects.playOut();
        playOutUntilMs = nowMs + PLAY_OUT_MS;
    }

    /** Returns whether the time to play the buffered sound has passed. */
    public boolean isPlayOutOver(long nowMs) {
        return nowMs >= playOutUntilMs;
    }
}
