package voiptui.relay.call;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import voiptui.protocol.CallEnding;
import voiptui.protocol.offer.MediaOffer;
import voiptui.relay.call.Call.Phase;
import voiptui.relay.media.MediaPlane;
import voiptui.relay.session.Sessions;

/**
 * Connects classic clients with v2 clients. A classic client without a classic peer places a call to its target address,
 * with an id that nobody knows: it rings at the v2 clients there, and connects at once with one that calls the classic
 * client's address. Classic programs keep registering whatever happens, so one that was rejected or hung up on does not
 * ring again for a while.
 *
 * <p>Owned by the control thread.
 */
public final class ClassicBridge implements ClassicRegistryListener {

    private static final int CALL_ID_BYTES = 16;

    private final Sessions<ClientSession> sessions;
    private final CallController controller;
    private final MediaPlane media;
    private final RandomGenerator random;
    private final Consumer<InetAddress> makeRoom;
    private final Runnable presenceChanged;

    /**
     * Creates the bridge.
     *
     * @param makeRoom makes a client give way to one at that address, if one has too many places
     * @param presenceChanged called after each action of a classic client that may make v2 clients busy or idle
     */
    public ClassicBridge(
            Sessions<ClientSession> sessions,
            CallController controller,
            MediaPlane media,
            RandomGenerator random,
            Consumer<InetAddress> makeRoom,
            Runnable presenceChanged) {
        this.sessions = sessions;
        this.controller = controller;
        this.media = media;
        this.random = random;
        this.makeRoom = makeRoom;
        this.presenceChanged = presenceChanged;
    }

    @Override
    public int sessionCount() {
        return sessions.size();
    }

    @Override
    public void makeRoom(InetAddress address) {
        makeRoom.accept(address);
        presenceChanged.run();
    }

    @Override
    public boolean isSessionSource(InetSocketAddress source) {
        return sessions.ofSource(source).isPresent();
    }

    @Override
    public void onWaiting(ClassicClient client) {
        Call call = controller
                .calls()
                .placedBy(client)
                .orElseGet(() -> controller.create(
                        newId(), client, new CallTarget.Address(client.target()), MediaOffer.CLASSIC, Phase.WAITING));
        controller.place(call, true);
        presenceChanged.run();
    }

    private String newId() {
        byte[] id = new byte[CALL_ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    @Override
    public void onUnavailable(ClassicClient client) {
        Call active = client.activeCall();
        if (active != null) {
            controller.end(active, client, CallEnding.HUNG_UP);
        } else {
            controller.calls().placedBy(client).ifPresent(call -> controller.end(call, client, CallEnding.CANCELLED));
        }
        presenceChanged.run();
    }

    @Override
    public void beforeReplaced(ClassicClient old) {
        Call active = old.activeCall();
        if (active != null) {
            media.unpair(old.flow(), active.other(old).flow());
        }
    }

    @Override
    public void afterReplaced(ClassicClient old, ClassicClient successor) {
        Call active = old.activeCall();
        if (active != null) {
            Call.Connection connection = active.connected();
            old.setActiveCall(null);
            successor.setActiveCall(active);
            active.caller = active.caller == old ? successor : active.caller;
            connection.callee = connection.callee == old ? successor : connection.callee;
            media.pair(active.caller.flow(), connection.callee.flow());
        } else {
            controller.calls().placedBy(old).ifPresent(call -> call.caller = successor);
        }
    }
}
