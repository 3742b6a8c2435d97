package voiptui.relay.registrar;

import java.time.InstantSource;
import voiptui.protocol.ClusterMessage;
import voiptui.relay.call.RemoteCalls;
import voiptui.relay.directory.LastSeen;
import voiptui.relay.presence.PresenceService;
import voiptui.relay.presence.RemotePresence;

/** Passes on what the cluster says to calls and presence, and then tells those who watch. Owned by the control thread. */
final class RemoteClients implements ClusterCalls {

    private final RemoteCalls calls;
    private final PresenceService presence;
    private final RemotePresence remote;
    private final LastSeen lastSeen;
    private final InstantSource wallClock;

    RemoteClients(
            RemoteCalls calls,
            PresenceService presence,
            RemotePresence remote,
            LastSeen lastSeen,
            InstantSource wallClock) {
        this.calls = calls;
        this.presence = presence;
        this.remote = remote;
        this.lastSeen = lastSeen;
        this.wallClock = wallClock;
    }

    @Override
    public void onMessage(String relay, ClusterMessage message) {
        calls.onMessage(relay, message);
        presence.sendChanges();
    }

    @Override
    public void onReachable(String relay, boolean isSameProcess) {
        calls.onReachable(relay, isSameProcess);
        presence.sendChanges();
    }

    @Override
    public void onLost(String relay) {
        calls.onLost(relay);
        presence.sendChanges();
    }

    @Override
    public void onPresence(String name) {
        lastSeen.note(name, wallClock.millis());
        presence.onRemoteChange(name);
        if (remote.of(name) != null) {
            calls.onAvailable(name);
        }
        presence.sendChanges();
    }
}
