package voiptui.crypto;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import voiptui.identity.Identity;
import voiptui.net.DatagramSender;
import voiptui.time.NanoClock;

/**
 * Handshakes with ourselves: the first loads the classes of the real one, the others have the JVM compile it. With the compiler of the
 * clients' JVM options a first handshake takes about 500 ms, a second 80 ms, a sixtieth 12 ms.
 */
public final class DtlsWarmUp {

    private static final long LIMIT_S = 10;

    private static final int REPETITIONS = 60;

    private static final AtomicBoolean LOADED = new AtomicBoolean();
    private static final AtomicBoolean COMPILED = new AtomicBoolean();

    private DtlsWarmUp() {}

    /**
     * Performs the first handshake of the process, and waits for its end: about half a second. Does nothing if called again. Any
     * thread that may block.
     *
     * @param own shown to nobody else
     * @param onBug receives the exception that ended one of the threads
     */
    public static void load(Identity own, Thread.UncaughtExceptionHandler onBug) {
        if (LOADED.compareAndSet(false, true)) {
            handshake(own, onBug);
        }
    }

    /**
     * Performs so many handshakes that further ones get hardly faster, and waits for their end: about a second of one core
     * after {@link #load}. Does nothing if called again. Any thread that may block.
     *
     * @param own shown to nobody else
     * @param stop asked before each handshake
     * @param onBug receives the exception that ended one of the threads
     */
    public static void compile(Identity own, BooleanSupplier stop, Thread.UncaughtExceptionHandler onBug) {
        if (COMPILED.compareAndSet(false, true)) {
            for (int i = 0; i < REPETITIONS && !stop.getAsBoolean(); i++) {
                handshake(own, onBug);
            }
        }
    }

    private static void handshake(Identity own, Thread.UncaughtExceptionHandler onBug) {
        CountDownLatch bothSides = new CountDownLatch(2);
        DtlsSession.Listener listener = new DtlsSession.Listener() {
            @Override
            public void onKeys(SrtpKeys.Pair keys, List<String> words) {
                bothSides.countDown();
            }

            @Override
            public void onFailed(String reason) {
                bothSides.countDown();
            }
        };
        DtlsSession[] sides = new DtlsSession[2];
        MediaSecurity.Role[] roles = MediaSecurity.Role.values();
        for (int i = 0; i < sides.length; i++) {
            DatagramSender other = otherSide(sides, 1 - i);
            sides[i] = new DtlsSession(
                    own,
                    new MediaSecurity(roles[i], own.fingerprint().text()),
                    other,
                    listener,
                    NanoClock.SYSTEM,
                    onBug);
        }
        for (DtlsSession side : sides) {
            side.start();
        }
        try {
            bothSides.await(LIMIT_S, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (DtlsSession side : sides) {
            side.close();
        }
    }

    private static DatagramSender otherSide(DtlsSession[] sides, int index) {
        return datagram -> sides[index].onDatagram(datagram) ? datagram.remaining() : 0;
    }
}
