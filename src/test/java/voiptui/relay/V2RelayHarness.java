package voiptui.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import voiptui.identity.Identity;
import voiptui.relay.control.limit.ConnectionLimits;
import voiptui.relay.media.SenderRate;
import voiptui.testkit.ClassicPeer;
import voiptui.testkit.RawMediaClient;
import voiptui.testkit.RawTlsClient;
import voiptui.testkit.TestCertificate;

/** A relay on free ports of 127.0.0.1 with a {@link FakeSessionHandler}, and the test's v2 clients. */
final class V2RelayHarness implements AutoCloseable {

    static final TestCertificate RELAY = TestCertificate.make();
    static final TestCertificate CLIENT = TestCertificate.make();
    static final long PATIENCE_MS = RelayHarness.PATIENCE_MS;

    final RelayHarness harness;
    FakeSessionHandler sessions;
    private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();

    /** One signed-in client: its connection and its UDP socket. */
    record Phone(RawTlsClient connection, RawMediaClient udp) {}

    private V2RelayHarness(RelayConfig config, DescriptorBudget budget) throws IOException {
        harness = RelayHarness.start(
                config,
                budget,
                (settings, events) -> V2Service.of(
                        new Identity(RELAY.key(), RELAY.certificate()),
                        (classic, media, udpPort, counters) ->
                                sessions = FakeSessionHandler.create(classic, media, udpPort, counters)));
    }

    static V2RelayHarness start() throws IOException {
        return start(ConnectionLimits.defaults());
    }

    static V2RelayHarness start(SenderRate rate, MediaIo io) throws IOException {
        return new V2RelayHarness(
                RelayHarness.config(100, 30_000, 120_000, 10_000)
                        .withSenderRate(rate)
                        .withUdpBatch(io.batch)
                        .withMediaThreads(io.threads),
                new DescriptorBudget(4_096, io.clientSockets));
    }

    static V2RelayHarness start(MediaIo io) throws IOException {
        return start(SenderRate.DEFAULT, io);
    }

    /** A relay that listens on all addresses. */
    static V2RelayHarness startOnAllAddresses(MediaIo io) throws IOException {
        return new V2RelayHarness(
                RelayHarness.config(100, 30_000, 120_000, 10_000)
                        .listeningOn(null, 0, 0)
                        .withUdpBatch(io.batch)
                        .withMediaThreads(io.threads),
                new DescriptorBudget(4_096, io.clientSockets));
    }

    /** A relay that listens on these addresses. */
    static V2RelayHarness startOn(ListenAddresses addresses, MediaIo io) throws IOException {
        return new V2RelayHarness(
                RelayHarness.config(100, 30_000, 120_000, 10_000)
                        .listeningOn(addresses)
                        .withUdpBatch(io.batch)
                        .withMediaThreads(io.threads),
                new DescriptorBudget(4_096, io.clientSockets));
    }

    static V2RelayHarness start(ConnectionLimits limits) throws IOException {
        return start(limits, 4_096);
    }

    static V2RelayHarness start(ConnectionLimits limits, int maxConnections) throws IOException {
        return start(limits, maxConnections, 1_000);
    }

    static V2RelayHarness start(ConnectionLimits limits, int maxConnections, int clientSockets) throws IOException {
        return new V2RelayHarness(
                RelayHarness.config(100, 30_000, 120_000, 10_000),
                new DescriptorBudget(maxConnections, clientSockets, limits));
    }

    /** Returns a connection from {@code ip} after the handshake. */
    RawTlsClient connect(String ip) throws IOException {
        return connect(ip, CLIENT);
    }

    RawTlsClient connect(String ip, TestCertificate identity) throws IOException {
        RawTlsClient peer = RawTlsClient.connect(ip, harness.relay.controlAddress(), RawTlsClient.contextOf(identity));
        opened.add(peer);
        return peer;
    }

    /** Returns a client signed in from {@code ip}, not bound yet. */
    Phone phone(String ip, String name) throws IOException {
        RawTlsClient connection = connect(ip);
        return new Phone(
                connection, keep(new RawMediaClient(ip, harness.relay.mediaAddress(), connection.hello(name))));
    }

    /** Returns the relay's control port at one of its addresses. */
    InetSocketAddress controlAt(String ip) {
        return new InetSocketAddress(ip, harness.relay.controlAddress().getPort());
    }

    /** Returns the relay's media port at one of its addresses. */
    InetSocketAddress mediaAt(String ip) {
        return new InetSocketAddress(ip, harness.relay.mediaAddress().getPort());
    }

    /**
     * Returns a client at {@code ip} that signs in at {@code tcp} and binds at {@code udp}, two addresses of the relay, and
     * receives nothing from any other.
     */
    Phone phoneBehindNat(String name, String ip, String tcp, String udp) throws IOException {
        RawTlsClient connection = keep(RawTlsClient.connect(ip, controlAt(tcp), RawTlsClient.contextOf(CLIENT)));
        return new Phone(connection, keep(new RawMediaClient(ip, mediaAt(udp), connection.hello(name)).behindNat()));
    }

    /** Returns a client that is signed in and bound. */
    Phone boundPhone(String ip, String name) throws IOException {
        Phone phone = phone(ip, name);
        phone.udp().bind(PATIENCE_MS);
        return phone;
    }

    /** Connects two clients, and returns once the relay has done so. */
    void call(Phone from, String to) throws IOException {
        from.connection().say("{'type':'call','call':'" + "0".repeat(32) + "','to':'" + to + "','codecs':['pcm']}");
        awaitPong(from);
    }

    /** Returns once what was sent before is done. */
    void awaitPong(Phone phone) throws IOException {
        phone.connection().say("{'type':'ping','id':7}");
        phone.connection().hear();
    }

    <T extends AutoCloseable> T keep(T resource) {
        opened.add(resource);
        return resource;
    }

    ClassicPeer classic(String ip) {
        return harness.peer(ip);
    }

    @Override
    public void close() {
        for (AutoCloseable resource : opened) {
            try {
                resource.close();
            } catch (Exception gone) {
                // closed by the relay already
            }
        }
        harness.close();
    }
}
