package voiptui.call;

import java.util.function.Supplier;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.MediaCodec;
import voiptui.protocol.PacketFormat;
import voiptui.protocol.RelayMessage;

/**
 * The states of a call of the second protocol, and what leads from one to the next; {@code protocol.md}, section 3.
 *
 * <p>The line to the relay is somebody else's: this is told when it is there and when not, and says again what the relay
 * has to know when it is back. While media flows a call does not need the line.
 *
 * <p>Pure: it is told the time with everything that happens, acts through {@link CallActions}, and never waits. Owned by
 * the thread of whoever makes it.
 */
final class CallStateMachine {

    /** Nothing heard for so long in a call means that the peer went silent. */
    static final long PEER_SILENT_MS = 5000;
    /** Media heard within this time shows that the relay works, whatever has become of the line. */
    static final long MEDIA_ALIVE_MS = 2000;
    /** What is left in the buffer when the peer hangs up may take so long to play. */
    static final long PLAY_OUT_MS = 2000;

    private enum Phase {
        NEW,
        DIALING,
        ACCEPTING,
        TALKING,
        PLAYING_OUT,
        ENDED
    }

    private final CallOptions config;
    private final Supplier<String> callIds;
    private final CallActions effects;

    private Phase phase = Phase.NEW;
    private CallState state = CallState.CONNECTING;
    private CallState lastState;
    private String call;
    private String to;
    private RelayMessage.Connected connected;
    private boolean online;
    private String lineProblem = "";
    private int lineAttempt;
    private long lineRetryAtMs;
    private long nowMs;
    private long takenOnAtMs = -1;
    private long dialedAtMs;
    private long lastHeardMs;
    private long playOutUntilMs;

    /**
     * Prepares a call.
     *
     * @param callIds makes names for calls: 32 hexadecimal digits, not to be guessed
     */
    CallStateMachine(CallOptions config, Supplier<String> callIds, CallActions effects) {
        this.config = config;
        this.callIds = callIds;
        this.effects = effects;
    }

    /**
     * Calls somebody, as soon as the line is there.
     *
     * @param target a name or an address
     * @param isOnline whether the line is there already
     */
    void dial(String target, boolean isOnline, long atMs) {
        nowMs = atMs;
        to = target;
        call = callIds.get();
        phase = Phase.DIALING;
        begin(isOnline);
    }

    /** Takes a call that the relay announced. */
    void accept(String announcedCall, String from, boolean isOnline, long atMs) {
        nowMs = atMs;
        to = from;
        call = announcedCall;
        phase = Phase.ACCEPTING;
        begin(isOnline);
    }

    private void begin(boolean isOnline) {
        if (isOnline) {
            onSignedIn(nowMs);
        } else {
            enter(CallState.CONNECTING, 1, config.attempts(), 0, "");
        }
    }

    /** The line is there, for the first time or again: the relay has to know of this call. */
    void onSignedIn(long atMs) {
        nowMs = atMs;
        online = true;
        if (takenOnAtMs < 0) {
            takenOnAtMs = nowMs;
            dialedAtMs = nowMs;
        }
        switch (phase) {
            case DIALING -> effects.say(new ClientMessage.Call(call, to, config.codecs()));
            case ACCEPTING -> effects.say(new ClientMessage.Accept(call, config.codecs()));
            case TALKING ->
                effects.say(new ClientMessage.Rejoin(call, connected.peer(), connected.codec(), connected.packets()));
            case NEW, PLAYING_OUT, ENDED -> {}
        }
    }

    /**
     * The line is gone, or was not to be had.
     *
     * @param attempt how many tries have failed in a row
     * @param retryInMs time until the next one
     */
    void onLineLost(String problem, int attempt, long retryInMs, long atMs) {
        nowMs = atMs;
        online = false;
        lineProblem = problem;
        lineAttempt = attempt;
        lineRetryAtMs = nowMs + retryInMs;
        if (takenOnAtMs < 0) {
            enter(CallState.CONNECTING, attempt + 1, config.attempts(), retryInMs, problem);
        } else if (phase == Phase.DIALING || phase == Phase.ACCEPTING || phase == Phase.TALKING && !isMediaAlive()) {
            enterRelayLost();
        }
    }

    private boolean isMediaAlive() {
        return nowMs - lastHeardMs < MEDIA_ALIVE_MS;
    }

    private void enterRelayLost() {
        enter(CallState.RELAY_LOST, Math.max(1, lineAttempt), 0, Math.max(0, lineRetryAtMs - nowMs), lineProblem);
    }

    /** The line will not come back. */
    void onLineRefused(EndReason reason, String detail, long atMs) {
        nowMs = atMs;
        if (phase != Phase.ENDED) {
            end(reason, detail);
        }
    }

    /** Time went on. Called often: each 20 ms or so. */
    void onTick(long atMs) {
        nowMs = atMs;
        switch (phase) {
            case DIALING, ACCEPTING -> {
                boolean unanswered =
                        config.ringTimeoutMs() > 0 && takenOnAtMs >= 0 && nowMs - dialedAtMs >= config.ringTimeoutMs();
                if (unanswered) {
                    leave(EndReason.NO_ANSWER);
                }
            }
            case TALKING -> watchPeer();
            case PLAYING_OUT -> {
                if (nowMs >= playOutUntilMs) {
                    onDrained(nowMs);
                }
            }
            case NEW, ENDED -> {}
        }
        boolean timeIsUp = config.durationMs() > 0 && takenOnAtMs >= 0 && nowMs - takenOnAtMs >= config.durationMs();
        if (timeIsUp && phase != Phase.ENDED) {
            leave(EndReason.DURATION);
        }
    }

