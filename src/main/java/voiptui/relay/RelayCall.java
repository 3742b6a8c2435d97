package voiptui.relay;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import voiptui.signal.MediaCodec;
import voiptui.signal.PacketFormat;

/**
 * One call that somebody makes, or that two are in. It changes in the {@link Exchange} alone. Owned by the control thread.
 */
final class RelayCall {

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
    final Set<Station> ringing = new LinkedHashSet<>();
    /** The phones that did not take it, and are not rung again by it. */
    final Set<Station> rejectedBy = new LinkedHashSet<>();
    /** The phones that were told that they missed it. */
    final Set<Station> missedBy = new LinkedHashSet<>();
    /** How far it has come. */
    Phase phase;
    /** Who makes it. A classic client that is started anew takes the place of its former self. */
    Party caller;
    /** Who took it; {@code null} until then. */
    Party callee;
    /** The number of a call that the callee was making and that is this one now; {@code null} for none. */
    String replaces;
    /** How the sound is coded; {@code null} until the two are connected. */
    MediaCodec codec;
    /** When the two were connected, by the relay's clock. */
    long connectedNs;

    RelayCall(String id, Party caller, CallTarget target, List<MediaCodec> codecs, Phase phase, long nowNs) {
        this.id = id;
        this.caller = caller;
        this.target = target;
        this.codecs = codecs;
        this.phase = phase;
        this.sinceNs = nowNs;
    }

    /** What the packets look like: classic where one side is. */
    PacketFormat packets() {
        return caller instanceof Client || callee instanceof Client ? PacketFormat.CLASSIC : PacketFormat.RTP;
    }

    /** The one at the other end of {@code party}. */
    Party other(Party party) {
        return party == caller ? callee : caller;
    }

    /** Whether {@code party} is one of the two that talk. */
    boolean joins(Party party) {
        return phase == Phase.CONNECTED && (party == caller || party == callee);
    }

    /** Whom it is for, or who took it. */
    String calleeId() {
        return callee == null ? target.toString() : callee.callerId();
    }
}
