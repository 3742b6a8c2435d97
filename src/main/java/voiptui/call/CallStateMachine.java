package voiptui.call;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;
import voiptui.protocol.CallEnding;
import voiptui.protocol.CallObjection;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.PacketFormat;

/**
 * The states of a v2 call and their transitions; {@code protocol.md}, section 3.
 *
 * <p>The session with the relay belongs to the owner, who reports its state. After each sign-in the machine tells the relay
 * about the call again; while media flows, the call does not need the session.
 *
 * <p>Passive: the time comes with each event, decisions go to {@link CallActions}, and nothing blocks. Owned by the call's
 * thread.
 */
final class CallStateMachine {

    private enum Phase {
        NEW,
        DIALING,
        ACCEPTING,
        /** Connected by the relay, without media: the peer's fingerprint has changed, and the user is asked. */
        CONFIRMING,
        TALKING,
        PLAYING_OUT,
        ENDED
    }

    /** A call that rings for longer ends. Relays end it earlier; protocol.md, section 3. */
    static final long RING_LIMIT_MS = 125_000;
    /** How long the user may think about a changed fingerprint; the other side waits 75 s for the handshake. */
    static final long CONFIRM_LIMIT_MS = 60_000;

    private final CallOptions options;
    private final Supplier<String> callIds;
    private final CallActions actions;
    private final CallProgress progress;
    private final CallEncryption encryption;

    private Phase phase = Phase.NEW;
    private String callId = "";
    /** Whether this side placed the call with that identifier. */
    private boolean isOwner;

    private String peer = "";
    /** The peer as the relay names it; empty before the call is connected. */
    private String connectedPeer = "";
    /** What the two sides agreed on; null before the call is connected. */
    private @Nullable MediaFormat format;

    private boolean online;
    private String sessionProblem = "";
    private int failedAttempts;
    private long sessionRetryAtMs;
    private long nowMs;
    private long dialedAtMs;
    /** When the other side began to ring; meaningless in other states. */
    private long ringingSinceMs;
    /** Whether the relay has started anew since the call was connected. */
    private boolean renewsKeys;
    /** When the user was asked about a changed fingerprint; meaningless in other phases. */
    private long askedAtMs;

    private long lastHeardMs;

    /**
     * Creates the machine of one call.
     *
     * @param callIds creates call identifiers: 32 hexadecimal digits that cannot be guessed
     */
    CallStateMachine(CallOptions options, Supplier<String> callIds, CallActions actions) {
        this(options, callIds, PeerIdentities.NONE, actions);
    }

    /**
     * Creates the machine of one call.
     *
     * @param callIds creates call identifiers: 32 hexadecimal digits that cannot be guessed
     * @param peers whom the user knows
     */
    CallStateMachine(CallOptions options, Supplier<String> callIds, PeerIdentities peers, CallActions actions) {
        this.options = options;
        this.callIds = callIds;
        this.actions = actions;
        this.progress = new CallProgress(actions, options.durationMs());
        this.encryption = new CallEncryption(options.encryption(), peers, actions::publish);
    }

    /**
     * Calls {@code target} as soon as the client is signed in.
     *
     * @param target a name or an IP address
     * @param isOnline whether it is signed in already
     */
    void dial(String target, boolean isOnline, long atMs) {
        nowMs = atMs;
        peer = target;
        callId = callIds.get();
        isOwner = true;
        phase = Phase.DIALING;
        start(isOnline);
    }

    /**
     * Expects the peer to have a fingerprint, because the relay announced it with the call. To be called before {@link #accept}.
     *
     * @param fingerprint the fingerprint, as text; null: the relay announced none
     * @param confirmed whether the user accepted it although another one is known
     */
    void expect(@Nullable String fingerprint, boolean confirmed) {
        encryption.expect(fingerprint, confirmed);
    }

    /** Answers a call that the relay announced. */
    void accept(String announcedCall, String from, boolean isOnline, long atMs) {
        nowMs = atMs;
        peer = from;
        callId = announcedCall;
        phase = Phase.ACCEPTING;
        start(isOnline);
    }

