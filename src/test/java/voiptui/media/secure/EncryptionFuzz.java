package voiptui.media.secure;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import voiptui.crypto.MediaSecurity;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.identity.Identity;
import voiptui.net.DatagramHandler;
import voiptui.net.DatagramSender;
import voiptui.rtp.RtpPacket;
import voiptui.time.NanoClock;

/**
 * An encrypted call between two phones while damaged copies of its datagrams, of handshake and media, pour in: none of its packets
 * may get lost, nothing else may be heard, and each datagram that came must be accounted for.
 */
public final class EncryptionFuzz {

    private static final int BETWEEN_PACKETS = 50;
    private static final List<Counter> DROPS = List.of(
            Counter.PACKETS_UNAUTHENTIC,
            Counter.PACKETS_REPLAYED,
            Counter.PACKETS_MALFORMED,
            Counter.PACKETS_BEFORE_KEYS,
            Counter.HANDSHAKE_DROPPED);

    private final Phone dora = new Phone();
    private final Phone ben = new Phone();
    private final List<byte[]> seeds = new ArrayList<>();
    private final Random random;
    private long handshakes;

    private EncryptionFuzz(long seed) {
        random = new Random(seed);
    }

    /** One phone, which hears what its encryption passes on. */
    private static final class Phone implements SecureMedia.Owner, DatagramHandler {
        final Identity identity = Identity.create();
        final Counters counters = new Counters();
        final BlockingQueue<byte[]> wire = new LinkedBlockingQueue<>();
        final AtomicInteger keyed = new AtomicInteger();
        final List<String> problems = new ArrayList<>();
        final SecureMedia secure =
                new SecureMedia(identity, this::toWire, new EventBus(), counters, NanoClock.SYSTEM, this);
        final DatagramSender out = secure.sender();
        final DatagramHandler in = secure.handler(this);
        int heard;

        private int toWire(ByteBuffer datagram) {
            byte[] copy = new byte[datagram.remaining()];
            datagram.get(datagram.position(), copy);
            wire.add(copy);
            return copy.length;
        }

        @Override
        public void onDatagram(ByteBuffer datagram, long arrivalNs) {
            int number = datagram.getInt(datagram.position() + RtpPacket.HEADER_BYTES);
            if (number != heard++) {
                problems.add("heard packet " + number + " as packet " + (heard - 1));
            }
        }

        @Override
        public void onRefused() {}

        @Override
        public void onKeys() {
            keyed.incrementAndGet();
        }

        @Override
        public void uncaughtException(Thread thread, Throwable bug) {
            problems.add(bug.toString());
        }

        long dropped() {
            return DROPS.stream().mapToLong(counters::get).sum();
        }
    }

    /**
     * Makes a call with so many damaged datagrams.
     *
     * @return a line with what became of them
     * @throws AssertionError if the call suffered
     */
    public static String run(int datagrams, long seed) throws InterruptedException {
        EncryptionFuzz fuzz = new EncryptionFuzz(seed);
        try {
            return fuzz.call(datagrams);
        } finally {
            fuzz.dora.secure.close();
            fuzz.ben.secure.close();
        }
    }

    private String call(int datagrams) throws InterruptedException {
        ben.secure.use(new MediaSecurity(
                MediaSecurity.Role.PASSIVE, dora.identity.fingerprint().text()));
        dora.secure.use(new MediaSecurity(
                MediaSecurity.Role.ACTIVE, ben.identity.fingerprint().text()));
        while (dora.keyed.get() == 0 || ben.keyed.get() == 0) {
            carry(dora, ben, 1);
            carry(ben, dora, 1);
        }
        int said = 0;
        for (int i = 0; i < datagrams; i++) {
            byte[] damaged = damaged();
            handshakes += damaged.length > 0 && damaged[0] >= 20 && damaged[0] <= 63 ? 1 : 0;
            ben.in.onDatagram(ByteBuffer.wrap(damaged), 0);
            if (i % BETWEEN_PACKETS == 0) {
                dora.out.send(packet(said++));
                while (carry(dora, ben, 0) || carry(ben, dora, 0)) {}
            }
        }
        List<String> problems = new ArrayList<>(dora.problems);
        problems.addAll(ben.problems);
        if (ben.heard != said) {
            problems.add("heard " + ben.heard + " of " + said + " packets");
        }
        long unaccounted = datagrams - ben.dropped() - handshakes + ben.counters.get(Counter.HANDSHAKE_DROPPED);
        if (unaccounted != 0) {
            problems.add(unaccounted + " datagrams not accounted for");
        }
        if (!problems.isEmpty()) {
            throw new AssertionError(String.join("; ", problems));
        }
        return datagrams + " damaged datagrams, " + handshakes + " for the handshake: " + said
                + " packets of the call, none lost";
    }

    private boolean carry(Phone from, Phone to, long waitMs) throws InterruptedException {
        byte[] datagram = from.wire.poll(waitMs, TimeUnit.MILLISECONDS);
        if (datagram == null) {
            return false;
        }
        if (seeds.size() < 400) {
            seeds.add(datagram);
        }
        to.in.onDatagram(ByteBuffer.wrap(datagram), 0);
        return true;
    }

    private static ByteBuffer packet(int number) {
        ByteBuffer packet = ByteBuffer.allocate(100);
        RtpPacket.writeHeader(packet, false, 111, number, number * 960, 7);
        return packet.putInt(RtpPacket.HEADER_BYTES, number);
    }

    /** Returns a copy of a datagram that differs from it in one to four places, or in its length. */
    private byte[] damaged() {
        byte[] seed = seeds.get(random.nextInt(seeds.size()));
        byte[] copy = seed.clone();
        while (Arrays.equals(copy, seed)) {
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                switch (random.nextInt(4)) {
                    case 0 -> copy = Arrays.copyOf(copy, random.nextInt(seed.length + 40));
                    case 1 -> copy = copy.length == 0 ? copy : flipped(copy, random.nextInt(copy.length));
                    case 2 -> copy = copy.length == 0 ? copy : flipped(copy, random.nextInt(Math.min(copy.length, 60)));
                    default -> random.nextBytes(copy);
                }
            }
        }
        return copy;
    }

    private byte[] flipped(byte[] datagram, int at) {
        datagram[at] ^= (byte) (1 << random.nextInt(8));
        return datagram;
    }

    /** Fuzzes with as many datagrams as the first argument says. */
    public static void main(String[] args) throws InterruptedException {
        System.out.println(
                run(Integer.parseInt(args[0]), args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime()));
    }
}
