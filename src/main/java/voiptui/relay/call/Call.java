package voiptui.relay.call;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import voiptui.protocol.MediaCodec;
import voiptui.protocol.PacketFormat;

/**
 * One call that somebody makes, or that two are in. It changes in the {@link CallController} alone. Owned by the control thread.
 */
final class Call {

    /** How far it has come. */
    enum Phase {
        /** Nobody could be rung yet. */
        WAITING,
        /** The caller says that the two were connected before this relay started; the other has not said so yet. */
        REJOINING,
        /** Phones ring. */
        RINGING,
        /** The two talk. */
        CONNECTED
    }

    /** 32 hexadecimal digits. */
    final String id;
    /** Whom it is for. */
    final CallTarget target;
    /** What the caller can send and hear, the best first. */
    final List<MediaCodec> codecs;
    /** When it began, by the relay's clock. */
    final long sinceNs;
    /** The phones that ring. */
    final Set<ClientSession> ringing = new LinkedHashSet<>();
    /** The phones that did not take it, and are not rung again by it. */
    final Set<ClientSession> rejectedBy = new LinkedHashSet<>();
    /** The phones that were told that they missed it. */
    final Set<ClientSession> missedBy = new LinkedHashSet<>();
    /** How far it has come. */
    Phase phase;
    /** Who makes it. A classic client that is started anew takes the place of its former self. */
    CallParty caller;
    /** Who took it; {@code null} until then. */
    CallParty callee;
    /** The number of a call that the callee was making and that is this one now; {@code null} for none. */
    String replaces;
    /** How the sound is coded; {@code null} until the two are connected. */
    MediaCodec codec;
    /** When the two were connected, by the relay's clock. */
    long connectedNs;

    Call(String id, CallParty caller, CallTarget target, List<MediaCodec> codecs, Phase phase, long nowNs) {
        this.id = id;
        this.caller = caller;
        this.target = target;
        this.codecs = codecs;
        this.phase = phase;
        this.sinceNs = nowNs;
    }

    /** What the packets look like: classic where one side is. */
    PacketFormat packets() {
        return caller instanceof ClassicClient || callee instanceof ClassicClient
                ? PacketFormat.CLASSIC
                : PacketFormat.RTP;
    }

    /** The one at the other end of {@code party}. */
    CallParty other(CallParty party) {
        return party == caller ? callee : caller;
    }

    /** Whether {@code party} is one of the two that talk. */
    boolean joins(CallParty party) {
        return phase == Phase.CONNECTED && (party == caller || party == callee);
    }

    /** Whom it is for, or who took it. */
    String calleeId() {
        return callee == null ? target.toString() : callee.callerId();
    }
}
