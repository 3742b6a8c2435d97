package voiptui.session;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import voiptui.event.Event;
import voiptui.identity.Fingerprint;
import voiptui.identity.KnownRelays;
import voiptui.net.HostAddresses;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.time.NanoClock;

/** The state machine of a client's session on a network that a test simulates. One thread. */
public final class TestSession {

    private static final Fingerprint RELAY = new Fingerprint("SHA256:" + "a".repeat(43));
    private static final int TIMEOUT_MS = 2_000;

    private final NanoClock clock;
    private final SessionMachine machine;

    /**
     * Creates a session that has not started.
     *
     * @param network takes what is sent on the current connection
     * @param connect called when the session wants a connection; {@link #onConnected} is the answer
     */
    public TestSession(
            String name, NanoClock clock, Consumer<ClientMessage> network, Runnable connect, SessionListener listener) {
        this.clock = clock;
        SessionConfig config = new SessionConfig(
                new SessionConfig.Endpoint(
                        "relay.example:8888", HostAddresses.of(new InetSocketAddress("192.0.2.1", 8888)), null, 0, 0),
                new SessionConfig.Timing(0, TIMEOUT_MS, 0),
                new SessionConfig.Credentials(name, true, null, new KnownRelays(Path.of("/config/known")), true));
        this.machine = new SessionMachine(
                config,
                String.format("%016x", name.hashCode() & 0xffffffffL),
                new Random(1),
                new SessionEffects() {
                    @Override
                    public void connect() {
                        connect.run();
                    }

                    @Override
                    public void disconnect() {}

                    @Override
                    public long timeMs() {
                        return 0;
                    }

                    @Override
                    public void say(ClientMessage message) {
                        network.accept(message);
                    }

                    @Override
                    public void startMedia(RelayMessage.Welcome welcome) {}

                    @Override
                    public void reportLegs(RelayMessage.Legs legs) {}

                    @Override
                    public void movePin(Fingerprint from, Fingerprint to) {
                        throw new AssertionError("no relay changes here");
                    }

                    @Override
                    public void pin(Fingerprint fingerprint) {}

                    @Override
                    public void publish(Event event) {}
                },
                listener);
    }

    public void start() {
        machine.start(clock.nanoTime());
    }

    public void say(ClientMessage message) {
        machine.say(message);
    }

    public boolean isSignedIn() {
        return machine.isSignedIn();
    }

    /** The connection that was asked for is established. */
    public void onConnected() {
        machine.onShown(RELAY, List.of(new KnownRelays.Entry(RELAY, 1)), clock.nanoTime());
    }

    public void onMessage(RelayMessage message) {
        machine.onMessage(message, clock.nanoTime());
    }

    /** The connection is gone. */
    public void onBroken() {
        machine.onBroken("the connection broke", clock.nanoTime());
    }

    public void onTick() {
        machine.onTick(clock.nanoTime());
    }
}