    private void start(boolean isOnline) {
        if (isOnline) {
            onSignedIn(true, nowMs);
        } else {
            progress.enterAttempt(CallState.CONNECTING, 1, options.attempts(), 0, "");
        }
    }

    /**
     * The client has signed in, for the first time or again: tells the relay about the call.
     *
     * @param resumed whether the relay knows the session and its calls from before
     */
    void onSignedIn(boolean resumed, long atMs) {
        nowMs = atMs;
        online = true;
        renewsKeys |= !resumed && phase == Phase.TALKING;
        if (!progress.isStarted()) {
            progress.start(nowMs);
            dialedAtMs = nowMs;
        }
        switch (phase) {
            case DIALING -> actions.say(new ClientMessage.Call(callId, peer, options.offer()));
            case ACCEPTING -> actions.say(new ClientMessage.Accept(callId, options.offer()));
            case CONFIRMING, TALKING -> rejoin();
            case NEW, PLAYING_OUT, ENDED -> {}
        }
    }

    private void rejoin() {
        if (format != null) {
            actions.say(new ClientMessage.Rejoin(
                    callId, connectedPeer, format, options.offer().fingerprint()));
        }
    }

    /**
     * The session was lost, or an attempt to sign in failed.
     *
     * @param problem what went wrong, for the user
     * @param attempt the number of attempts that have failed in a row
     * @param retryInMs time until the next attempt
     */
    void onSessionLost(String problem, int attempt, long retryInMs, long atMs) {
        nowMs = atMs;
        online = false;
        sessionProblem = problem;
        failedAttempts = attempt;
        sessionRetryAtMs = nowMs + retryInMs;
        if (!progress.isStarted()) {
            progress.enterAttempt(CallState.CONNECTING, attempt + 1, options.attempts(), retryInMs, problem);
        } else if (phase == Phase.TALKING ? !isMediaAlive() : phase != Phase.PLAYING_OUT && phase != Phase.ENDED) {
            enterRelayLost();
        }
    }

    private boolean isMediaAlive() {
        return nowMs - lastHeardMs < CallProgress.MEDIA_ALIVE_MS;
    }

    private void enterRelayLost() {
        progress.enterAttempt(
                CallState.RELAY_LOST,
                Math.max(1, failedAttempts),
                0,
                Math.max(0, sessionRetryAtMs - nowMs),
                sessionProblem);
    }

    /** The session has ended and will not be resumed. */
    void onSessionEnded(EndReason reason, String detail, long atMs) {
        nowMs = atMs;
        if (phase != Phase.ENDED) {
            end(reason, detail);
        }
    }

    /** Advances the time; called about every 40 ms. */
    void onTick(long atMs) {
        nowMs = atMs;
        switch (phase) {
            case DIALING, ACCEPTING -> {
                boolean unanswered = options.ringTimeoutMs() > 0
                        && progress.isStarted()
                        && nowMs - dialedAtMs >= options.ringTimeoutMs();
                boolean ringsTooLong = progress.state() == CallState.RINGING && nowMs - ringingSinceMs >= RING_LIMIT_MS;
                if (unanswered || ringsTooLong) {
                    leave(EndReason.NO_ANSWER);
                }
            }
            case CONFIRMING -> {
                if (nowMs - askedAtMs >= CONFIRM_LIMIT_MS) {
                    refuse(EndReason.PEER_CHANGED, CallObjection.PEER_CHANGED, "");
                }
            }
            case TALKING -> watchPeer();
            case PLAYING_OUT -> {
                if (progress.isPlayOutOver(nowMs)) {
                    onDrained(nowMs);
                }
            }
            case NEW, ENDED -> {}
        }
        if (progress.isTimeUp(nowMs) && phase != Phase.ENDED) {
            leave(EndReason.DURATION);
        }
    }

    private void watchPeer() {
        long silentMs = nowMs - lastHeardMs;
        if (!online && progress.state() != CallState.RELAY_LOST && silentMs >= CallProgress.MEDIA_ALIVE_MS) {
            enterRelayLost();
        } else if (online && progress.state() == CallState.IN_CALL && silentMs >= CallProgress.PEER_SILENT_MS) {
            progress.enter(CallState.PEER_SILENT);
        }
    }

