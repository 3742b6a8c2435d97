package voiptui.relay.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.MediaOffer;
import voiptui.protocol.offer.PacketFormat;

/**
 * One call, from the caller's request to its end. Changed by {@link CallController} and its neighbours, in this package only. Owned by the
 * control thread.
 */
public final class Call {

    /** The state of a call. */
    enum Phase {
        /** No phone could be rung yet. */
        WAITING,
        /** One side reports that the two were connected before this relay started; the other has not confirmed it yet. */
        REJOINING,
        /** Phones ring. */
        RINGING,
        /** The two sides are connected. */
        CONNECTED
    }

    /** What is known once the two sides are connected. */
    static final class Connection {
        /** Who answered. A classic client that restarted is replaced by its successor. */
        CallParty callee;
        /** What the two agreed on. */
        final MediaFormat format;
        /** What the callee can send and receive. */
        final MediaOffer calleeOffer;
        /** The id of a call by the callee that was merged into this one; null: none. */
        final @Nullable String replaces;
        /** When the two were connected, by the relay's clock. */
        final long sinceNs;

        Connection(
                CallParty callee, MediaFormat format, MediaOffer calleeOffer, @Nullable String replaces, long sinceNs) {
            this.callee = callee;
            this.format = format;
            this.calleeOffer = calleeOffer;
            this.replaces = replaces;
            this.sinceNs = sinceNs;
        }
    }

    /**
     * The answer of a phone to a call that comes from another relay, until that has confirmed it.
     *
     * @param replaces as in {@link Connection}
     */
    record Answer(
            ClientSession callee,
            MediaOffer offer,
            @Nullable String replaces) {}

    /** 32 hexadecimal digits. */
    final String id;
    /** Who it is for. */
    final CallTarget target;
    /** What the caller can send and receive. */
    final MediaOffer offer;
    /** When it was placed, by the relay's clock. */
    final long sinceNs;
    /** The phones that ring. */
    final Set<ClientSession> ringing = new LinkedHashSet<>();
    /** The phones that rejected it; it does not ring there again. */
    final Set<ClientSession> rejectedBy = new LinkedHashSet<>();
    /** The phones that were sent a missed call for it. */
    final Set<ClientSession> missedBy = new LinkedHashSet<>();
    /** The other relays that ring for it, or are asked whether they know it. Changed by {@link RemoteCalls} only. */
    final Map<String, RemoteCalls.Branch> branches = new LinkedHashMap<>();
    /** The other relays that do not ring for it any more. */
    final Set<String> refusedBy = new LinkedHashSet<>();
    /** What awaits the confirmation of the caller's relay; null: nothing. */
    @Nullable
    Answer answer;
    /** Its state. */
    Phase phase;
    /** When it began to ring, by the relay's clock; meaningless before. */
    long ringingSinceNs;
    /** The caller. A classic client that restarted is replaced by its successor. */
    CallParty caller;
    /** What a side objected to when it ended or rejected the call, on the wire; null: nothing. */
    @Nullable
    String objection;

    private @Nullable Connection connection;

    Call(String id, CallParty caller, CallTarget target, MediaOffer offer, Phase phase, long nowNs) {
        this.id = id;
        this.caller = caller;
        this.target = target;
        this.offer = offer;
        this.phase = phase;
        this.sinceNs = nowNs;
    }

    /** Connects the two sides. */
    void connect(Connection established) {
        phase = Phase.CONNECTED;
        connection = established;
    }

    /** Returns the connection; null until the two sides are connected. */
    @Nullable
    Connection connection() {
        return connection;
    }

    /**
     * Returns the connection of a connected call.
     *
     * @throws IllegalStateException if the call is not connected
     */
    Connection connected() {
        if (connection == null) {
            throw new IllegalStateException("call " + id + " is " + phase);
        }
        return connection;
    }

    /** Returns the other side of a connected call. */
    CallParty other(CallParty party) {
        return party == caller ? connected().callee : caller;
    }

    /**
     * Returns the fingerprint that the other side of a connected call announced for its media; null unless both sides did, so
     * that they do the same.
     */
    @Nullable
    String otherFingerprint(CallParty party) {
        String callers = offer.fingerprint();
        String callees = connected().calleeOffer.fingerprint();
        if (callers == null || callees == null) {
            return null;
        }
        return party == caller ? callees : callers;
    }

    /** Returns what the caller and {@code callee} have in common; classic packets if one of them is a classic client. */
    Optional<MediaFormat> agree(CallParty callee, MediaOffer calleeOffer) {
        boolean isClassic = caller instanceof ClassicClient || callee instanceof ClassicClient;
        return offer.agree(calleeOffer, isClassic ? PacketFormat.CLASSIC : PacketFormat.RTP);
    }

    /** Returns whether {@code party} is one of the two connected sides. */
    boolean isBetween(CallParty party) {
        return connection != null && (party == caller || party == connection.callee);
    }

    /** Returns everybody involved: the caller, the phones that ring, and the callee. */
    List<CallParty> parties() {
        List<CallParty> parties = new ArrayList<>();
        parties.add(caller);
        parties.addAll(ringing);
        if (connection != null) {
            parties.add(connection.callee);
        }
        return parties;
    }

    /** Returns who answered, or else who it is for. */
    String calleeId() {
        return connection == null ? target.toString() : connection.callee.callerId();
    }

    /** Returns whether phones ring, here or elsewhere, or other relays are still to say so. */
    boolean isRingingAnywhere() {
        return !ringing.isEmpty() || branches.values().stream().anyMatch(RemoteCalls.Branch::isActive);
    }

    /** Returns whether phones may ring now: it is not answered, and the caller could be connected and may ring. */
    boolean mayRing() {
        return (phase == Phase.WAITING || phase == Phase.RINGING)
                && caller.isAvailable()
                && !(caller instanceof ClassicClient client && client.isRingingSuspended());
    }

    /** Returns whether the call is for {@code phone}: it is not the caller's own, and has not rejected the call. */
    boolean isFor(ClientSession phone) {
        return target.matches(phone) && !caller.isSameUser(phone) && !rejectedBy.contains(phone);
    }
}
