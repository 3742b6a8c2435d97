package voiptui.session;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.identity.Fingerprint;
import voiptui.identity.KnownRelays;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.UnreadableMessage;
import voiptui.time.NanoClock;

/**
 * A v2 client's session with a relay, and its threads.
 *
 * <p>After {@link #start} the listener receives the session's events and the bus those for users ({@link
 * voiptui.event.SessionEvent}). The session thread, {@code voiptui-session}, owns the {@link SessionMachine}; other threads
 * queue tasks for it.
 */
public final class RelaySession implements AutoCloseable {

    /** Time limit of {@link #close}, in milliseconds. */
    private static final long CLOSE_MS = 1_000;
    /** Received messages that wait for the session thread; the reading thread blocks when there are more. */
    private static final int WAITING_MESSAGES = 256;

    private final SessionConfig config;
    private final EventBus bus;
    private final NanoClock clock;
    private final SessionListener listener;
    private final SessionMachine machine;
    private final MediaTransport path;
    private final Thread thread = new Thread(this::run, "voiptui-session");
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Semaphore messageRoom = new Semaphore(WAITING_MESSAGES);
    private final Connections connections = new Connections();

    private volatile @Nullable TlsConnection connection;
    private volatile @Nullable Double lastRttMs;
    private volatile boolean closed;

    /** Creates a session without starting its threads. */
    public RelaySession(SessionConfig config, EventBus bus, NanoClock clock, SessionListener listener) {
        this.config = config;
        this.bus = bus;
        this.clock = clock;
        this.listener = listener;
        SecureRandom random = new SecureRandom();
        byte[] instance = new byte[Long.BYTES];
        random.nextBytes(instance);
        this.machine = new SessionMachine(config, HexFormat.of().formatHex(instance), random, new Effects(), listener);
        this.path = new MediaTransport(config, bus, clock, new PathOwner(), this::onBug);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(this::onBug);
    }

    /** Starts connecting. */
    public void start() {
        path.start();
        tasks.add(() -> machine.start(clock.nanoTime()));
        thread.start();
    }

    /**
     * Sends a message to the relay. While not signed in, {@code hangup} and {@code reject} wait for the next sign-in, and
     * others are dropped. Any thread; never blocks.
     */
    public void say(ClientMessage message) {
        tasks.add(() -> machine.say(message));
    }

    /** Returns the connection of a session that is signing in or signed in. */
    private TlsConnection current() {
        return Objects.requireNonNull(connection);
    }

    /** Returns the media path; it carries nothing before the client has signed in. */
    public MediaPath media() {
        return path;
    }

    /** Returns the last round trip through the TLS connection, in milliseconds; null: not measured yet. Any thread. */
    public @Nullable Double lastRttMs() {
        return lastRttMs;
    }

