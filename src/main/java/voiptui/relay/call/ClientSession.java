package voiptui.relay.call;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.protocol.RelayMessage;
import voiptui.relay.media.Flow;
import voiptui.relay.media.FlowStats;
import voiptui.time.RateLimiter;

/** One signed-in process of the second protocol, as the switchboard knows it. Owned by the control thread. */
public final class ClientSession implements CallParty {

    /** How much of what was said is kept until it is known to have arrived. A call takes a handful. */
    private static final int MAX_UNCONFIRMED = 64;

    /** What its certificate is known by. */
    final String fingerprint;
    /** What tells it apart from other processes of that certificate. */
    final String instance;
    /** The calls that it makes and that are not connected yet, the oldest first. */
    final Set<Call> made = new LinkedHashSet<>();
    /** The calls that it is rung by; one, but for a phone whose user calls somebody while it rings. */
    final Set<Call> rung = new LinkedHashSet<>();
    /** How many calls it may begin; see {@link CallMessageHandler}. */
    final RateLimiter callLimit;

    private final String name;
    private final String keyText;
    private final Flow flow;
    private final long signedInNs;
    /** What may not have arrived, should the connection turn out to be gone. */
    private final Deque<RelayMessage> unconfirmed = new ArrayDeque<>();

    private SessionChannel port;
    private InetSocketAddress remote;
    private InetSocketAddress source;
    private boolean answers;
    private boolean forgotten;
    private boolean tunnelled;
    private long tunnelledAfter;
    private Call talk;
    private long heardNs;
    private long lostNs;

    /**
     * A station, without a connection yet.
     *
     * @param keyText what its bind datagrams are signed with, as hexadecimal digits
     */
    public ClientSession(
            String name,
            String fingerprint,
            String instance,
            String keyText,
            Flow flow,
            RateLimiter callLimit,
            long nowNs) {
        this.name = name;
        this.fingerprint = fingerprint;
        this.instance = instance;
        this.keyText = keyText;
        this.flow = flow;
        this.callLimit = callLimit;
        this.signedInNs = nowNs;
    }

    /** It is there, on that connection; {@code answers} says whether it can be rung. */
    void connect(SessionChannel newPort, boolean canAnswer, long nowNs) {
        port = newPort;
        remote = newPort.remote();
        answers = canAnswer;
        heardNs = nowNs;
    }

    /** Its connection is gone; it may be back on another one. */
    void disconnect(long nowNs) {
        port = null;
        lostNs = nowNs;
    }

    /** Something came from it, so what was said to it before has arrived, as far as can be told. */
    void onHeard(long nowNs) {
        heardNs = nowNs;
        unconfirmed.clear();
    }

    /** {@inheritDoc} While its connection is gone that is kept until it is back. */
    @Override
    public void say(RelayMessage message) {
        if (concernsACall(message)) {
            if (unconfirmed.size() == MAX_UNCONFIRMED) {
                unconfirmed.removeFirst();
            }
            unconfirmed.addLast(message);
        }
        if (port != null) {
            port.say(message);
        }
    }

    private static boolean concernsACall(RelayMessage message) {
        return message instanceof RelayMessage.Progress
                || message instanceof RelayMessage.Incoming
                || message instanceof RelayMessage.Connected
                || message instanceof RelayMessage.Ended
                || message instanceof RelayMessage.Missed;
    }

    /** Says again, on a new connection, what may have been lost with the former one. */
    void repeatUnconfirmed() {
        unconfirmed.forEach(port::say);
    }

    /** What it is called by. */
    String name() {
        return name;
    }

    /** What its bind datagrams name, as hexadecimal digits. */
    String sessionText() {
        return HexFormat.of().toHexDigits(flow.bind.id);
    }

    /** What they are signed with, as hexadecimal digits. */
    String keyText() {
        return keyText;
    }

    /** Where its connection comes from, or came from, as text. */
    String from() {
        return IpText.of(remote);
    }

    @Override
    public String callerId() {
        return name;
    }

    @Override
    public Flow flow() {
        return flow;
    }

    /** The address that its connection comes from, or came from. */
    @Override
    public InetAddress address() {
        return remote.getAddress();
    }

    @Override
    public boolean isThere() {
        return port != null;
    }

    /** Its connection; {@code null} while it has none. */
    SessionChannel port() {
        return port;
    }

    /** Whether it is a phone, to be rung by others. */
    boolean answers() {
        return answers;
    }

    /** Whether it would ring at this moment. */
    boolean isIdle() {
        return answers && port != null && talk == null && made.isEmpty() && rung.isEmpty();
    }

    /** Whether it is a phone that does not ring now, but would if its user did not use it already. */
    boolean isBusy() {
        return answers && !isIdle() && (port != null || talk != null);
    }

    @Override
    public Call talk() {
        return talk;
    }

    @Override
    public void setTalk(Call call) {
        talk = call;
    }

    /** Where its media comes from; {@code null} until it has proved that. */
    InetSocketAddress source() {
        return source;
    }

    void setSource(InetSocketAddress newSource) {
        source = newSource;
    }

    /** Whether its media goes through its connection. */
    boolean isTunnelled() {
        return tunnelled;
    }

    /** The bind counter up to which its binds are void; see {@link #isTunnelled}. */
    long tunnelledAfter() {
        return tunnelledAfter;
    }

    void useTunnel(long after) {
        tunnelled = true;
        tunnelledAfter = after;
    }

    void useUdp() {
        tunnelled = false;
    }

    /** It is no more; whatever still comes for it means nothing. */
    void forget() {
        forgotten = true;
        port = null;
    }

    boolean isForgotten() {
        return forgotten;
    }

    /** Time since something came from it, in milliseconds. */
    long silentMs(long nowNs) {
        return (nowNs - heardNs) / NS_PER_MS;
    }

    /** Time since its connection went, in milliseconds; means nothing while it has one. */
    long lostMs(long nowNs) {
        return (nowNs - lostNs) / NS_PER_MS;
    }

    /** How it is at this moment, for whoever watches the relay. */
    RelayEvent.ClientStatus status(long nowNs) {
        FlowStats media = flow.status;
        String wanted = made.isEmpty() ? "" : made.iterator().next().target.toString();
        return new RelayEvent.ClientStatus(
                toString(),
                talk == null ? wanted : talk.other(this).callerId(),
                talk == null ? null : talk.other(this).toString(),
                (nowNs - signedInNs) / NS_PER_MS,
                media.packets(),
                media.bytes(),
                (nowNs - (media.isHeard() ? media.lastHeardNs() : signedInNs)) / NS_PER_MS);
    }

    /** {@code desk 192.0.2.1:5000}: the name, and where its media comes from or, before that is known, its connection. */
    @Override
    public String toString() {
        return name + " " + IpText.of(source != null ? source : remote);
    }
}
