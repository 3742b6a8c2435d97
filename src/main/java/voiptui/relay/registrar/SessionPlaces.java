package voiptui.relay.registrar;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import voiptui.net.IpNetwork;
import voiptui.relay.admission.ClientLimits;
import voiptui.relay.admission.FairShare;
import voiptui.relay.call.CallParty;
import voiptui.relay.call.ClassicRegistry;
import voiptui.relay.call.ClientSession;
import voiptui.relay.directory.NameRegistry;
import voiptui.relay.session.Sessions;
import voiptui.time.NanoClock;

/**
 * Who gives way to a newcomer when all places are taken: clients of an address or certificate with more than its share,
 * whichever protocol they speak; and for a client with a known name, clients whose names are new or who have none. A name is known from a day after it was
 * registered, or at once if the relay's operator assigned it, so that nobody can sign up for the places that are kept.
 *
 * <p>Owned by the control thread.
 */
final class SessionPlaces {

    /** How long a name is new, in milliseconds. */
    private static final long NEW_NAME_MS = 24 * 3_600_000L;
    /** The greatest number of new names that are remembered; the oldest become known. */
    private static final int MAX_NEW_NAMES = 10_000;

    private ClientLimits limits;
    private final Sessions<ClientSession> sessions;
    private final ClassicRegistry classic;
    private final NameRegistry names;
    private final NanoClock clock;
    private FairShare<CallParty> shares;
    /** When each new name was registered, by the relay's clock; oldest first. */
    private final Map<String, Long> newNames = new LinkedHashMap<>();

    SessionPlaces(
            int maxClients,
            Sessions<ClientSession> sessions,
            ClassicRegistry classic,
            NameRegistry names,
            NanoClock clock) {
        this.limits = ClientLimits.of(maxClients);
        this.sessions = sessions;
        this.classic = classic;
        this.names = names;
        this.clock = clock;
        this.shares = new FairShare<>(maxClients, CallParty::use);
    }

    /** Changes the number of places; those that are taken stay so. */
    void resize(int maxClients) {
        limits = ClientLimits.of(maxClients);
        shares = new FairShare<>(maxClients, CallParty::use);
    }

    /** Notes that {@code name} is about to be registered unless it has an owner. */
    void beforeRegistered(String name) {
        if (!names.isOwned(name)) {
            forgetOldNames();
            newNames.put(name, clock.nanoTime());
        }
    }

    private void forgetOldNames() {
        long nowNs = clock.nanoTime();
        Iterator<Long> oldest = newNames.values().iterator();
        while (oldest.hasNext()
                && (nowNs - oldest.next() >= NEW_NAME_MS * NS_PER_MS || newNames.size() > MAX_NEW_NAMES)) {
            oldest.remove();
        }
    }

    private boolean isKnown(String name) {
        return names.isOwned(name) && !newNames.containsKey(name);
    }

    /** Returns who gives way to {@code client} at {@code host}; empty: nobody does. */
    Optional<CallParty> whoGivesWay(ClientSession.Client client, InetAddress host) {
        return shares.whoGivesWay(sessions.all(), CallParty::fingerprint, client.fingerprint())
                .or(() -> whoGivesWay(host))
                .or(() -> leastMissedStranger(client.name()));
    }

    /** Returns who gives way to a client at {@code host}, whoever it is; empty: nobody does. */
    Optional<CallParty> whoGivesWay(InetAddress host) {
        return shares.whoGivesWay(
                withClassic(sessions.all()), party -> IpNetwork.ofSite(party.address()), IpNetwork.ofSite(host));
    }

    /** Returns these sessions, then the classic clients: of equal use, a classic one counts as the newer. */
    private List<CallParty> withClassic(Collection<ClientSession> among) {
        List<CallParty> both = new ArrayList<>(among);
        both.addAll(classic.clients());
        return both;
    }

    private Optional<CallParty> leastMissedStranger(String name) {
        forgetOldNames();
        if (!isKnown(name)) {
            return Optional.empty();
        }
        List<CallParty> strangers = withClassic(sessions.all(session -> !isKnown(session.name())));
        return shares.leastMissed(strangers, strangers.size() > limits.maxClients() - limits.keptForKnownNames());
    }
}
