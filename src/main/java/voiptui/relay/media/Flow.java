package voiptui.relay.media;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import voiptui.relay.media.measure.FlowStats;
import voiptui.relay.media.measure.LegMeter;
import voiptui.relay.media.socket.RelaySocket;

/**
 * One client's media as a media thread forwards it: its source address and who receives it.
 *
 * <p>Created by the control thread and handed over with {@link MediaPlane#open}. From then on one media thread at a time touches it, the
 * one that reads what comes from its source; to the control thread it is a handle. The volatile fields are also read by the media threads
 * that send to it.
 */
public final class Flow {

    /** No receivers. */
    static final Flow[] NOBODY = {};

    /** The address that the client registered from. */
    final InetAddress host;
    /** The media thread that has it, or expects it; null: not open. Set by the control thread. */
    volatile @Nullable MediaLoop home;
    /** The media thread that has it; null: none yet, or it is on its way from one to another. Set by that thread. */
    volatile @Nullable MediaLoop thread;
    /** The relay address that the client uses; media to the client is sent from it. */
    volatile InetAddress local;
    /** The address that the client's packets come from and go to; null: not known yet. Set by the control thread while it is open. */
    public volatile @Nullable InetSocketAddress source;
    /** The address that the client proved last. Written by the media thread, read by the control thread. */
    volatile @Nullable Proof proved;
    /** Statistics; replaced when the client registers again. */
    public volatile FlowStats status;
    /** The flows that this client's packets go to; empty: no call. Set by {@link #routeTo} only. */
    Flow[] receivers = NOBODY;
    /** Measures the legs between the client and the relay in its current call. Replaced by the media thread. */
    private volatile LegMeter legs = LegMeter.NO_CALL;
    /** Proves {@link #source}; null: a classic client, whose source is registered or learned. */
    public final @Nullable Binding bind;
    /** Carries media to this client instead of UDP; null: UDP is used. */
    volatile @Nullable MediaTunnel tunnel;
    /** The client's own socket, connected to {@link #source}; null: {@link #shared} is used. */
    @Nullable
    RelaySocket own;
    /** The unconnected socket at {@link #local}; null: not open. */
    @Nullable
    RelaySocket shared;
    /** What {@link LinuxSockets} needs to send to {@link #source}; null: not computed yet. Any media thread may compute it. */
    LinuxSockets.@Nullable Route route;
    /** Set if {@link #source} is another relay; its media is for the flows of that link. */
    @Nullable
    RelayLink link;
    /** Set if the client is signed in at another relay, which its media comes from and goes to. */
    RelayLink.@Nullable Hop hop;
    /** What the client may send; null: not open. */
    @Nullable
    SenderLimit limit;
    /** Its datagrams that wait as requests to its media thread; see {@link WaitingDatagrams}. */
    final AtomicInteger waiting = new AtomicInteger();

    private String client = "";

    /**
     * A source address that a client proved, and the relay address that it spoke to.
     *
     * @param source the client's address
     * @param local the relay's address
     */
    record Proof(InetSocketAddress source, InetAddress local) {}

    /**
     * Creates a classic client's flow.
     *
     * @param source null: not known yet
     */
    public Flow(InetAddress host, InetAddress local, @Nullable InetSocketAddress source, FlowStats status) {
        this(host, local, source, status, null);
    }

    /** Creates a v2 client's flow; its source is unknown until bound. */
    public Flow(InetAddress host, InetAddress local, FlowStats status, Binding bind) {
        this(host, local, null, status, bind);
    }

    private Flow(
            InetAddress host,
            InetAddress local,
            @Nullable InetSocketAddress source,
            FlowStats status,
            @Nullable Binding bind) {
        this.bind = bind;
        this.host = host;
        this.local = local;
        this.source = source;
        this.status = status;
    }

    /** Names the client for the log. To be called before the flow is opened. Returns this flow. */
    public Flow of(String name) {
        client = name;
        return this;
    }

    /** Returns the client's name for the log. */
    String client() {
        return client;
    }

    /** Returns what is known about the legs between the client and the relay in its current or last call. Any thread. */
    public LegMeter legs() {
        return legs;
    }

    /** Begins to measure anew. Media thread, once the flow is opened. */
    public void measureAnew() {
        legs = new LegMeter();
    }

    /** Sends what the client sends to others from now on. Media thread. */
    void routeTo(Flow[] others) {
        if (others.length > 0) {
            measure();
        }
        receivers = others;
    }

    /** Begins to measure, unless it has begun. Media thread. */
    void measure() {
        if (legs == LegMeter.NO_CALL) {
            legs = new LegMeter();
        }
    }

    /** Changes {@link #shared}. */
    void use(@Nullable RelaySocket socket) {
        if (shared != null) {
            shared.users--;
        }
        shared = socket;
        if (socket != null) {
            socket.users++;
        }
    }
}
