package voiptui.relay.session;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import voiptui.protocol.RelayMessage;
import voiptui.time.NanoClock;

/**
 * Finds the sessions that client processes left behind when they were killed and started again: sessions without a
 * connection, with the certificate, name and role (phone or not) of a process that signed in later. A session whose media
 * still arrives belongs to a process that lives and will resume it. One that is in a call is given up only for a process on
 * the same host, since a certificate may be in use on several machines, unless its place is needed.
 *
 * <p>Owned by the control thread.
 *
 * @param <S> the sessions
 */
public final class RestartedClients<S extends Session> {

    /** The media silence after which a process without a connection may be gone, in milliseconds: clients send every 20 ms. */
    static final int SILENCE_MS = 500;
    /** A pong that no ping asked for, which clients ignore; the host of a process that is gone refuses it. */
    public static final RelayMessage PROBE = new RelayMessage.Pong(Long.MAX_VALUE);

    /** Who processes are alike for. */
    private record User(String fingerprint, String name, boolean phone) {
        static User of(Session session) {
            return new User(session.client().fingerprint(), session.client().name(), session.isPhone());
        }
    }

    private final Sessions<S> sessions;
    private final NanoClock clock;

    /** Creates a finder for the sessions in {@code sessions}, followed as they change. */
    public RestartedClients(Sessions<S> sessions, NanoClock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * Returns the sessions that a process which signs in now has left behind.
     *
     * @param phone whether it accepts calls
     * @param host its address
     * @param placeNeeded whether it can be signed in only if there is such a session
     */
    public List<S> leftBehindBy(Session.Client client, boolean phone, InetAddress host, boolean placeNeeded) {
        User user = new User(client.fingerprint(), client.name(), phone);
        return sessions.all(session -> User.of(session).equals(user)
                && isGone(session)
                && (placeNeeded || !session.isInCall() || session.address().equals(host)));
    }

    /**
     * Asks the hosts of connected sessions whether their processes are still there, in case the news of their end was lost:
     * those on {@code host} that {@code client} may have replaced.
     */
    public void probe(Session.Client client, boolean phone, InetAddress host) {
        User user = new User(client.fingerprint(), client.name(), phone);
        sessions.all(session -> session.isConnected()
                        && User.of(session).equals(user)
                        && session.address().equals(host))
                .forEach(session -> session.send(PROBE));
    }

    /** Returns the sessions that processes have left behind which signed in before it was known. */
    public List<S> leftBehind() {
        List<S> gone = sessions.all(this::isGone);
        if (gone.isEmpty()) {
            return gone;
        }
        Map<User, S> newest = new HashMap<>();
        sessions.all().stream().filter(Session::isConnected).forEach(in -> newest.put(User.of(in), in));
        Predicate<S> replaced = session -> {
            S successor = newest.get(User.of(session));
            return successor != null
                    && successor.address().equals(session.address())
                    && successor.signedInNs() - session.heardNs() >= 0;
        };
        return gone.stream().filter(replaced).toList();
    }

    private boolean isGone(S session) {
        return !session.isConnected()
                && (session.flow().status.isUnreachable()
                        || !session.flow().status.isHeardWithin(SILENCE_MS * NS_PER_MS, clock.nanoTime()));
    }
}
