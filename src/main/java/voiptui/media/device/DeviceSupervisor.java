package voiptui.media.device;

import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import voiptui.audio.AudioEndpoint;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.device.AudioDevice;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;

/**
 * Keeps a microphone or a speaker for the thread that uses it: tells when it is lost, looks for it until it is back, and
 * exchanges it for another on the user's wish.
 *
 * <p>Devices are opened, and the exchanged ones closed, on a thread of the keeper's own, since asking the system takes its
 * time. An open one is left in {@link #current} for the audio thread to find with its next frame; until then the one
 * before goes on.
 *
 * @param <T> the open device
 */
final class DeviceSupervisor<T extends AudioEndpoint> implements AutoCloseable {

    private static final long RETRY_MS = 2000;
    /** An audio thread looks each 20 ms; one that does not stands still at its device, and is woken by its closing. */
    private static final int LONGEST_HANDOVER_MS = 200;

    private final AudioDirection direction;
    private final Supplier<List<AudioDevice>> devices;
    private final EventBus bus;
    private final long retryMs;
    private final ScheduledExecutorService worker;
    private final AtomicReference<T> next = new AtomicReference<>();
    private final OpenedDevice<T> first;
    private volatile T device;
    private volatile boolean closed;

    // Owned by the worker.
    private DeviceRequest<T> wish;
    private boolean lost;
    private Future<?> looking;

    /** Keeps what {@code first} holds; {@code devices} are the ones to name when it is lost. */
    DeviceSupervisor(
            AudioDirection direction, OpenedDevice<T> first, Supplier<List<AudioDevice>> devices, EventBus bus) {
        this(direction, first, devices, bus, RETRY_MS);
    }

    /** As above, looking for what is lost every {@code retryMs} milliseconds. */
    DeviceSupervisor(
            AudioDirection direction,
            OpenedDevice<T> first,
            Supplier<List<AudioDevice>> devices,
            EventBus bus,
            long retryMs) {
        this.direction = direction;
        this.first = first;
        this.devices = devices;
        this.bus = bus;
        this.retryMs = retryMs;
        this.wish = first.wish();
        this.device = first.opened();
        // What is asked for after the closing is dropped: a device may be lost in the very moment of hanging up.
        this.worker = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, "voiptui-" + direction.words());
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Tells what is used in the beginning, or that there is nothing, and then begins to look for it. */
    void begin() {
        if (first.opened() != null) {
            bus.publish(new CallEvent.AudioInUse(direction, first.wish().text()));
        } else {
            worker.execute(() -> tellLost(first.problem()));
        }
    }

    /** The device to use for the next frame, or {@code null} while there is none. Called by the audio thread. */
    T current() {
        if (next.get() != null) {
            T handedOver = next.getAndSet(null);
            device = handedOver == null ? device : handedOver;
        }
        T current = device;
        if (current != null && closed) {
            // Handed over and closed at once: close() may have looked before it was here.
            current.close();
            return null;
        }
        return current;
    }

    /** The device from {@link #current} does not work any more. Called by the audio thread; never waits. */
    void onLost(T gone, String problem) {
        device = null;
        gone.close();
        if (!closed) {
            worker.execute(() -> tellLost(problem));
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** What the audio thread uses now; {@code null} while there is none. Any thread. */
    T inUse() {
        return device;
    }

    /** Exchanges the device for another, if that can be opened. Any thread; returns at once. */
    void use(DeviceRequest<T> other) {
        worker.execute(() -> exchange(other));
    }

    private boolean isProvided() {
        return device != null || next.get() != null;
    }

    private void tellLost(String problem) {
        if (isProvided() || lost) {
            return;
        }
        lost = true;
        bus.publish(new CallEvent.AudioLost(direction, wish.text(), problem, names()));
        lookAgain();
    }

    private List<String> names() {
        return devices.get().stream()
                .map(there -> there.index() + ": " + there.name())
                .toList();
    }

    private void lookAgain() {
        if (wish.comesBack() && !closed) {
            looking = worker.schedule(this::look, retryMs, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        T found;
        try {
            found = wish.open();
        } catch (AudioUnavailableException notYet) {
            lookAgain();
            return;
        }
        handOver(found);
        if (!closed) {
            bus.publish(new CallEvent.AudioRestored(direction, wish.text()));
        }
    }

    private void exchange(DeviceRequest<T> other) {
        if (other.text().equals(wish.text()) && isProvided()) {
            bus.publish(new CallEvent.AudioInUse(direction, other.text()));
            return;
        }
        T opened;
        try {
            opened = other.open();
        } catch (AudioUnavailableException refused) {
            bus.publish(new CallEvent.AudioRefused(direction, other.text(), refused.getMessage()));
            return;
        }
        if (looking != null) {
            looking.cancel(false);
        }
        wish = other;
        T before = device;
        handOver(opened);
        awaitHandover();
        if (before != null) {
            before.close();
        }
        if (!closed) {
            bus.publish(new CallEvent.AudioInUse(direction, other.text()));
        }
    }

    private void handOver(T opened) {
        lost = false;
        closeIfAny(next.getAndSet(opened));
        if (closed) {
            closeIfAny(next.getAndSet(null));
        }
    }

    private void awaitHandover() {
        for (int ms = 0; ms < LONGEST_HANDOVER_MS && next.get() != null && !closed; ms++) {
            LockSupport.parkNanos(1_000_000L);
        }
    }

    private void closeIfAny(T unused) {
        if (unused != null) {
            unused.close();
        }
    }

    /** Lets go of everything, and of whatever is still being opened as soon as it is. Any thread. */
    @Override
    public void close() {
        closed = true;
        worker.shutdownNow();
        closeIfAny(next.getAndSet(null));
        closeIfAny(device);
    }
}
