package voiptui.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import voiptui.net.DatagramTransport;
import voiptui.time.NanoClock;

/**
 * Simulates a bad network for received datagrams: loss, bursts of loss (Gilbert-Elliott model), varying delay (which
 * reorders datagrams) and duplicates. The same seed gives the same result.
 *
 * <p>Sending is passed through. What the wrapped transport has is taken from it at each {@link #receive}, which must
 * not wait; it is delivered when the clock says so. With nothing due the wrapped transport's own answer is passed on.
 * One thread.
 */
public final class ImpairedTransport implements DatagramTransport {

    /**
     * How bad the network is. A chance is from 0 to 1 for each datagram.
     *
     * @param loss chance that a datagram is lost while the network is good
     * @param toBad chance that the network turns bad: a burst of loss begins
     * @param toGood chance that it turns good again; one over the mean length of a burst
     * @param lossInBad chance that a datagram is lost while the network is bad
     * @param duplicate chance that a datagram comes twice
     * @param delayMs the least time that a datagram is under way
     * @param jitterMs up to so much longer, each datagram for itself
     */
    public record Impairment(
            double loss,
            double toBad,
            double toGood,
            double lossInBad,
            double duplicate,
            double delayMs,
            double jitterMs) {

        /** A network that does nothing. */
        public static final Impairment NONE = new Impairment(0, 0, 1, 0, 0, 0, 0);

        public Impairment withLoss(double newLoss) {
            return new Impairment(newLoss, toBad, toGood, lossInBad, duplicate, delayMs, jitterMs);
        }

        /**
         * With bursts of {@code meanLength} datagrams, of which all are lost, beginning with the chance {@code toBad}.
         */
        public Impairment withBursts(double chance, double meanLength) {
            return new Impairment(loss, chance, 1 / meanLength, 1, duplicate, delayMs, jitterMs);
        }

        public Impairment withDuplicates(double chance) {
            return new Impairment(loss, toBad, toGood, lossInBad, chance, delayMs, jitterMs);
        }

        public Impairment withDelay(double newDelayMs, double newJitterMs) {
            return new Impairment(loss, toBad, toGood, lossInBad, duplicate, newDelayMs, newJitterMs);
        }
    }

    private record Datagram(long dueNs, long order, byte[] bytes) {}

    private final DatagramTransport network;
    private volatile Impairment impairment;
    private final NanoClock clock;
    private final SplittableRandom random;
    private final ByteBuffer buffer = ByteBuffer.allocate(65_536);
    private final PriorityQueue<Datagram> underWay =
            new PriorityQueue<>(Comparator.<Datagram, Long>comparing(datagram -> datagram.dueNs - clockOrigin())
                    .thenComparing(datagram -> datagram.order));
    private final long originNs;
    private boolean bad;
    private long order;
    private long lost;
    private long duplicated;

    public ImpairedTransport(DatagramTransport network, Impairment impairment, long seed, NanoClock clock) {
        this.network = network;
        this.impairment = impairment;
        this.clock = clock;
        this.originNs = clock.nanoTime();
        this.random = new SplittableRandom(seed);
    }

    /** Changes the impairment. Any thread. */
    public void impair(Impairment from) {
        impairment = from;
    }

    private long clockOrigin() {
        return originNs;
    }

    /** Datagrams lost so far. */
    public long lost() {
        return lost;
    }

    /** Datagrams that were, or will be, delivered twice. */
    public long duplicated() {
        return duplicated;
    }

    @Override
    public int receive(ByteBuffer target) {
        int answer = takeIn();
        Datagram next = underWay.peek();
        if (next == null || next.dueNs - clock.nanoTime() > 0) {
            return answer;
        }
        underWay.poll();
        int length = Math.min(next.bytes.length, target.remaining());
        target.put(next.bytes, 0, length);
        return length;
    }

    private int takeIn() {
        while (true) {
            int received = network.receive(buffer.clear());
            if (received < 0) {
                return received;
            }
            byte[] bytes = new byte[received];
            buffer.flip().get(bytes);
            impair(bytes);
        }
    }

    private void impair(byte[] bytes) {
        bad = bad ? random.nextDouble() >= impairment.toGood : random.nextDouble() < impairment.toBad;
        if (random.nextDouble() < (bad ? impairment.lossInBad : impairment.loss)) {
            lost++;
            return;
        }
        send(bytes);
        if (random.nextDouble() < impairment.duplicate) {
            duplicated++;
            send(bytes);
        }
    }

    private void send(byte[] bytes) {
        double delayMs = impairment.delayMs + random.nextDouble() * impairment.jitterMs;
        underWay.add(new Datagram(clock.nanoTime() + (long) (delayMs * 1e6), order++, bytes));
    }

    @Override
    public int send(ByteBuffer datagram) {
        return network.send(datagram);
    }

    @Override
    public int localPort() {
        return network.localPort();
    }

    @Override
    public void close() throws IOException {
        network.close();
    }
}