    private void run() {
        try {
            while (!closed) {
                long idleNs = machine.idleNs(clock.nanoTime());
                Runnable task =
                        idleNs == Long.MAX_VALUE ? tasks.take() : tasks.poll(Math.max(0, idleNs), TimeUnit.NANOSECONDS);
                if (task != null) {
                    task.run();
                }
                machine.onTick(clock.nanoTime());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void onBug(Thread where, Throwable cause) {
        bus.publish(new CallEvent.Failed(where.getName(), cause));
        listener.onRefused(EndReason.FAILED, cause.toString());
    }

    /** Signs out, closes the connection and joins the threads, within one second. Any thread. */
    @Override
    public void close() {
        long deadlineNs = clock.nanoTime() + CLOSE_MS * NS_PER_MS;
        tasks.add(this::leave);
        path.close();
        try {
            if (Thread.currentThread() == thread) {
                leave();
            } else {
                thread.join(leftMs(deadlineNs));
            }
            TlsConnection last = connection;
            if (last != null) {
                last.join(() -> leftMs(deadlineNs));
            }
            path.join(leftMs(deadlineNs));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            TlsConnection last = connection;
            if (last != null) {
                last.close();
            }
        }
    }

    private long leftMs(long deadlineNs) {
        return Math.max(1, (deadlineNs - clock.nanoTime()) / NS_PER_MS);
    }

    /** Signs out. The last action of the session thread. */
    private void leave() {
        if (closed) {
            return;
        }
        closed = true;
        TlsConnection last = connection;
        if (last != null && machine.isSignedIn()) {
            last.say(new ClientMessage.Bye());
            last.finish();
        } else if (last != null) {
            last.close();
        }
        machine.stop();
    }

    /** Performs the actions of the machine. Session thread. */
    private final class Effects implements SessionEffects {

        @Override
        public void connect() {
            connection = new TlsConnection(config, clock, connections, RelaySession.this::onBug);
            connection.start();
        }

        @Override
        public void disconnect() {
            TlsConnection last = connection;
            connection = null;
            if (last != null) {
                last.close();
                path.onSessionDown();
            }
        }

        @Override
        public void say(ClientMessage message) {
            current().say(message);
        }

        @Override
        public void startMedia(RelayMessage.Welcome welcome) {
            TlsConnection signedIn = current();
            if (!MediaAddresses.needLookUp(config, welcome)) {
                path.onSessionUp(welcome, signedIn, MediaAddresses.of(config, welcome, signedIn));
                return;
            }
            Thread lookUp = new Thread(
                    () -> {
                        List<InetSocketAddress> addresses = MediaAddresses.find(config, welcome, signedIn);
                        tasks.add(() -> {
                            if (signedIn == connection) {
                                path.onSessionUp(welcome, signedIn, addresses);
                            }
                        });
                    },
                    "voiptui-resolve");
            lookUp.setDaemon(true);
            lookUp.setUncaughtExceptionHandler(RelaySession.this::onBug);
            lookUp.start();
        }

        @Override
        public MediaPath.@Nullable Losses losses() {
            return path.losses();
        }

        @Override
        public void reportLegs(RelayMessage.Legs legs) {
            path.onLegs(legs);
        }

        @Override
        public void pin(Fingerprint fingerprint) throws IOException {
            config.knownRelays().add(config.relayName(), fingerprint);
        }

        @Override
        public void movePin(Fingerprint from, Fingerprint to) throws IOException {
            config.knownRelays().replace(config.relayName(), from, to);
        }

        @Override
        public long timeMs() {
            return System.currentTimeMillis();
        }

        @Override
        public void publish(Event event) {
            if (event instanceof CallEvent.RelayAnswered answered) {
                lastRttMs = answered.rttMs();
            }
            bus.publish(event);
        }
    }

    /** Queues the events of the current connection for the session thread; ignores those of earlier ones. */
    private final class Connections implements TlsConnection.Owner {

        private void post(TlsConnection from, Runnable task) {
            tasks.add(() -> {
                if (from == connection) {
                    task.run();
                }
            });
        }

        private List<KnownRelays.Entry> known() throws IOException {
            return config.knownRelays().find(config.relayName());
        }

        @Override
        public void onShown(TlsConnection from, Fingerprint fingerprint) {
            post(from, () -> {
                try {
                    machine.onShown(fingerprint, known(), clock.nanoTime());
                } catch (IOException unreadable) {
                    machine.onKnownRelaysUnusable(unreadable);
                }
            });
        }

        @Override
        public void onClassic(TlsConnection from) {
            post(from, () -> {
                try {
                    machine.onClassic(known(), clock.nanoTime());
                } catch (IOException unreadable) {
                    machine.onKnownRelaysUnusable(unreadable);
                }
            });
        }

        @Override
        public void onMessage(TlsConnection from, RelayMessage message) throws InterruptedException {
            postMessage(from, () -> machine.onMessage(message, clock.nanoTime()));
        }

        @Override
        public void onUnreadable(TlsConnection from, UnreadableMessage message) throws InterruptedException {
            postMessage(from, () -> machine.onUnreadable(message, clock.nanoTime()));
        }

        private void postMessage(TlsConnection from, Runnable task) throws InterruptedException {
            messageRoom.acquire();
            tasks.add(() -> {
                messageRoom.release();
                if (from == connection) {
                    task.run();
                }
            });
        }

        @Override
        public void onMedia(TlsConnection from, byte[] datagram) {
            path.onTunnelled(from, datagram);
        }

        @Override
        public void onBroken(TlsConnection from, String problem) {
            post(from, () -> machine.onBroken(problem, clock.nanoTime()));
        }
    }

    /** Queues requests of the media path for the session thread. */
    private final class PathOwner implements MediaTransport.Owner {

        @Override
        public void onTunnelRequested(long after) {
            say(new ClientMessage.Media(ClientMessage.Media.TCP, after));
        }

        @Override
        public void onAddressChanged() {
            tasks.add(() -> machine.onAddressChanged(clock.nanoTime()));
        }

        @Override
        public void onPortUnavailable(String problem) {
            tasks.add(() -> machine.onUnrecoverable(EndReason.RELAY_UNREACHABLE, problem));
        }
    }
}
