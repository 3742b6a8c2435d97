package voiptui.relay.call;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.ClusterMessage;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.RelayMessage.CallProgress;
import voiptui.protocol.offer.MediaOffer;
import voiptui.relay.call.Call.Phase;
import voiptui.relay.media.MediaPlane;
import voiptui.relay.media.RelayLink;
import voiptui.time.NanoClock;

/**
 * Calls between clients of different relays ({@code protocol.md}, section 7). The caller's relay decides: it invites the relays where the
 * callee is signed in, each of which rings its phones by the usual rules, and connects the first that answers. Between the two relays a
 * call has the same id, and each has a {@link RemoteParty} in the place of the other's client.
 *
 * <p>Owned by the control thread.
 */
public final class RemoteCalls {

    /** One other relay that is asked to ring for a call, or whether it knows a call. */
    static final class Branch {
        private final RemoteParty party;
        private final boolean rejoins;
        private boolean waiting;
        private boolean ringing;

        private Branch(RemoteParty party, boolean rejoins) {
            this.party = party;
            this.rejoins = rejoins;
        }

        /** Returns whether phones ring there, or it has not answered yet. */
        boolean isActive() {
            return !rejoins && !waiting;
        }
    }

    private final CallController controller;
    private final MediaPlane media;
    private final NanoClock clock;
    private OtherRelays relays = OtherRelays.NONE;

    RemoteCalls(CallController controller, MediaPlane media, NanoClock clock) {
        this.controller = controller;
        this.media = media;
        this.clock = clock;
    }

    /** Begins to use the other relays. */
    public void use(OtherRelays others) {
        relays = others;
    }

    /** Asks the relays where the callee is signed in, and that were not asked yet, to ring. */
    void invite(Call call) {
        if (!(call.caller instanceof ClientSession caller) || !(call.target instanceof CallTarget.Name callee)) {
            return;
        }
        for (String relay : relays.where(callee.name())) {
            if (call.branches.containsKey(relay) || call.refusedBy.contains(relay)) {
                continue;
            }
            RemoteParty party = party(relay, new RemoteParty.Client(callee.name(), null), false);
            if (party != null) {
                call.branches.put(relay, new Branch(party, false));
                relays.send(
                        relay,
                        new ClusterMessage.Invite(
                                callee.name(),
                                RelayLink.numberOf(party.flow()),
                                new RelayMessage.Incoming(
                                        call.id, caller.callerId(), call.offer, caller.fingerprint())));
            }
        }
    }

    /** Asks all relays whether one of their clients is in a call with a client that has come here. */
    void rejoin(Call call, ClientSession session, ClientMessage.Rejoin message) {
        for (String relay : relays.reachable()) {
            RemoteParty party = party(relay, new RemoteParty.Client(message.peer(), null), false);
            if (party != null) {
                call.branches.put(relay, new Branch(party, true));
                relays.send(
                        relay,
                        new ClusterMessage.Rejoin(
                                RelayLink.numberOf(party.flow()), session.name(), session.fingerprint(), message));
            }
        }
    }

    private @Nullable RemoteParty party(String relay, RemoteParty.Client client, boolean isCaller) {
        RelayLink link = relays.link(relay);
        if (link == null) {
            return null;
        }
        RemoteParty party =
                new RemoteParty(relays, relay, link.address(), link.partyFlow(client.name()), client, isCaller);
        media.open(party.flow());
        return party;
    }

    /** Tells the other relays that a call that they were asked to ring for is answered or over. */
    void cancel(Call call, CallEnding reason) {
        for (Branch branch : List.copyOf(call.branches.values())) {
            if (!branch.rejoins) {
                branch.party.send(new RelayMessage.Ended(call.id, reason));
            }
            media.close(branch.party.flow());
        }
        call.branches.clear();
    }

    /** Gives up the media of a party whose call is over. */
    void release(CallParty party) {
        if (party instanceof RemoteParty remote) {
            media.close(remote.flow());
        }
    }

    /**
     * Reports the answer of a phone to the caller's relay, which decides; until then, other phones ring on.
     *
     * @param replaces the id of a call by the callee that is merged into this one; null: none
     */
    void answer(Call call, RemoteParty caller, ClientSession callee, MediaOffer offer, @Nullable String replaces) {
        if (call.answer == null) {
            call.answer = new Call.Answer(callee, offer, replaces);
            sendAnswer(caller, call.id, callee, offer);
        }
    }

