package voiptui.crypto;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import voiptui.identity.Identity;
import voiptui.net.DatagramSender;
import voiptui.time.NanoClock;

/** A handshake with ourselves: loads the classes of the real one, and has the JVM compile what takes the most time. */
public final class DtlsWarmUp {

    private static final long LIMIT_S = 10;

    private static final AtomicBoolean DONE = new AtomicBoolean();

    private DtlsWarmUp() {}

    /**
     * Performs it and waits for its end; takes about half a second the first time in a process, and does nothing after that. Any
     * thread that may block.
     */
    public static void run(Identity own, Thread.UncaughtExceptionHandler onBug) {
        if (!DONE.compareAndSet(false, true)) {
            return;
        }
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
