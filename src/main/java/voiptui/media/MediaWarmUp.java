package voiptui.media;

import java.util.concurrent.CountDownLatch;
import voiptui.codec.Opus;
import voiptui.crypto.DtlsWarmUp;
import voiptui.identity.Identity;

/**
 * Loads and compiles in the background what a call needs, so that its first words are not late. Owns the thread {@code
 * voiptui-warm-up}, of the lowest priority; its methods may be called by any thread and do not block.
 *
 * <p>The first part runs at once, since a call may be connected right after the sign-in, and would have to load the same itself. The
 * second part, whose results are only needed for handshakes over long round trips, waits until nobody is hurt by the load.
 */
public final class MediaWarmUp implements AutoCloseable {

    private final Identity own;
    private final Runnable devices;
    private final Thread.UncaughtExceptionHandler onFault;
    private final CountDownLatch idle = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "voiptui-warm-up");

    private volatile boolean closed;

    /**
     * Creates a warm-up; no thread is started.
     *
     * @param own identity for handshakes with ourselves; shown to nobody else
     * @param devices prepares the audio devices; may block
     * @param onFault receives an exception that ended the thread
     */
    public MediaWarmUp(Identity own, Runnable devices, Thread.UncaughtExceptionHandler onFault) {
        this.own = own;
        this.devices = devices;
        this.onFault = onFault;
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.setUncaughtExceptionHandler(onFault);
    }

    /** Begins with the first part: devices, one handshake, the codec. Takes up to two seconds of one core. Call once. */
    public void start() {
        thread.start();
    }

    /** Allows the second part: nothing is going on, and is not expected to in the next second. Further calls do nothing. */
    public void onIdle() {
        idle.countDown();
    }

    /** Ends the thread soon: after what it is loading, or the handshake it is in. Does not wait for that. */
    @Override
    public void close() {
        closed = true;
        idle.countDown();
    }

    /**
     * Loads the codec of v2 calls and has the JVM compile it; see {@link Opus#warmUp}. Takes up to a second; once per process is enough.
     * Any thread that may block.
     */
    public static void codec() {
        Opus.warmUp();
    }

    private void run() {
        devices.run();
        // First what a call needs first.
        DtlsWarmUp.load(own, onFault);
        codec();
        try {
            idle.await();
        } catch (InterruptedException interrupted) {
            return;
        }
        DtlsWarmUp.compile(own, () -> closed, onFault);
    }
}
