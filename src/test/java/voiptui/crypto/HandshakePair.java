package voiptui.crypto;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import voiptui.identity.Identity;
import voiptui.net.DatagramSender;
import voiptui.time.NanoClock;

/** Two phones with a network between them that may lose, repeat, reorder and change datagrams; a thread carries each direction. */
final class HandshakePair implements AutoCloseable {

    static final Identity CALLER = Identity.create();
    static final Identity CALLEE = Identity.create();

    private static final byte[] END = new byte[0];

    final List<Throwable> bugs = new ArrayList<>();
    private final List<Direction> directions = new ArrayList<>();
    private final List<End> ends = new ArrayList<>();

    /** What the network does to datagrams, with these probabilities. */
    record Impairment(double lost, double repeated, double reordered, double changed) {
        static final Impairment NONE = new Impairment(0, 0, 0, 0);
    }

    /** What a handshake led to at one side. */
    record Outcome(SrtpKeys.@Nullable Pair keys, List<String> words, String failure) {}

    /** Keys of a handshake that was not complete yet. */
    record EarlyKeys(SrtpKeys.Pair keys, boolean sends) {}

    /** One phone. */
    final class End implements DtlsSession.Listener {
        final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        final BlockingQueue<EarlyKeys> early = new LinkedBlockingQueue<>();
        final DtlsSession session;
        final Direction out;

        End(Identity own, MediaSecurity security, Impairment impairment, long seed) {
            out = new Direction(impairment, seed);
            session = new DtlsSession(own, security, out, this, NanoClock.SYSTEM, (thread, bug) -> bugs.add(bug));
            ends.add(this);
        }

        @Override
        public void onEarlyKeys(SrtpKeys.Pair keys, boolean sends) {
            early.add(new EarlyKeys(keys, sends));
        }

        @Override
        public void onKeys(SrtpKeys.Pair keys, List<String> words) {
            outcomes.add(new Outcome(keys, words, ""));
        }

        @Override
        public void onFailed(String reason) {
            outcomes.add(new Outcome(null, List.of(), reason));
        }

        Outcome await() throws InterruptedException {
            Outcome outcome = outcomes.poll(60, TimeUnit.SECONDS);
            if (outcome == null) {
                throw new AssertionError("no outcome of the handshake; bugs: " + bugs);
            }
            return outcome;
        }
    }

    /** Carries what one phone sends to the other. */
    static final class Direction implements DatagramSender {
        private final BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
        private final Impairment impairment;
        private final Random random;
        private final Deque<byte[]> heldBack = new ArrayDeque<>();
        private final Thread thread = new Thread(this::carry, "network");
        volatile @Nullable DatagramSender to;
        volatile int count;

        Direction(Impairment impairment, long seed) {
            this.impairment = impairment;
            this.random = new Random(seed);
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public int send(ByteBuffer datagram) {
            byte[] copy = new byte[datagram.remaining()];
            datagram.get(datagram.position(), copy);
            sent.add(copy);
            return copy.length;
        }

        private void carry() {
            try {
                for (byte[] datagram = sent.take(); datagram != END; datagram = sent.take()) {
                    count++;
                    if (random.nextDouble() < impairment.lost()) {
                        continue;
                    }
                    if (random.nextDouble() < impairment.changed()) {
                        datagram[random.nextInt(datagram.length)] ^= (byte) (1 << random.nextInt(8));
                    }
                    if (random.nextDouble() < impairment.reordered()) {
                        heldBack.add(datagram);
                        continue;
                    }
                    deliver(datagram);
                    if (random.nextDouble() < impairment.repeated()) {
                        deliver(datagram);
                    }
                    while (!heldBack.isEmpty()) {
                        deliver(heldBack.poll());
                    }
                }
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }

        private void deliver(byte[] datagram) {
            DatagramSender receiver = to;
            if (receiver != null) {
                receiver.send(ByteBuffer.wrap(datagram));
            }
        }
    }

    End end(Identity own, MediaSecurity.Role role, Identity peer, Impairment impairment, long seed) {
        return new End(own, new MediaSecurity(role, peer.fingerprint().text()), impairment, seed);
    }

    static void join(End a, End b) {
        a.out.to = datagram -> b.session.onDatagram(datagram) ? 1 : 0;
        b.out.to = datagram -> a.session.onDatagram(datagram) ? 1 : 0;
    }

    @Override
    public void close() {
        ends.forEach(end -> end.session.close());
        ends.forEach(end -> end.out.sent.add(END));
    }
}