    /** A media packet of the peer was received. */
    void onHeard(long atMs) {
        nowMs = atMs;
        lastHeardMs = atMs;
        if (phase == Phase.TALKING && progress.state() != CallState.IN_CALL) {
            progress.enter(CallState.IN_CALL);
        }
    }

    /** The peer sent end-of-transmission on the media path. */
    void onEndOfTransmission(long atMs) {
        nowMs = atMs;
        if (phase == Phase.TALKING) {
            onPeerLeft();
        }
    }

    private void onPeerLeft() {
        progress.playOut(nowMs);
        if (options.stay()) {
            actions.say(new ClientMessage.Hangup(callId));
            actions.disconnectMedia();
            callId = callIds.get();
            isOwner = true;
            format = null;
            phase = Phase.DIALING;
            dialedAtMs = nowMs;
            progress.enter(CallState.WAITING, EndReason.PEER_LEFT.text());
            if (online) {
                actions.say(new ClientMessage.Call(callId, peer, options.offer()));
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
        if (phase != Phase.ENDED) {
            leave(reason);
        }
    }

    /** Handles a message of the relay; messages about other calls are ignored. */
    void onMessage(RelayMessage message, long atMs) {
        nowMs = atMs;
        if (message instanceof RelayMessage.Progress news && news.call().equals(callId)) {
            onProgress(news.state());
        } else if (message instanceof RelayMessage.Connected news && isAbout(news)) {
            onConnected(news);
        } else if (message instanceof RelayMessage.Ended news && news.call().equals(callId)) {
            onEnded(news);
        }
    }

    private boolean isAbout(RelayMessage.Connected news) {
        return news.call().equals(callId) || phase == Phase.DIALING && callId.equals(news.replaces());
    }

    private void onProgress(RelayMessage.CallProgress reported) {
        CallState reached = switch (reported) {
            case WAITING -> CallState.WAITING;
            case RINGING -> CallState.RINGING;
        };
        if (phase == Phase.DIALING && progress.state() != reached) {
            ringingSinceMs = nowMs;
            progress.enter(reached);
        }
    }

    private void onConnected(RelayMessage.Connected news) {
        if (phase == Phase.NEW || phase == Phase.PLAYING_OUT || phase == Phase.ENDED) {
            return;
        }
        if (!isOffered(news)) {
            actions.say(new ClientMessage.Hangup(news.call()));
            end(EndReason.RELAY_REFUSED, "it chose a codec that was not offered");
            return;
        }
        isOwner = isOwner && news.call().equals(callId);
        callId = news.call();
        connectedPeer = news.peer();
        format = news.format().limitedTo(options.offer().features());
        switch (encryption.judge(peer, news, format, isOwner)) {
            case CONNECT -> connect(format);
            case ASK -> ask();
            case REFUSE_CHANGED -> refuse(EndReason.PEER_CHANGED, CallObjection.PEER_CHANGED, "");
            case REFUSE_UNENCRYPTED -> refuse(EndReason.NOT_ENCRYPTED, CallObjection.NOT_ENCRYPTED, "");
        }
    }

    private void ask() {
        if (phase == Phase.CONFIRMING) {
            return;
        }
        if (phase == Phase.TALKING) {
            // Another peer took the place of the one that the user talked with.
            actions.disconnectMedia();
        }
        phase = Phase.CONFIRMING;
        askedAtMs = nowMs;
    }

    /** The user accepts the peer's changed fingerprint. Ignored if they were not asked. */
    void onChangeAccepted(long atMs) {
        nowMs = atMs;
        if (phase == Phase.CONFIRMING && format != null) {
            encryption.accept();
            connect(format);
        }
    }

    private void connect(MediaFormat agreed) {
        boolean isNew = phase != Phase.TALKING;
        phase = Phase.TALKING;
        // The time until the peer counts as silent starts here.
        lastHeardMs = isNew || !isMediaAlive() ? nowMs : lastHeardMs;
        actions.connectMedia(connectedPeer, agreed, encryption.security());
        if (renewsKeys && !isNew) {
            actions.renewKeys();
        }
        renewsKeys = false;
        if (progress.state() != CallState.IN_CALL) {
            progress.enter(CallState.IN_CALL);
        }
    }

    /** Classic peers support PCM only, whatever is offered. */
    private boolean isOffered(RelayMessage.Connected news) {
        MediaCodec codec = news.format().codec();
        return news.format().packets() == PacketFormat.CLASSIC
                ? codec == MediaCodec.PCM
                : options.offer().codecs().contains(codec);
    }

    /** Both sides have keys. */
    void onEncrypted(String cipherSuite, long atMs) {
        nowMs = atMs;
        if (phase == Phase.TALKING) {
            encryption.onKeys(cipherSuite);
        }
    }

    /** The two sides could not agree on keys; {@code reason} is for the user. */
    void onEncryptionFailed(String reason, long atMs) {
        nowMs = atMs;
        if (phase == Phase.TALKING) {
            encryption.onFailed();
            refuse(EndReason.ENCRYPTION_FAILED, CallObjection.ENCRYPTION_FAILED, reason);
        }
    }

    /** The user has compared the words. */
    void onVerified() {
        encryption.verify();
    }

    /** Returns whether the two sides are connected. */
    boolean isConnected() {
        return phase == Phase.TALKING || phase == Phase.PLAYING_OUT;
    }

    /** Returns whether the user is asked about a changed fingerprint. */
    boolean isAsking() {
        return phase == Phase.CONFIRMING;
    }

    /** Returns how the call is encrypted; null: it has not been connected. */
    CallEvent.@Nullable EncryptionChanged encryption() {
        return encryption.state();
    }

    private void onEnded(RelayMessage.Ended news) {
        CallEnding reason = news.reason();
        String objection =
                CallObjection.of(news.why()).map(CallStateMachine::textOf).orElse("");
        switch (phase) {
            case DIALING, ACCEPTING, CONFIRMING ->
                end(reason == CallEnding.UNKNOWN ? EndReason.RELAY_REFUSED : reasonOf(reason), objection);
            case TALKING -> {
                if (reason == CallEnding.HUNG_UP && objection.isEmpty()) {
                    onPeerLeft();
                } else {
                    actions.sayEndOfTransmission();
                    end(reasonOf(reason), objection);
                }
            }
            case NEW, PLAYING_OUT, ENDED -> {}
        }
    }

    /** Returns what the other side objected to, for users. */
    private static String textOf(CallObjection objection) {
        return switch (objection) {
            case NOT_ENCRYPTED -> "they take encrypted calls only";
            case PEER_CHANGED -> "your fingerprint is not the one that they know";
            case ENCRYPTION_FAILED -> "the encryption could not be set up";
        };
    }

    private static EndReason reasonOf(CallEnding ending) {
        return switch (ending) {
            case HUNG_UP, CANCELLED -> EndReason.PEER_LEFT;
            case REJECTED -> EndReason.REJECTED;
            case BUSY -> EndReason.BUSY;
            case ELSEWHERE -> EndReason.ELSEWHERE;
            case PEER_LOST, UNKNOWN -> EndReason.PEER_LOST;
            case NO_ANSWER -> EndReason.NO_ANSWER;
            case NO_CODEC -> EndReason.NO_CODEC;
            case OWN_NAME -> EndReason.OWN_NAME;
            case DRAINING -> EndReason.RELAY_STOPPING;
        };
    }

    /** Ends the call, and tells the other side why. */
    private void refuse(EndReason reason, CallObjection objection, String detail) {
        actions.say(new ClientMessage.Hangup(callId, objection.wire()));
        end(reason, detail);
    }

    private void leave(EndReason reason) {
        if (format != null && phase != Phase.CONFIRMING) {
            actions.sayEndOfTransmission();
        }
        actions.say(new ClientMessage.Hangup(callId));
        end(reason, "");
    }

    private void end(EndReason reason, String detail) {
        phase = Phase.ENDED;
        progress.end(reason, detail);
    }

    /** Returns the published state of the call and its duration. */
    CallProgress progress() {
        return progress;
    }
}
