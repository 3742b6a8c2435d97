package voiptui.relay.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.net.IpText;
import voiptui.protocol.RelayMessage;
import voiptui.relay.media.Flow;
import voiptui.relay.media.measure.FlowStats;

/** A session whose state a test sets. */
final class FakeSession implements Session {

    final Client client;
    final InetAddress host;
    final long signedInNs;
    final Flow flow;
    final List<RelayMessage> sent = new ArrayList<>();
    boolean connected = true;
    boolean inCall;
    long heardNs;

    @Nullable
    InetSocketAddress source;

    private final long id;

    FakeSession(String name, int process, String host, long nowNs) {
        this.client = new Client(name, "SHA256:" + name, name + process);
        this.id = process;
        this.host = IpText.parse(host).orElseThrow();
        this.signedInNs = nowNs;
        this.heardNs = nowNs;
        this.flow = new Flow(this.host, this.host, new FlowStats(), null);
    }

    @Override
    public Client client() {
        return client;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public boolean isPhone() {
        return true;
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public boolean isInCall() {
        return inCall;
    }

    @Override
    public InetAddress address() {
        return host;
    }

    @Override
    public @Nullable InetSocketAddress source() {
        return source;
    }

    @Override
    public Flow flow() {
        return flow;
    }

    @Override
    public long signedInNs() {
        return signedInNs;
    }

    @Override
    public long heardNs() {
        return heardNs;
    }

    @Override
    public void send(RelayMessage message) {
        sent.add(message);
    }
}
