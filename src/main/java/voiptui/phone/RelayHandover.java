package voiptui.phone;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import voiptui.event.SessionEvent;
import voiptui.net.HostAddresses;
import voiptui.net.HostPort;
import voiptui.net.NameService;
import voiptui.session.RelaySession;
import voiptui.session.SessionConfig;

/**
 * The session with the relay that a phone uses: the one that the user named, or another one that it was sent to because that one
 * stops.
 *
 * <p>A relay cannot send the phone to a stranger: only a relay that is pinned already is used, unless the user trusts new relays
 * without a question. If the other relay refuses the phone or cannot be reached, the phone returns to the first one and does not
 * try the other again. A phone that reaches its relay through {@code ssh} stays there.
 *
 * <p>Owned by the phone's thread. What blocks, files and the end of a session, happens on the thread {@code voiptui-handover}.
 */
final class RelayHandover {

    /** How often another relay is tried. */
    private static final int ATTEMPTS = 3;
    /** The most relays that are remembered as useless; then no other is tried any more. */
    private static final int MAX_USELESS = 16;

    private final SessionConfig home;
    private final Function<SessionConfig, RelaySession> open;
    private final Executor onPhone;
    private final Executor background;
    private final Consumer<SessionEvent> publish;
    private final Set<String> useless = new HashSet<>();
    private SessionConfig config;
    private RelaySession session;
    /** The relay that was named last, in lower case; empty: none. */
    private String named = "";
    /** The pinned relay to use as soon as the phone is idle; null: none. */
    private @Nullable SessionConfig next;
    /** Guards the start of a session against the end of the phone. */
    private final Object lifetime = new Object();
    /** Guarded by {@link #lifetime}. */
    private boolean closed;

    /**
     * Creates the session with the relay that the user named; nothing is started.
     *
     * @param open creates a session
     * @param onPhone the phone's thread
     * @param background a thread that may block
     * @param publish publishes an event
     */
    RelayHandover(
            SessionConfig home,
            Function<SessionConfig, RelaySession> open,
            Executor onPhone,
            Executor background,
            Consumer<SessionEvent> publish) {
        this.home = home;
        this.open = open;
        this.onPhone = onPhone;
        this.background = background;
        this.publish = publish;
        this.config = home;
        this.session = open.apply(home);
    }

    /** Returns the session. */
    RelaySession session() {
        return session;
    }

    /** Returns the configuration of the session. */
    SessionConfig config() {
        return config;
    }

    /** Returns whether the relay is another one than the user named. */
    boolean isAway() {
        return config != home;
    }

    /** Starts to connect. */
    void start() {
        session.start();
    }

    /** The relay is about to stop, and names another one, or none. */
    void onDraining(@Nullable String to) {
        if (to == null || config.endpoint().ssh() != null || useless.size() >= MAX_USELESS) {
            return;
        }
        SessionConfig other;
        try {
            other = configOf(HostPort.parse(to, home.endpoint().relay().port()));
        } catch (IllegalArgumentException nonsense) {
            return;
        }
        String relay = other.relayName();
        if (relay.equalsIgnoreCase(config.relayName()) || useless.contains(relay) || relay.equals(named)) {
            return;
        }
        named = relay;
        background.execute(() -> {
            String objection = objection(other);
            onPhone.execute(() -> onChecked(other, objection));
        });
    }

    private SessionConfig configOf(HostPort relay) {
        SessionConfig.Endpoint endpoint = home.endpoint();
        if (relay.toString().equalsIgnoreCase(home.relayName())) {
            return home;
        }
        return new SessionConfig(
                new SessionConfig.Endpoint(
                        relay.toString(),
                        new HostAddresses(relay, endpoint.bind(), NameService.SYSTEM),
                        endpoint.bind(),
                        endpoint.localPort(),
                        0),
                new SessionConfig.Timing(
                        ATTEMPTS, home.timeoutMs(), home.timing().heartbeatMs()),
                home.credentials());
    }

    /** Returns why a relay is not used; empty if it may be. */
    private static String objection(SessionConfig other) {
        try {
            return other.credentials().acceptNew()
                            || !other.knownRelays().find(other.relayName()).isEmpty()
                    ? ""
                    : "it is unknown here; to be asked whether to trust it, start with --server " + other.relayName();
        } catch (IOException unreadable) {
            return String.valueOf(unreadable.getMessage());
        }
    }

    private void onChecked(SessionConfig other, String objection) {
        if (objection.isEmpty()) {
            next = other;
        } else {
            giveUp(other, objection);
        }
    }

    private void giveUp(SessionConfig other, String problem) {
        useless.add(other.relayName());
        named = "";
        publish.accept(new SessionEvent.RelayNotFollowed(other.relayName(), problem));
    }

    /** The phone has signed in: its relay is back, or the other one has taken it in. */
    void onSignedIn() {
        next = null;
        named = "";
    }

    /** Returns whether there is a relay to change to as soon as no call is going on. */
    boolean isDue() {
        return next != null;
    }

    /** Changes to the relay that is {@linkplain #isDue due}. */
    void change() {
        SessionConfig to = next;
        if (to != null) {
            changeTo(to);
        }
    }

    /** Returns to the relay that the user named, because this one is of no use. */
    void goHome(String problem) {
        giveUp(config, problem);
        changeTo(home);
    }

    private void changeTo(SessionConfig to) {
        RelaySession former = session;
        publish.accept(new SessionEvent.RelayChanged(config.relayName(), to.relayName()));
        config = to;
        next = null;
        named = "";
        RelaySession created = open.apply(to);
        session = created;
        background.execute(() -> {
            // First, because both may have to use the same port.
            former.close();
            synchronized (lifetime) {
                if (!closed) {
                    created.start();
                }
            }
        });
    }

    /** Ends the session. */
    void close() {
        synchronized (lifetime) {
            closed = true;
        }
        session.close();
    }
}
