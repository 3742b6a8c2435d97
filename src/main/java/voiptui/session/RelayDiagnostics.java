package voiptui.session;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import voiptui.identity.Fingerprint;
import voiptui.net.IpText;
import voiptui.net.UdpChannels;
import voiptui.protocol.BindDatagram;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.UnreadableMessage;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.time.NanoClock;

/**
 * Measures the path to a relay: signs in, sends bind datagrams that change nothing, counts their answers, and signs out.
 *
 * <p>Used by one thread, which each step blocks for at most the timeout of the configuration.
 */
public final class RelayDiagnostics implements AutoCloseable {

    private static final long LAST_ANSWER_MS = 1_000;
    private static final long CLOSE_MS = 1_000;
    private static final int MAX_RESULTS = 8;

    /** Result of signing in. */
    public sealed interface SignInResult {

        /** The relay accepted the sign-in. */
        record SignedIn(RelayMessage.Welcome welcome) implements SignInResult {}

        /**
         * The relay refused the sign-in.
         *
         * @param text why, for people
         */
        record Refused(RefusalCode code, String text) implements SignInResult {}

        /**
         * The relay did not answer, or the connection failed.
         *
         * @param problem what went wrong, for people
         */
        record Failed(String problem) implements SignInResult {}
    }

    /**
     * Result of UDP probes.
     *
     * @param sent number of probes sent
     * @param answered number of probes answered, each counted once
     * @param rttMs round trips in milliseconds, in the order of the answers; {@code answered} values
     * @param localAddress local address and port; empty without a socket
     * @param seenAs address and port that the relay saw; empty if no probe was answered
     */
    public record UdpProbes(int sent, int answered, double[] rttMs, String localAddress, String seenAs) {}

    private final SessionConfig config;
    private final NanoClock clock;
    private final TlsConnection connection;
    /** Outcomes of the sign-in: a message of the relay, or a problem as text. The first one counts. */
    private final BlockingQueue<Object> results = new ArrayBlockingQueue<>(MAX_RESULTS);

    private RelayMessage.@Nullable Welcome welcome;
    private long counter;

    /**
     * Prepares a measurement.
     *
     * @param expected the relay's fingerprint; a relay that shows another one is not signed in to
     */
    public RelayDiagnostics(SessionConfig config, Fingerprint expected, NanoClock clock) {
        this.config = config;
        this.clock = clock;
        this.connection = new TlsConnection(
                config,
                clock,
                new TlsConnection.Owner() {
                    @Override
                    public void onShown(TlsConnection from, Fingerprint fingerprint) {
                        if (fingerprint.equals(expected)) {
                            from.say(hello());
                        } else {
                            results.offer("the relay's certificate has changed since a moment ago: " + fingerprint);
                        }
                    }

                    @Override
                    public void onClassic(TlsConnection from) {
                        results.offer("the relay now speaks the classic protocol");
                    }

                    @Override
                    public void onMessage(TlsConnection from, RelayMessage message) {
                        if (message instanceof RelayMessage.Welcome || message instanceof RelayMessage.Error) {
                            results.offer(message);
                        }
                    }

                    @Override
                    public void onUnreadable(TlsConnection from, UnreadableMessage message) {
                        if (message.type().equals("welcome")) {
                            results.offer("the relay's answer cannot be used (" + message.problem()
                                    + "); it may require a later version");
                        }
                    }

                    @Override
                    public void onMedia(TlsConnection from, byte[] datagram) {
                        // Nobody calls this client.
                    }

                    @Override
                    public void onBroken(TlsConnection from, String problem) {
                        results.offer(problem);
                    }
                },
                (thread, bug) -> results.offer(bug.toString()));
    }

    private ClientMessage.Hello hello() {
        byte[] instance = new byte[Long.BYTES];
        new SecureRandom().nextBytes(instance);
        return new ClientMessage.Hello(
                ClientMessage.VERSION, config.name(), HexFormat.of().formatHex(instance), false, MediaFeatures.NONE);
    }

    /** Connects and signs in; call once. */
    public SignInResult signIn() throws InterruptedException {
        connection.start();
        long deadlineNs = clock.nanoTime() + config.connectMs() * NS_PER_MS;
        while (true) {
            Object next = results.poll(deadlineNs - clock.nanoTime(), TimeUnit.NANOSECONDS);
            if (next instanceof RelayMessage.Welcome came) {
                welcome = came;
                return new SignInResult.SignedIn(came);
            } else if (next instanceof RelayMessage.Error error) {
                return new SignInResult.Refused(error.code(), RelayText.of(error.code(), error.text()));
            } else if (next == null) {
                return new SignInResult.Failed("no answer within " + config.timeoutMs() + " ms");
            } else if (next instanceof String problem) {
                return new SignInResult.Failed(problem);
            }
        }
    }

