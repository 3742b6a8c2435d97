package voiptui.relay.cluster;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.identity.Fingerprint;
import voiptui.net.IpText;
import voiptui.protocol.ClusterMessage;
import voiptui.relay.call.OtherRelays;
import voiptui.relay.cluster.node.MemberTrust;
import voiptui.relay.media.MediaPlane;
import voiptui.relay.media.RelayLink;
import voiptui.relay.media.hop.MediaSeal;
import voiptui.time.NanoClock;

/**
 * The other relays of the cluster: which processes are there, how they introduce themselves, the way of media to each, and messages to
 * and from them. Owned by the control thread.
 */
final class ClusterMembers implements OtherRelays {

    /** How long a process that cannot be reached is remembered, so that calls go on when it can be again, in milliseconds. */
    private static final long REMEMBER_MS = 120_000;
    /** The most processes that are remembered; relays are few. */
    private static final int MAX_MEMBERS = 256;

    /** Learns what becomes of the other relays. Called by the control thread. */
    interface Listener {

        /**
         * A relay can be reached.
         *
         * @param isSameProcess whether it was reachable before and has not been restarted since
         */
        void onReachable(String relay, boolean isSameProcess);

        /** A relay can no longer be reached. */
        void onLost(String relay);

        /** A relay that can be reached has sent a message other than {@code hello}. */
        void onMessage(String relay, ClusterMessage message);
    }

    private final Cluster.Own own;
    private final String relay;
    private final String instance;
    private final MemberTrust trust;
    private final MediaPlane media;
    private final ClientLocations locations;
    private final JoinedNode node;
    private final EventBus events;
    private final NanoClock clock;
    private final RandomGenerator random;
    private final Listener listener;
    private final Vouchers vouchers;
    /** By the name of the node. */
    private final Map<String, Member> members = new LinkedHashMap<>();

    /**
     * Creates an empty list.
     *
     * @param relay the fingerprint of this relay's certificate, as text
     */
    ClusterMembers(
            Cluster.Own own,
            String relay,
            MemberTrust trust,
            MediaPlane media,
            ClientLocations locations,
            JoinedNode node,
            EventBus events,
            NanoClock clock,
            RandomGenerator random,
            Listener listener) {
        this.own = own;
        this.relay = relay;
        this.instance = HexFormat.of().toHexDigits(random.nextLong());
        this.trust = trust;
        this.media = media;
        this.locations = locations;
        this.node = node;
        this.events = events;
        this.clock = clock;
        this.random = random;
        this.listener = listener;
        this.vouchers = new Vouchers(own);
    }

    /** Introduces this relay, which has joined the cluster, to those that are there already. */
    void greetAll() {
        members.values().forEach(member -> greet(member, false));
    }

    /** Others have come or gone: these nodes can be reached. */
    void onView(List<String> others) {
        long nowNs = clock.nanoTime();
        for (Member member : members.values()) {
            if (member.present && !others.contains(member.node)) {
                lose(member);
            }
        }
        for (String other : others) {
            Member member = members.get(other);
            if (member == null && members.size() < MAX_MEMBERS) {
                member = newMember(other, nowNs);
                members.put(other, member);
                greet(member, false);
            } else if (member != null && !member.present) {
                member.present = true;
                member.sinceNs = nowNs;
                greet(member, false);
                if (member.link != null) {
                    reach(member, true);
                }
            }
        }
    }

    private void lose(Member member) {
        boolean wasReachable = member.isReachable();
        member.present = false;
        member.sinceNs = clock.nanoTime();
        if (wasReachable) {
            events.publish(new RelayEvent.RelayLost(member.address(), member.relay()));
            listener.onLost(member.relay());
        }
    }

    private void reach(Member member, boolean isSameProcess) {
        events.publish(new RelayEvent.RelayReached(member.address(), member.relay(), member.program()));
        listener.onReachable(member.relay(), isSameProcess);
    }

    private void greet(Member member, boolean isAnswer) {
        InetSocketAddress address = own.mediaAddress();
        sendTo(
                member,
                new ClusterMessage.Hello(
                        ClusterMessage.VERSION,
                        relay,
                        own.program(),
                        instance,
                        IpText.of(address.getAddress()),
                        address.getPort(),
                        HexFormat.of().formatHex(member.incomingKey),
                        isAnswer));
    }

    private void sendTo(Member member, ClusterMessage message) {
        if (member.present) {
            node.send(member.node, message);
        }
    }

    /** Handles a message of another node; one that is not known, or has not introduced itself, is ignored. */
    void onMessage(String from, ClusterMessage message) {
        Member member = members.get(from);
        if (member == null) {
            return;
        }
        if (message instanceof ClusterMessage.Hello hello) {
            onHello(member, hello);
        } else if (message instanceof ClusterMessage.Vouch vouch) {
            vouchers.onVouch(member.relay(), vouch.statement());
        } else if (member.isReachable()) {
            listener.onMessage(member.relay(), message);
        }
    }

