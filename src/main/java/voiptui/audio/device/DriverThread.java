package voiptui.audio.device;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.AudioUnavailableException.Subject;

/**
 * A thread for calls into a sound driver, which may block for as long as the sound server hangs. Callers wait for their call
 * {@value #DEADLINE_MS} ms at most, and not at all while an earlier one hangs for as long as that.
 *
 * <p>Calls run one after another. The thread is a daemon, so that a hanging driver does not keep the program from ending.
 */
public final class DriverThread {

    /** How long a caller waits, in milliseconds. */
    public static final long DEADLINE_MS = 2_000;

    /**
     * A call into the driver.
     *
     * @param <T> its result
     */
    @FunctionalInterface
    public interface Call<T> {

        /** Calls the driver. */
        T run() throws AudioUnavailableException;
    }

    private final String name;
    private final Runnable tick;
    private final long tickMs;
    private final LinkedBlockingQueue<Runnable> calls = new LinkedBlockingQueue<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean busy;
    private volatile long busySinceNs;

    /**
     * Creates a thread, which starts with its first call.
     *
     * @param tick run on the thread between calls
     * @param tickMs how often, in milliseconds
     */
    public DriverThread(String name, Runnable tick, long tickMs) {
        this.name = name;
        this.tick = tick;
        this.tickMs = tickMs;
    }

    /**
     * Runs a call and waits for its result.
     *
     * @param discard receives a result that came too late; on the driver's thread
     * @throws AudioUnavailableException as the call does, and when it takes too long
     */
    public <T> T call(Call<T> call, Consumer<T> discard) throws AudioUnavailableException {
        if (isHanging()) {
            throw tooLate();
        }
        Pending<T> pending = new Pending<>(call, discard);
        run(pending);
        return pending.await();
    }

    /** Runs a call as soon as those before it are done; returns at once. */
    public void run(Runnable call) {
        calls.add(call);
        if (started.compareAndSet(false, true)) {
            Thread thread = new Thread(this::loop, name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Waits until the calls that were given so far are done, {@code atMostMs} milliseconds at most, and not at all while one hangs.
     *
     * @return whether they are done
     */
    public boolean awaitDone(long atMostMs) {
        if (!started.get()) {
            return true;
        }
        if (isHanging()) {
            return false;
        }
        CountDownLatch done = new CountDownLatch(1);
        run(done::countDown);
        try {
            return done.await(atMostMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isHanging() {
        return busy && System.nanoTime() - busySinceNs >= DEADLINE_MS * NS_PER_MS;
    }

    private static AudioUnavailableException tooLate() {
        return new AudioUnavailableException(Subject.SOUND_SYSTEM, "the sound system does not respond");
    }

    private void loop() {
        while (true) {
            try {
                Runnable call = calls.poll(tickMs, TimeUnit.MILLISECONDS);
                busySinceNs = System.nanoTime();
                busy = true;
                if (call != null) {
                    call.run();
                }
                tick.run();
            } catch (InterruptedException end) {
                return;
            } finally {
                busy = false;
            }
        }
    }

    /** A call that somebody waits for, or no longer waits for. */
    private static final class Pending<T> implements Runnable {

        private final Call<T> call;
        private final Consumer<T> discard;
        private final CountDownLatch done = new CountDownLatch(1);
        /** Decides between the result and the deadline. */
        private final AtomicBoolean settled = new AtomicBoolean();

        private @Nullable T result;
        private @Nullable Throwable failure;

        Pending(Call<T> call, Consumer<T> discard) {
            this.call = call;
            this.discard = discard;
        }

        @Override
        public void run() {
            if (settled.get()) {
                return;
            }
            T outcome = null;
            try {
                outcome = call.run();
                result = outcome;
            } catch (AudioUnavailableException | RuntimeException | LinkageError failed) {
                failure = failed;
            }
            if (settled.compareAndSet(false, true)) {
                done.countDown();
            } else if (outcome != null) {
                discard.accept(outcome);
            }
        }

        T await() throws AudioUnavailableException {
            boolean inTime = false;
            try {
                inTime = done.await(DEADLINE_MS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
            if (!inTime && settled.compareAndSet(false, true)) {
                throw tooLate();
            }
            return outcome();
        }

        private T outcome() throws AudioUnavailableException {
            Throwable failed = failure;
            if (failed instanceof AudioUnavailableException unavailable) {
                throw new AudioUnavailableException(unavailable.subject(), unavailable.getMessage());
            }
            T outcome = result;
            if (failed != null || outcome == null) {
                throw new AudioUnavailableException(Subject.SOUND_SYSTEM, "the sound system failed: " + failed);
            }
            return outcome;
        }
    }
}