    /** Handles a message of another relay. */
    public void onMessage(String relay, ClusterMessage message) {
        if (message instanceof ClusterMessage.Invite invite) {
            onInvite(relay, invite);
        } else if (message instanceof ClusterMessage.Answer answer) {
            onAnswer(relay, answer);
        } else if (message instanceof ClusterMessage.Rejoin rejoin) {
            onRejoin(relay, rejoin);
        } else if (message instanceof ClusterMessage.Told told) {
            onTold(relay, told.message());
        } else if (message instanceof ClusterMessage.Check check
                && find(check.call()).filter(call -> isWith(call, relay)).isEmpty()) {
            sendEnded(relay, check.call(), reasonOf(check.call()));
        }
    }

    private Optional<Call> find(String id) {
        return controller.calls().find(id);
    }

    private CallEnding reasonOf(String id) {
        return controller.ended().reason(id).orElse(CallEnding.PEER_LOST);
    }

    private void sendEnded(String relay, String call, CallEnding reason) {
        relays.send(relay, new ClusterMessage.Told(new RelayMessage.Ended(call, reason)));
    }

    private void onInvite(String relay, ClusterMessage.Invite invite) {
        RelayMessage.Incoming incoming = invite.incoming();
        RemoteParty.Client client = new RemoteParty.Client(incoming.from(), incoming.fingerprint());
        Optional<Call> known = find(incoming.call());
        Optional<CallTarget> target = CallTarget.parse(invite.to());
        if (controller.isDraining() || target.isEmpty()) {
            sendEnded(relay, incoming.call(), CallEnding.DRAINING);
            return;
        }
        if (known.isPresent() && !isCallOf(known.get(), relay, client)) {
            return;
        }
        RemoteParty caller = party(relay, client, true);
        if (caller == null) {
            return;
        }
        RelayLink.sendTo(caller.flow(), invite.number());
        if (known.isPresent()) {
            adopt(known.get(), caller);
        } else {
            controller.place(
                    controller.create(incoming.call(), caller, target.get(), incoming.offer(), Phase.WAITING), true);
        }
    }

    /**
     * Returns whether the call rings for that caller, and the invitation replaces an earlier one: that of a relay that is gone, or of the
     * same relay, which has given up its numbers while it could not reach this one.
     */
    private static boolean isCallOf(Call call, String relay, RemoteParty.Client client) {
        return call.phase != Phase.CONNECTED
                && call.caller instanceof RemoteParty former
                && (!former.isConnected() || former.relay().equals(relay))
                && former.client().equals(client);
    }

    private void adopt(Call call, RemoteParty caller) {
        release(call.caller);
        call.caller = caller;
        caller.send(new RelayMessage.Progress(
                call.id, call.ringing.isEmpty() ? CallProgress.WAITING : CallProgress.RINGING));
        Call.Answer answer = call.answer;
        if (answer != null) {
            call.answer = null;
            answer(call, caller, answer.callee(), answer.offer(), answer.replaces());
        }
    }

    private void onAnswer(String relay, ClusterMessage.Answer answer) {
        String id = answer.accept().call();
        Optional<Call> found = find(id);
        RemoteParty.Client client = new RemoteParty.Client(answer.name(), answer.fingerprint());
        Branch branch = found.map(call -> call.branches.get(relay)).orElse(null);
        if (found.isEmpty()) {
            sendEnded(relay, id, reasonOf(id));
        } else if (branch != null && branch.party.callerId().equals(client.name())) {
            found.get().branches.remove(relay);
            branch.party.identify(client);
            RelayLink.sendTo(branch.party.flow(), answer.number());
            connect(found.get(), branch.party, answer.accept().offer());
        } else {
            RemoteParty party = partyAt(found.get(), relay);
            if (party != null && party.client().equals(client)) {
                // Both sides have rejoined at the same time.
                RelayLink.sendTo(party.flow(), answer.number());
            } else {
                sendEnded(relay, id, CallEnding.ELSEWHERE);
            }
        }
    }

