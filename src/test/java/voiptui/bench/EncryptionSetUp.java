package voiptui.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import voiptui.crypto.DtlsWarmUp;
import voiptui.crypto.MediaSecurity;
import voiptui.crypto.MediaSecurity.Role;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.identity.Identity;
import voiptui.media.secure.SecureMedia;
import voiptui.net.DatagramHandler;
import voiptui.net.DatagramSender;
import voiptui.rtp.RtpPacket;
import voiptui.time.NanoClock;

/**
 * Measures how long two sides that start at the same time take until they can speak and hear each other encrypted. Run by {@code
 * src/test/bench/encryption.sh}, once for each measurement: the first one in a process is the cold one.
 */
public final class EncryptionSetUp {

    private static final long NONE = -1;
    private static final int PACKET_EVERY_MS = 1;
    private static final long LIMIT_MS = 60_000;

    private EncryptionSetUp() {}

    /** One phone. */
    private static final class Side implements SecureMedia.Owner, DatagramHandler {
        final AtomicLong sentNs = new AtomicLong(NONE);
        final AtomicLong heardNs = new AtomicLong(NONE);
        final SecureMedia secure;
        final DatagramSender out;
        final DatagramHandler in;
        final ByteBuffer packet = ByteBuffer.allocateDirect(RtpPacket.HEADER_BYTES + 100);
        int sequence;

        Side(Identity own, DatagramSender network) {
            secure = new SecureMedia(own, network, new EventBus(), new Counters(), NanoClock.SYSTEM, this);
            out = secure.sender();
            in = secure.handler(this);
        }

        boolean isDone() {
            return sentNs.get() != NONE && heardNs.get() != NONE;
        }

        void speak() {
            RtpPacket.writeHeader(packet, false, 111, sequence++, sequence, 1);
            if (out.send(packet) >= 0) {
                sentNs.compareAndSet(NONE, System.nanoTime());
            }
        }

        @Override
        public void onDatagram(ByteBuffer datagram, long arrivalNs) {
            heardNs.compareAndSet(NONE, System.nanoTime());
        }

        @Override
        public void onRefused() {}

        @Override
        public void onKeys() {}

        @Override
        public void uncaughtException(Thread thread, Throwable bug) {
            bug.printStackTrace();
        }
    }

    /**
     * Prints one measurement.
     *
     * @param args the round trip in milliseconds; {@code --warm-up} to do first what a phone does before its first call
     */
    public static void main(String[] args) throws InterruptedException {
        int roundTripMs = Integer.parseInt(args[0]);
        boolean warm = args.length > 1;
        Identity caller = Identity.create();
        Identity callee = Identity.create();
        if (warm) {
            DtlsWarmUp.load(caller, (thread, bug) -> bug.printStackTrace());
            DtlsWarmUp.compile(caller, () -> false, (thread, bug) -> bug.printStackTrace());
        }
        ScheduledExecutorService toCallee = Executors.newSingleThreadScheduledExecutor();
        ScheduledExecutorService toCaller = Executors.newSingleThreadScheduledExecutor();
        ScheduledExecutorService microphone = Executors.newSingleThreadScheduledExecutor();
        Side[] sides = new Side[2];
        sides[0] = new Side(caller, datagram -> deliver(datagram, toCallee, roundTripMs, () -> sides[1]));
        sides[1] = new Side(callee, datagram -> deliver(datagram, toCaller, roundTripMs, () -> sides[0]));
        long startNs = System.nanoTime();
        sides[1].secure.use(new MediaSecurity(Role.PASSIVE, caller.fingerprint().text()));
        sides[0].secure.use(new MediaSecurity(Role.ACTIVE, callee.fingerprint().text()));
        microphone.scheduleAtFixedRate(
                () -> {
                    sides[0].speak();
                    sides[1].speak();
                },
                0,
                PACKET_EVERY_MS,
                TimeUnit.MILLISECONDS);
        while (!sides[0].isDone() || !sides[1].isDone()) {
            if (NanoClock.toMs(System.nanoTime() - startNs) > LIMIT_MS) {
                throw new IllegalStateException("nothing heard");
            }
            Thread.sleep(1);
        }
        System.out.printf(
                "set-up, round trip %d ms, %s: caller sends after %.0f ms and hears after %.0f ms,"
                        + " callee sends after %.0f ms and hears after %.0f ms%n",
                roundTripMs,
                warm ? "warm" : "cold",
                NanoClock.toMs(sides[0].sentNs.get() - startNs),
                NanoClock.toMs(sides[0].heardNs.get() - startNs),
                NanoClock.toMs(sides[1].sentNs.get() - startNs),
                NanoClock.toMs(sides[1].heardNs.get() - startNs));
        for (ScheduledExecutorService thread : new ScheduledExecutorService[] {microphone, toCallee, toCaller}) {
            thread.shutdownNow();
        }
        sides[0].secure.close();
        sides[1].secure.close();
    }

    /** The side that a datagram is for; there is none before both exist. */
    private interface Receiver {
        Side get();
    }

    private static int deliver(ByteBuffer datagram, ScheduledExecutorService network, int roundTripMs, Receiver to) {
        byte[] copy = new byte[datagram.remaining()];
        datagram.get(datagram.position(), copy);
        network.schedule(
                () -> to.get().in.onDatagram(ByteBuffer.wrap(copy), System.nanoTime()),
                roundTripMs * NanoClock.NS_PER_MS / 2,
                TimeUnit.NANOSECONDS);
        return copy.length;
    }
}