    /**
     * Sends probes; only after {@link #signIn} succeeded.
     *
     * @param count number of probes
     * @param intervalMs time between probes, in milliseconds
     * @param bytes length of a probe and its answer, {@link BindDatagram#MIN_BYTES} to {@link BindDatagram#MAX_BYTES}
     * @throws IOException if the system grants no socket
     */
    public UdpProbes probe(int count, int intervalMs, int bytes) throws IOException {
        RelayMessage.Welcome welcome = Objects.requireNonNull(this.welcome, "not signed in");
        List<InetSocketAddress> relays = MediaAddresses.find(config, welcome, connection);
        if (relays.isEmpty()) {
            return new UdpProbes(count, 0, new double[0], "", "");
        }
        InetSocketAddress relay = relays.get(0);
        try (Selector selector = Selector.open();
                DatagramChannel channel = UdpChannels.connect(config.bind(), 0, relay)) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return new Prober(welcome, channel, selector, count, intervalMs, bytes).run();
        }
    }

    /** A series of probes. */
    private final class Prober {

        private final DatagramChannel channel;
        private final Selector selector;
        private final int count;
        private final long intervalNs;
        private final int bytes;
        private final long session;
        private final BindDatagram.Key key;
        private final ByteBuffer datagram = ByteBuffer.allocate(BindDatagram.MAX_BYTES);
        private final long firstCounter = counter + 1;
        private final long[] sentNs;
        private final double[] rttMs;
        private int answered;
        private String seenAs = "";

        Prober(
                RelayMessage.Welcome welcome,
                DatagramChannel channel,
                Selector selector,
                int count,
                int intervalMs,
                int bytes) {
            this.session = Long.parseUnsignedLong(welcome.udpSession(), 16);
            this.key = new BindDatagram.Key(BindDatagram.bytes(welcome.udpKey()));
            this.channel = channel;
            this.selector = selector;
            this.count = count;
            this.intervalNs = intervalMs * NS_PER_MS;
            this.bytes = bytes;
            this.sentNs = new long[count];
            this.rttMs = new double[count];
        }

        UdpProbes run() throws IOException {
            String local = IpText.of((InetSocketAddress) channel.getLocalAddress());
            long nextNs = clock.nanoTime();
            for (int i = 0; i < count; i++) {
                listenUntil(nextNs);
                send(i);
                nextNs += intervalNs;
            }
            listenUntil(clock.nanoTime() + LAST_ANSWER_MS * NS_PER_MS);
            return new UdpProbes(count, answered, Arrays.copyOf(rttMs, answered), local, seenAs);
        }

        private void send(int index) {
            datagram.clear();
            BindDatagram.putRequest(datagram, bytes, session, ++counter, BindDatagram.NO_COOKIE, false, key);
            sentNs[index] = clock.nanoTime();
            try {
                channel.write(datagram);
            } catch (IOException notNow) {
                // Counts as not answered.
            }
        }

        private void listenUntil(long deadlineNs) throws IOException {
            for (long leftNs = deadlineNs - clock.nanoTime();
                    leftNs > 0 && answered < count;
                    leftNs = deadlineNs - clock.nanoTime()) {
                selector.select(any -> readAll(), leftNs / NS_PER_MS + 1);
            }
        }

        private void readAll() {
            while (true) {
                datagram.clear();
                try {
                    if (channel.read(datagram) <= 0) {
                        return;
                    }
                } catch (IOException refused) {
                    return;
                }
                datagram.flip();
                onDatagram(clock.nanoTime());
            }
        }

        private void onDatagram(long arrivalNs) {
            if (!BindDatagram.isAnswer(datagram)
                    || datagram.remaining() != bytes
                    || BindDatagram.session(datagram) != session
                    || !key.verifies(datagram)) {
                return;
            }
            long index = BindDatagram.counter(datagram) - firstCounter;
            if (index >= 0 && index < count && sentNs[(int) index] != 0) {
                rttMs[answered++] = NanoClock.toMs(arrivalNs - sentNs[(int) index]);
                sentNs[(int) index] = 0;
                seenAs = IpText.of(BindDatagram.seenAs(datagram));
            }
        }
    }

    /** Signs out and closes the connection; waits for at most a second. */
    @Override
    public void close() {
        if (welcome != null) {
            connection.say(new ClientMessage.Bye());
            connection.finish();
            long deadlineNs = clock.nanoTime() + CLOSE_MS * NS_PER_MS;
            try {
                connection.join(() -> Math.max(1, (deadlineNs - clock.nanoTime()) / NS_PER_MS));
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
        connection.close();
    }
}