    private void onRejoin(String relay, ClusterMessage.Rejoin message) {
        String id = message.rejoin().call();
        Optional<Call> found = find(id);
        RemoteParty.Client client = new RemoteParty.Client(message.name(), message.fingerprint());
        if (found.isEmpty()) {
            controller.ended().reason(id, message.name()).ifPresent(reason -> sendEnded(relay, id, reason));
            return;
        }
        Call call = found.get();
        MediaOffer offer =
                message.rejoin().format().offer().with(message.rejoin().fingerprint());
        if (call.phase == Phase.REJOINING
                && call.caller instanceof ClientSession session
                && call.target.isName(client.name())
                && session.name().equals(message.rejoin().peer())) {
            connectRejoined(relay, call, session, message, offer);
        } else if (call.phase == Phase.CONNECTED) {
            sideOf(call, client)
                    .filter(side ->
                            call.other(side).callerId().equals(message.rejoin().peer()))
                    .ifPresent(side -> takeOver(relay, call, side, message));
        }
    }

    private void connectRejoined(
            String relay, Call call, ClientSession session, ClusterMessage.Rejoin message, MediaOffer offer) {
        RemoteParty party = party(relay, new RemoteParty.Client(message.name(), message.fingerprint()), false);
        if (party != null) {
            RelayLink.sendTo(party.flow(), message.number());
            sendAnswer(party, call.id, session, call.offer);
            connect(call, party, offer);
        }
    }

    /** Connects a call, or gives up the media of who has answered, if they have no codec in common. */
    private void connect(Call call, RemoteParty callee, MediaOffer offer) {
        controller.connect(call, callee, offer, null);
        if (!call.isBetween(callee)) {
            release(callee);
        }
    }

    private void sendAnswer(RemoteParty party, String id, ClientSession own, MediaOffer offer) {
        relays.send(
                party.relay(),
                new ClusterMessage.Answer(
                        RelayLink.numberOf(party.flow()),
                        own.name(),
                        own.fingerprint(),
                        new ClientMessage.Accept(id, offer)));
    }

    /** Returns the side of a connected call that is that client, here or elsewhere, and whose connection is lost. */
    private static Optional<CallParty> sideOf(Call call, RemoteParty.Client client) {
        return List.of(call.caller, call.connected().callee).stream()
                .filter(side -> !(side instanceof ClassicClient)
                        && side.callerId().equals(client.name())
                        && client.fingerprint() != null
                        && client.fingerprint().equals(side.fingerprint())
                        && (side instanceof RemoteParty || !side.isConnected()))
                .findFirst();
    }

    /** Continues a connected call with a side that has come to another relay. */
    private void takeOver(String relay, Call call, CallParty former, ClusterMessage.Rejoin message) {
        CallParty other = call.other(former);
        if (!(other instanceof ClientSession own)) {
            // The relay of the other side is asked, too, and answers.
            return;
        }
        RemoteParty successor =
                party(relay, new RemoteParty.Client(message.name(), message.fingerprint()), former == call.caller);
        if (successor == null) {
            return;
        }
        RelayLink.sendTo(successor.flow(), message.number());
        replace(call, former, successor);
        sendAnswer(successor, call.id, own, own == call.caller ? call.offer : call.connected().calleeOffer);
    }

    private void replace(Call call, CallParty former, CallParty successor) {
        media.unpair(former.flow(), call.other(former).flow());
        former.setActiveCall(null);
        release(former);
        if (former == call.caller) {
            call.caller = successor;
        } else {
            call.connected().callee = successor;
        }
        successor.setActiveCall(call);
        media.pair(call.caller.flow(), call.connected().callee.flow());
    }

    /**
     * Continues a connected call with a side that has come here from its relay; the other side is here already.
     *
     * @param peer the other side, as the client says
     * @return whether the client is that side
     */
    boolean comeHere(Call call, ClientSession session, String peer) {
        Optional<CallParty> side = sideOf(call, new RemoteParty.Client(session.name(), session.fingerprint()))
                .filter(found -> found instanceof RemoteParty
                        && call.other(found) instanceof ClientSession
                        && call.other(found).callerId().equals(peer));
        side.ifPresent(former -> {
            sendEnded(((RemoteParty) former).relay(), call.id, CallEnding.ELSEWHERE);
            replace(call, former, session);
            controller.cancelOtherCalls(session);
        });
        return side.isPresent();
    }

