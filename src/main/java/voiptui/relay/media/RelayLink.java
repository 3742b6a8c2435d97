package voiptui.relay.media;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.ReplayWindow;
import voiptui.relay.media.hop.MediaSeal;
import voiptui.relay.media.measure.FlowStats;
import voiptui.relay.media.socket.AddressTable;
import voiptui.relay.media.socket.PackedAddress;

/**
 * Media to and from one other relay of a cluster ({@code protocol.md}, section 7): everything comes from and goes to one address, sealed
 * with keys that the two relays agreed on. What comes in is for a local client, and never for another relay.
 *
 * <p>Created by the control thread, which opens and closes {@link #flow} and the flows of {@link #partyFlow}. What comes in belongs to the
 * media thread that reads it; each media thread may send.
 */
public final class RelayLink {

    /** The media of one call between the two relays. */
    static final class Hop {
        private final RelayLink link;
        private final int ownNumber;
        private final ReplayWindow arrived = new ReplayWindow();
        /** The number that the other relay knows it by; 0: not known yet. Set by the control thread. */
        private volatile int otherNumber;

        /** One thread sends at a time, but may still do so when the next begins. */
        private final AtomicLong sent = new AtomicLong();

        private Hop(RelayLink link, int ownNumber) {
            this.link = link;
            this.ownNumber = ownNumber;
        }
    }

    private final InetAddress local;
    private final InetSocketAddress other;
    private final Flow flow;
    private final byte[] outgoingKey;
    /** One for each media thread. Set by the control thread before any has it. */
    private MediaSeal[] outgoing = {};

    private final MediaSeal incoming;
    /** By own number. Owned by the media thread that reads what comes from the other relay. */
    private final AddressTable<Flow> parties = new AddressTable<>();

    private int lastNumber;

    /**
     * Creates a link.
     *
     * @param local the address of this relay that the other one sends to
     * @param other where the other relay's media comes from and goes to
     * @param outgoingKey the key of what goes there
     * @param incomingKey the key of what comes from there; a link has keys that no other had
     */
    public RelayLink(InetAddress local, InetSocketAddress other, byte[] outgoingKey, byte[] incomingKey) {
        this.local = local;
        this.other = other;
        this.outgoingKey = outgoingKey.clone();
        this.incoming = new MediaSeal(incomingKey);
        this.flow = new Flow(other.getAddress(), local, other, new FlowStats());
        flow.link = this;
    }

    /** Returns the handle of the other relay's address, to be opened and closed. */
    public Flow flow() {
        return flow;
    }

    /** Returns the address of the other relay. */
    public InetAddress address() {
        return flow.host;
    }

    /** Returns a flow for somebody who is signed in at the other relay, to be opened and closed. Control thread. */
    public Flow partyFlow(String name) {
        Flow party = new Flow(flow.host, local, null, new FlowStats()).of(name);
        party.hop = new Hop(this, ++lastNumber);
        return party;
    }

    /** Returns the number that the other relay is to seal this flow's media with. Any thread. */
    public static int numberOf(Flow party) {
        Hop hop = party.hop;
        return hop == null ? 0 : hop.ownNumber;
    }

    /** Sets the number that the other relay knows a flow by; until then, nothing is sent there. Control thread. */
    public static void sendTo(Flow party, int number) {
        Hop hop = party.hop;
        if (hop != null) {
            hop.otherNumber = number;
        }
    }

    /** Prepares for being used by several media threads. Control thread, before any of them has it. */
    void useThreads(int threads) {
        outgoing = new MediaSeal[threads];
        for (int i = 0; i < threads; i++) {
            outgoing[i] = new MediaSeal(outgoingKey);
        }
    }

    /** Returns where the media for a hop's flow comes from. */
    static InetSocketAddress otherOf(Hop hop) {
        return hop.link.other;
    }

    /** Begins to take media for a flow. Media thread. */
    static void onOpen(Flow party, Hop hop) {
        hop.link.parties.put(key(hop.ownNumber), party);
    }

    /** Ends to take media for a flow. Media thread. */
    static void onClose(Flow party, Hop hop) {
        hop.link.parties.remove(key(hop.ownNumber), party);
    }

    private static PackedAddress key(int number) {
        return new PackedAddress(0, number, 0, 0);
    }

    /**
     * Checks and removes the seal of a datagram from the other relay's address. Media thread.
     *
     * @return the flow of the client of the other relay that sent it; null: it is forged, was received before, or its call is over
     */
    @Nullable
    Flow open(ByteBuffer datagram) {
        if (datagram.remaining() < MediaSeal.TRAILER_BYTES) {
            return null;
        }
        Flow party = parties.get(0, MediaSeal.number(datagram), 0);
        Hop hop = party == null ? null : party.hop;
        if (hop == null || !incoming.isAuthentic(datagram) || !hop.arrived.accept(MediaSeal.counter(datagram))) {
            return null;
        }
        datagram.limit(datagram.limit() - MediaSeal.TRAILER_BYTES);
        return party;
    }

    /**
     * Appends a seal for the other relay to a datagram, whose limit it moves. Any media thread.
     *
     * @param thread the number of the thread
     * @return where to send it; null: the other relay does not expect it, and nothing was changed
     */
    static @Nullable Flow seal(Hop hop, ByteBuffer datagram, int thread) {
        int number = hop.otherNumber;
        if (number == 0) {
            return null;
        }
        MediaSeal seal = hop.link.outgoing[thread];
        return seal.seal(datagram, number, hop.sent.incrementAndGet()) ? hop.link.flow : null;
    }
}