    private void onHello(Member member, ClusterMessage.Hello hello) {
        Optional<InetAddress> host = IpText.parse(hello.mediaHost());
        boolean isAnother = member.onlyRelay != null && !member.onlyRelay.equals(hello.relay());
        if (hello.relay().equals(relay) || host.isEmpty() || isAnother || !isAllowed(hello.relay())) {
            return;
        }
        if (!hello.isAnswer()) {
            greet(member, true);
        }
        if (member.link != null) {
            if (member.hello != null && member.hello.key().equals(hello.key())) {
                return;
            }
            // It has given up this relay meanwhile, and with that the former key.
            lose(member);
            media.close(member.link.flow());
            member.present = true;
        }
        members.values().stream()
                .filter(other -> other != member && other.relay().equals(hello.relay()))
                .toList()
                .forEach(this::forget);
        member.hello = hello;
        RelayLink link = new RelayLink(
                own.mediaAddress().getAddress(),
                new InetSocketAddress(host.get(), hello.mediaPort()),
                HexFormat.of().parseHex(hello.key()),
                member.incomingKey);
        member.link = link;
        media.open(link.flow());
        reach(member, false);
        vouch(member, hello.relay());
    }

    private void vouch(Member member, String forRelay) {
        member.vouchedNs = clock.nanoTime();
        sendTo(member, new ClusterMessage.Vouch(vouchers.statementFor(forRelay)));
    }

    /**
     * Gives up the relays that are no longer allowed. What the library still carries of theirs is ignored; their processes may come back if
     * they are allowed again, and as nobody else.
     */
    void giveUpDisallowed() {
        for (Member member : List.copyOf(members.values())) {
            if (member.hello != null && !isAllowed(member.relay())) {
                Member again = newMember(member.node, clock.nanoTime());
                again.onlyRelay = member.relay();
                again.present = member.present;
                forget(member);
                members.put(again.node, again);
            }
        }
    }

    private Member newMember(String nodeName, long nowNs) {
        byte[] key = new byte[MediaSeal.KEY_BYTES];
        random.nextBytes(key);
        return new Member(nodeName, key, nowNs);
    }

    private boolean isAllowed(String otherRelay) {
        return Fingerprint.parse(otherRelay).filter(trust::isAllowed).isPresent();
    }

    /** Gives up a process that is gone for good. */
    private void forget(Member former) {
        if (former.isReachable()) {
            lose(former);
        }
        members.remove(former.node);
        if (former.link != null) {
            media.close(former.link.flow());
        }
    }

    /** Forgets processes that were gone for long, repeats introductions, and vouches again for those that are there. To be called about once a second. */
    void sweep() {
        long nowNs = clock.nanoTime();
        for (Member member : List.copyOf(members.values())) {
            if (!member.present && nowNs - member.sinceNs >= REMEMBER_MS * NS_PER_MS) {
                forget(member);
            } else if (member.present && member.link == null) {
                // The introduction may have come before the other relay was ready for it.
                greet(member, false);
            } else if (member.isReachable() && nowNs - member.vouchedNs >= Vouchers.RENEWAL_MS * NS_PER_MS) {
                vouch(member, member.relay());
            }
        }
    }

    private Optional<Member> reachable(String otherRelay) {
        return members.values().stream()
                .filter(member -> member.isReachable() && member.relay().equals(otherRelay))
                .findFirst();
    }

    /** Returns whether a relay can be reached and has introduced itself. */
    boolean isReachable(String otherRelay) {
        return reachable(otherRelay).isPresent();
    }

    @Override
    public List<String> reachable() {
        return members.values().stream()
                .filter(Member::isReachable)
                .map(Member::relay)
                .toList();
    }

    @Override
    public List<String> where(String name) {
        return locations.of(name).keySet().stream().filter(this::isReachable).toList();
    }

    @Override
    public void send(String otherRelay, ClusterMessage message) {
        reachable(otherRelay).ifPresent(member -> sendTo(member, message));
    }

    @Override
    public @Nullable RelayLink link(String otherRelay) {
        return reachable(otherRelay).map(member -> member.link).orElse(null);
    }

    /** Returns the relays that have introduced themselves, whether they can be reached or not. */
    List<RelayEvent.RelayStatus> statuses() {
        long nowNs = clock.nanoTime();
        return members.values().stream()
                .filter(member -> member.link != null)
                .map(member -> new RelayEvent.RelayStatus(
                        member.address(),
                        member.relay(),
                        member.program(),
                        member.present,
                        (nowNs - member.sinceNs) / NS_PER_MS,
                        locations.namesAt(member.relay()).size()))
                .toList();
    }
}