    private void onTold(String relay, RelayMessage message) {
        if (message instanceof RelayMessage.Progress progress) {
            find(progress.call()).ifPresent(call -> onProgress(call, call.branches.get(relay), progress.state()));
        } else if (message instanceof RelayMessage.Connected connected) {
            find(connected.call())
                    .filter(call -> call.phase != Phase.CONNECTED && partyAt(call, relay) == call.caller)
                    .ifPresent(this::onConfirmed);
        } else if (message instanceof RelayMessage.Ended ended) {
            find(ended.call()).ifPresent(call -> onEnded(relay, call, ended));
        }
    }

    private void onProgress(Call call, @Nullable Branch branch, CallProgress state) {
        if (branch == null || branch.rejoins) {
            return;
        }
        branch.waiting = state == CallProgress.WAITING;
        if (state == CallProgress.RINGING && !branch.ringing) {
            branch.ringing = true;
            controller.ringing().ringElsewhere(call);
        } else if (branch.waiting) {
            branch.ringing = false;
            controller.settle(call, null);
        }
    }

    private void onConfirmed(Call call) {
        Call.Answer answer = call.answer;
        if (answer == null) {
            return;
        }
        if (answer.callee().hasEnded() || answer.callee().isInCall()) {
            controller.end(call, null, CallEnding.ELSEWHERE);
            return;
        }
        Optional.ofNullable(answer.replaces()).flatMap(this::find).ifPresent(controller::drop);
        controller.connectNow(call, answer.callee(), answer.offer(), answer.replaces());
    }

    private void onEnded(String relay, Call call, RelayMessage.Ended ended) {
        Branch branch = call.branches.remove(relay);
        if (branch != null) {
            media.close(branch.party.flow());
            call.refusedBy.add(relay);
            call.objection = ended.why();
            if (branch.rejoins) {
                controller.end(call, null, ended.reason());
            } else {
                controller.settle(call, ended.reason());
            }
            return;
        }
        RemoteParty party = partyAt(call, relay);
        if (party != null) {
            call.objection = ended.why();
            controller.end(call, party, ended.reason());
        }
    }

    private static boolean isWith(Call call, String relay) {
        return partyAt(call, relay) != null || call.branches.containsKey(relay);
    }

    /** Returns the side of a call that is signed in at that relay; null: none. */
    private static @Nullable RemoteParty partyAt(Call call, String relay) {
        if (call.caller instanceof RemoteParty caller && caller.relay().equals(relay)) {
            return caller;
        }
        return call.connection() != null
                        && call.connected().callee instanceof RemoteParty callee
                        && callee.relay().equals(relay)
                ? callee
                : null;
    }

    /**
     * A relay can be reached.
     *
     * @param isSameProcess whether it was reachable before and has not been restarted since
     */
    public void onReachable(String relay, boolean isSameProcess) {
        if (!isSameProcess) {
            return;
        }
        for (Call call : controller.calls().all()) {
            RemoteParty party = partyAt(call, relay);
            if (party != null) {
                party.onReachable();
                relays.send(relay, new ClusterMessage.Check(call.id));
            }
        }
    }

    /** A relay can no longer be reached: its clients may come to another one. */
    public void onLost(String relay) {
        for (Call call : controller.calls().all()) {
            RemoteParty party = partyAt(call, relay);
            if (party != null) {
                party.onLost(clock.nanoTime());
            }
            Branch branch = call.branches.remove(relay);
            if (branch != null) {
                media.close(branch.party.flow());
                controller.settle(call, null);
            }
        }
    }

    /** A client of that name is signed in at another relay: calls for it may ring there. */
    public void onAvailable(String name) {
        for (Call call : controller.calls().all()) {
            if (call.target.isName(name) && call.mayRing()) {
                controller.place(call, false);
            }
        }
    }

    /** Ends the calls whose other side's relay is gone, and has not come back, nor its client to another, for a time. */
    void sweep(int graceMs) {
        long nowNs = clock.nanoTime();
        for (Call call : controller.calls().all()) {
            for (CallParty side : call.parties()) {
                if (side instanceof RemoteParty party
                        && !party.isConnected()
                        && (nowNs - party.lostNs()) / NS_PER_MS >= graceMs) {
                    controller.end(call, party, CallEnding.PEER_LOST);
                    break;
                }
            }
        }
    }
}
