package voiptui.call;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import voiptui.audio.AudioDevice;
import voiptui.audio.AudioUnavailableException;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;

/**
 * Looks for a lost microphone or speaker until it is back, on a thread of its own, since asking the system for devices
 * takes its time.
 *
 * @param <T> the open device
 */
final class AudioRecovery<T extends AutoCloseable> implements AutoCloseable {

    private static final long RETRY_MS = 2000;

    private final AudioDirection direction;
    private final AudioPort<T> port;
    private final Supplier<List<AudioDevice>> devices;
    private final EventBus bus;
    private final long retryMs;
    private final AtomicReference<T> found = new AtomicReference<>();
    private final ScheduledExecutorService thread;
    private volatile boolean closed;

    AudioRecovery(AudioDirection direction, AudioPort<T> port, Supplier<List<AudioDevice>> devices, EventBus bus) {
        this(direction, port, devices, bus, RETRY_MS);
    }

    /** As above, looking every {@code retryMs} milliseconds. */
    AudioRecovery(AudioDirection direction, AudioPort<T> port, Supplier<List<AudioDevice>> devices, EventBus bus,
            long retryMs) {
        this.direction = direction;
        this.port = port;
        this.devices = devices;
        this.bus = bus;
        this.retryMs = retryMs;
        // What is asked for after the closing is dropped: a device may be lost in the very moment of hanging up.
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread worker = new Thread(task, "voiptui-find-" + direction.words());
            worker.setDaemon(true);
            return worker;
        }, new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Tells that the device is lost, and begins to look for it. Never waits. */
    void onLost(String problem) {
        thread.execute(() -> {
            bus.publish(new CallEvent.AudioLost(direction, port.wanted(), problem, names()));
            lookAgain();
        });
    }

    private List<String> names() {
        return devices.get().stream().map(device -> device.index() + ": " + device.name()).toList();
    }

    private void lookAgain() {
        if (port.reopening() != null && !closed) {
            thread.schedule(this::look, retryMs, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        T device;
        try {
            device = port.reopening().open();
        } catch (AudioUnavailableException notYet) {
            lookAgain();
            return;
        }
        found.set(device);
        if (closed) {
            giveBack();
        } else {
            bus.publish(new CallEvent.AudioRestored(direction, port.wanted()));
        }
    }

    /** The device if it is back, once; else {@code null}. Called by the thread that uses it. */
    T takeFound() {
        return found.get() == null ? null : found.getAndSet(null);
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        giveBack();
    }

    private void giveBack() {
        T unused = found.getAndSet(null);
        if (unused != null) {
            try {
                unused.close();
            } catch (Exception cannotHappen) {
                throw new IllegalStateException(cannotHappen);
            }
        }
    }
}