    private void watchPeer() {
        long silentMs = nowMs - lastHeardMs;
        if (!online && state != CallState.RELAY_LOST && silentMs >= MEDIA_ALIVE_MS) {
            enterRelayLost();
        } else if (online && state == CallState.IN_CALL && silentMs >= PEER_SILENT_MS) {
            enter(CallState.PEER_SILENT, 0, 0, 0, "");
        }
    }

    /** A media packet of the peer came. */
    void onHeard(long atMs) {
        nowMs = atMs;
        lastHeardMs = atMs;
        if (phase == Phase.TALKING && state != CallState.IN_CALL) {
            enter(CallState.IN_CALL, 0, 0, 0, "");
        }
    }

    /** The peer said, where the media goes, that it is done. */
    void onEndOfTransmission(long atMs) {
        nowMs = atMs;
        if (phase == Phase.TALKING) {
            onPeerLeft();
        }
    }

    private void onPeerLeft() {
        effects.playOut();
        if (config.stay()) {
            effects.say(new ClientMessage.Hangup(call));
            effects.disconnectMedia();
            call = callIds.get();
            connected = null;
            phase = Phase.DIALING;
            dialedAtMs = nowMs;
            enter(CallState.WAITING, 0, 0, 0, "the other side hung up");
            if (online) {
                effects.say(new ClientMessage.Call(call, to, config.codecs()));
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
        if (phase != Phase.ENDED) {
            leave(reason);
        }
    }

    /** The relay said something about a call; about another one it means nothing here. */
    void onMessage(RelayMessage message, long atMs) {
        nowMs = atMs;
        if (message instanceof RelayMessage.Progress progress && progress.call().equals(call)) {
            onProgress(progress.state());
        } else if (message instanceof RelayMessage.Connected news && isAbout(news)) {
            onConnected(news);
        } else if (message instanceof RelayMessage.Ended over && over.call().equals(call)) {
            onEnded(over.reason());
        }
    }

    private boolean isAbout(RelayMessage.Connected news) {
        return news.call().equals(call) || phase == Phase.DIALING && call.equals(news.replaces());
    }

    private void onProgress(RelayMessage.CallProgress progress) {
        CallState reached = switch (progress) {
            case WAITING -> CallState.WAITING;
            case RINGING -> CallState.RINGING;
        };
        if (phase == Phase.DIALING && state != reached) {
            enter(reached, 0, 0, 0, "");
        }
    }

    private void onConnected(RelayMessage.Connected news) {
        if (phase != Phase.DIALING && phase != Phase.ACCEPTING && phase != Phase.TALKING) {
            return;
        }
        if (!isSpeakable(news)) {
            effects.say(new ClientMessage.Hangup(news.call()));
            end(EndReason.RELAY_REFUSED, "it wants us to talk in a way that there is not, or that we did not offer");
            return;
        }
        boolean anew = phase != Phase.TALKING;
        call = news.call();
        connected = news;
        phase = Phase.TALKING;
        // The peer has five seconds to be heard, from now on.
        lastHeardMs = anew || !isMediaAlive() ? nowMs : lastHeardMs;
        effects.connectMedia(news.peer(), news.codec(), news.packets());
        if (state != CallState.IN_CALL) {
            enter(CallState.IN_CALL, 0, 0, 0, "");
        }
    }

    /** Classic programs know PCM alone, whatever we prefer; others get what we offered. */
    private boolean isSpeakable(RelayMessage.Connected news) {
        return news.packets() == PacketFormat.CLASSIC
                ? news.codec() == MediaCodec.PCM
                : config.codecs().contains(news.codec());
    }

    private void onEnded(CallEnding reason) {
        switch (phase) {
            case DIALING, ACCEPTING ->
                end(reason == CallEnding.UNKNOWN ? EndReason.RELAY_REFUSED : reasonOf(reason), "");
            case TALKING -> {
                if (reason == CallEnding.HUNG_UP) {
                    onPeerLeft();
                } else {
                    effects.sayEndOfTransmission();
                    end(reasonOf(reason), "");
                }
            }
            case NEW, PLAYING_OUT, ENDED -> {}
        }
    }

    private static EndReason reasonOf(CallEnding ending) {
        return switch (ending) {
            case HUNG_UP, CANCELLED -> EndReason.PEER_LEFT;
            case REJECTED -> EndReason.REJECTED;
            case BUSY -> EndReason.BUSY;
            case ELSEWHERE -> EndReason.ELSEWHERE;
            case PEER_LOST, UNKNOWN -> EndReason.PEER_LOST;
            case NO_CODEC -> EndReason.NO_CODEC;
        };
    }

    private void leave(EndReason reason) {
        if (connected != null) {
            effects.sayEndOfTransmission();
        }
        effects.say(new ClientMessage.Hangup(call));
        end(reason, "");
    }

    private void end(EndReason reason, String detail) {
        phase = Phase.ENDED;
        lastState = state;
        state = CallState.ENDED;
        effects.publish(new CallEvent.StateChanged(CallState.ENDED, 0, 0, 0, reason, detail));
        effects.ended(reason);
    }

    private void enter(CallState newState, int ofAttempt, int attempts, long retryInMs, String detail) {
        state = newState;
        effects.publish(new CallEvent.StateChanged(newState, ofAttempt, attempts, retryInMs, null, detail));
    }

    /** The state in which the call ended, before {@link CallState#ENDED}; the present one when it has not. */
    CallState lastState() {
        return lastState == null ? state : lastState;
    }

    /** When the relay first heard of this call, or -1. */
    long takenOnAtMs() {
        return takenOnAtMs;
    }
}
