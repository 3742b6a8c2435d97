package voiptui.session;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import voiptui.event.CallEvent;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.identity.Fingerprint;
import voiptui.identity.KnownRelays;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.time.NanoClock;

/**
 * A line to a relay of the second protocol, with its threads.
 *
 * <p>{@link #start} begins; from then on the listener is told what happens, and the bus what people want to see ({@link
 * voiptui.event.SessionEvent}). The line's thread, {@code voiptui-line}, owns the {@link SessionMachine}; all others leave it tasks.
 */
public final class RelaySession implements AutoCloseable {

    /** The longest that {@link #close} takes, in milliseconds. */
    private static final long CLOSE_MS = 1_000;
    /** Messages of the relay that wait for the line's thread; a relay that says more is read later. */
    private static final int WAITING_MESSAGES = 256;

    private final SessionConfig config;
    private final EventBus bus;
    private final NanoClock clock;
    private final SessionListener listener;
    private final SessionMachine machine;
    private final MediaTransport path;
    private final Thread thread = new Thread(this::run, "voiptui-line");
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Semaphore messageRoom = new Semaphore(WAITING_MESSAGES);
    private final Connections connections = new Connections();

    private volatile TlsConnection connection;
    private volatile Double lastRttMs;
    private volatile boolean closed;

    /** Prepares a line; no thread runs yet. */
    public RelaySession(SessionConfig config, EventBus bus, NanoClock clock, SessionListener listener) {
        this.config = config;
        this.bus = bus;
        this.clock = clock;
        this.listener = listener;
        SecureRandom random = new SecureRandom();
        byte[] instance = new byte[Long.BYTES];
        random.nextBytes(instance);
        this.machine =
                new SessionMachine(config, HexFormat.of().formatHex(instance), random, new Effects(), new SignIns());
        this.path = new MediaTransport(config, bus, clock, new PathWishes(), this::onBug);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(this::onBug);
    }

    /** Begins to connect. */
    public void start() {
        path.start();
        tasks.add(() -> machine.start(clock.nanoTime()));
        thread.start();
    }

    /** Says something to the relay; lost where there is no connection. Any thread; never waits. */
    public void say(ClientMessage message) {
        tasks.add(() -> {
            if (machine.isSignedIn()) {
                connection.say(message);
            }
        });
    }

    /** The way of media; there from the beginning, though nothing gets through before the relay took us. */
    public MediaPath media() {
        return path;
    }

    /** The last round trip to the relay through the connection, in milliseconds; {@code null} before the first. Any thread. */
    public Double lastRttMs() {
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

    /** Says goodbye, closes everything and joins the threads; waits a second at the most. Any thread. */
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

    /** On the line's thread: the last thing it does. */
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

    /** What the machine wants done. On the line's thread. */
    private final class Effects implements SessionEffects {

        @Override
        public void connect() {
            connection = new TlsConnection(config, connections, RelaySession.this::onBug);
            connection.start();
        }

        @Override
        public void disconnect() {
            TlsConnection last = connection;
            connection = null;
            if (last != null) {
                last.close();
                path.onLineDown();
            }
        }

        @Override
        public void say(ClientMessage message) {
            connection.say(message);
        }

        @Override
        public void pin(Fingerprint fingerprint) throws IOException {
            config.knownRelays().add(config.relayName(), fingerprint);
        }

        @Override
        public void publish(Event event) {
            if (event instanceof CallEvent.RelayAnswered answered) {
                lastRttMs = answered.rttMs();
            }
            bus.publish(event);
        }
    }

    /** Puts media on its way before anybody hears that we are signed in. On the line's thread. */
    private final class SignIns implements SessionListener {

        @Override
        public void onSignedIn(RelayMessage.Welcome welcome) {
            path.onLineUp(welcome, connection);
            listener.onSignedIn(welcome);
        }

        @Override
        public void onMessage(RelayMessage message) {
            listener.onMessage(message);
        }

        @Override
        public void onLost(String problem, int attempt, long retryInMs) {
            listener.onLost(problem, attempt, retryInMs);
        }

        @Override
        public void onRefused(EndReason reason, String detail) {
            listener.onRefused(reason, detail);
        }

        @Override
        public void onClassicRelay() {
            listener.onClassicRelay();
        }
    }

    /** What a connection meets, as tasks for the line's thread; what comes of one that was given up is forgotten. */
    private final class Connections implements TlsConnection.Owner {

        private void post(TlsConnection from, Runnable task) {
            tasks.add(() -> {
                if (from == connection) {
                    task.run();
                }
            });
        }

        private Optional<KnownRelays.Entry> known() throws IOException {
            return config.knownRelays().find(config.relayName());
        }

        @Override
        public void onShown(TlsConnection from, Fingerprint fingerprint) {
            post(from, () -> {
                try {
                    machine.onShown(fingerprint, known(), clock.nanoTime());
                } catch (IOException unreadable) {
                    machine.onUnreadablePins(unreadable);
                }
            });
        }

        @Override
        public void onClassic(TlsConnection from) {
            post(from, () -> {
                try {
                    machine.onClassic(known());
                } catch (IOException unreadable) {
                    machine.onUnreadablePins(unreadable);
                }
            });
        }

        @Override
        public void onMessage(TlsConnection from, RelayMessage message) throws InterruptedException {
            messageRoom.acquire();
            tasks.add(() -> {
                messageRoom.release();
                if (from == connection) {
                    machine.onMessage(message, clock.nanoTime());
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

    /** What the path wants done, as tasks for the line's thread. */
    private final class PathWishes implements MediaTransport.Owner {

        @Override
        public void onTunnelWanted(long after) {
            say(new ClientMessage.Media(ClientMessage.Media.TCP, after));
        }

        @Override
        public void onAddressChanged() {
            tasks.add(() -> machine.onAddressChanged(clock.nanoTime()));
        }

        @Override
        public void onNoPort(String problem) {
            tasks.add(() -> machine.onHopeless(EndReason.RELAY_UNREACHABLE, problem));
        }
    }
}
