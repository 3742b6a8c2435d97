package voiptui.media.device;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioEndpoint;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.device.AudioDevice;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;

/**
 * Supervises a microphone or speaker for the audio thread that uses it: opens it, announces its loss, reopens it when it is
 * back, and replaces it with another that the user chooses.
 *
 * <p>Devices are opened, and lost or replaced ones closed, on the supervisor's own thread, since the sound system may block:
 * a loss is announced first and cleaned up {@value #CLEANUP_MS} ms later, when the other direction's was announced, too. A lost device is
 * announced as back once it works, not once it can be opened. The
 * audio thread finds a newly opened device in {@link #current} with its next frame, and uses the old one until then.
 *
 * @param <T> the open device
 */
final class DeviceSupervisor<T extends AudioEndpoint> implements AutoCloseable {

    /** The device of the system's choice, which may be another one each time that it is opened. */
    private static final String DEFAULT = "default";

    private static final long RETRY_MS = 500;
    private static final long CLEANUP_MS = 300;
    /**
     * How long to wait until the audio thread uses a new device. It looks every 20 ms; if it does not, it is stalled in the
     * old device, and closing that wakes it.
     */
    private static final int MAX_HANDOVER_MS = 200;

    /**
     * Finds out whether an open device works.
     *
     * @param <T> the open device
     */
    @FunctionalInterface
    interface Trial<T> {

        /**
         * Returns the device once it has delivered or taken audio; may take seconds.
         *
         * @throws AudioUnavailableException when it does not work; it is closed then
         */
        T tried(T opened) throws AudioUnavailableException;
    }

    private final AudioDirection direction;
    private final Trial<T> trial;
    private final Supplier<List<AudioDevice>> devices;
    private final EventBus bus;
    private final long retryMs;
    private final ScheduledExecutorService worker;
    private final OpenedDevice<T> first;
    /** A new device that the audio thread has not taken yet; holds null when there is none. */
    private final AtomicReference<@Nullable T> next = new AtomicReference<>();
    /** Null while there is no working device. */
    private volatile @Nullable T device;

    /** Lost devices that are not closed yet. */
    private final LinkedBlockingQueue<T> gone = new LinkedBlockingQueue<>();

    private volatile boolean closed;
    private volatile boolean forDevice;
    /** What the user chose. */
    private volatile String chosen;

    // Owned by the worker.
    private DeviceRequest<T> request;
    private boolean lost;
    private @Nullable Future<?> retry;

    /**
     * Supervises the device in {@code first}, or tries to reopen it.
     *
     * @param trial tries a lost device that can be opened again
     * @param devices lists the devices to name when the device is lost
     */
    DeviceSupervisor(
            AudioDirection direction,
            OpenedDevice<T> first,
            Trial<T> trial,
            Supplier<List<AudioDevice>> devices,
            EventBus bus) {
        this(direction, first, trial, devices, bus, RETRY_MS);
    }

    /** As above; tries to reopen a lost device every {@code retryMs} milliseconds. */
    DeviceSupervisor(
            AudioDirection direction,
            OpenedDevice<T> first,
            Trial<T> trial,
            Supplier<List<AudioDevice>> devices,
            EventBus bus,
            long retryMs) {
        this.direction = direction;
        this.trial = trial;
        this.first = first;
        this.devices = devices;
        this.bus = bus;
        this.retryMs = retryMs;
        this.request = first.request();
        this.device = first.opened();
        this.forDevice = request.reopenable();
        this.chosen = request.text();
        // Tasks submitted after close() are discarded: a device may be lost at the very moment of hanging up.
        this.worker = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, "voiptui-" + direction.label());
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Announces the first device, or opens it; if it cannot be opened, announces that and starts retrying. */
    void start() {
        String problem = first.problem();
        if (problem != null) {
            worker.execute(() -> announceLoss(problem));
        } else if (first.opened() == null) {
            worker.execute(this::openFirst);
        } else {
            announceUse(first.request(), first.opened());
        }
    }

    private void openFirst() {
        T opened;
        try {
            opened = request.open();
        } catch (AudioUnavailableException unavailable) {
            announceLoss(unavailable.getMessage());
            return;
        }
        handOver(opened);
        if (!closed) {
            announceUse(request, opened);
        }
    }

    private void announceUse(DeviceRequest<T> used, T opened) {
        bus.publish(new CallEvent.AudioInUse(direction, used.text()));
        opened.warning().ifPresent(problem -> bus.publish(new CallEvent.AudioWarning(direction, used.text(), problem)));
    }

    /** Returns the device for the next frame; null while there is none. Audio thread. */
    @Nullable
    T current() {
        if (next.get() != null) {
            T handedOver = next.getAndSet(null);
            device = handedOver == null ? device : handedOver;
        }
        T current = device;
        if (current != null && closed) {
            // Handed over and closed at the same time: close() may have looked too early.
            current.close();
            return null;
        }
        return current;
    }

    /** Gives up the device from {@link #current}, which stopped working. Audio thread; never blocks. */
    void onLost(T lostDevice, String problem) {
        device = null;
        gone.add(lostDevice);
        if (closed) {
            closeGone();
            return;
        }
        worker.execute(() -> announceLoss(problem));
        worker.schedule(this::closeGone, CLEANUP_MS, TimeUnit.MILLISECONDS);
    }

    private void closeGone() {
        for (T lostDevice = gone.poll(); lostDevice != null; lostDevice = gone.poll()) {
            lostDevice.close();
        }
    }

    /** Returns whether what is in use, or was lost, is a device rather than a file or what stands in for one. Any thread. */
    boolean isForDevice() {
        return forDevice;
    }

    /** Returns the text of the request for what is in use, or was lost. Any thread. */
    String chosen() {
        return chosen;
    }

    boolean isClosed() {
        return closed;
    }

    /** Replaces the device if the other one can be opened. Any thread; returns at once. */
    void use(DeviceRequest<T> other) {
        worker.execute(() -> replace(other));
    }

    private boolean hasDevice() {
        return device != null || next.get() != null;
    }

    private void announceLoss(String problem) {
        if (hasDevice() || lost) {
            return;
        }
        lost = true;
        bus.publish(new CallEvent.AudioLost(direction, request.text(), problem, deviceNames()));
        scheduleRetry();
    }

    private List<String> deviceNames() {
        List<AudioDevice> found;
        try {
            found = devices.get();
        } catch (RuntimeException changing) {
            // Drivers throw when a device appears or vanishes while they list them.
            found = List.of();
        }
        return found.stream()
                .map(device -> device.index() + ": " + device.name())
                .toList();
    }

    private void scheduleRetry() {
        if (request.reopenable() && !closed) {
            retry = worker.schedule(this::reopen, retryMs, TimeUnit.MILLISECONDS);
        }
    }

    private void reopen() {
        closeGone();
        T reopened;
        try {
            reopened = trial.tried(request.open());
        } catch (AudioUnavailableException notYet) {
            scheduleRetry();
            return;
        }
        handOver(reopened);
        if (!closed) {
            bus.publish(new CallEvent.AudioRestored(direction, request.text()));
        }
    }

    private void replace(DeviceRequest<T> other) {
        boolean same = other.text().equals(request.text()) && hasDevice();
        if (same && !other.text().equals(DEFAULT)) {
            bus.publish(new CallEvent.AudioInUse(direction, other.text()));
            return;
        }
        closeGone();
        T opened;
        try {
            opened = other.open();
        } catch (AudioUnavailableException unavailable) {
            if (same) {
                // The default is the device in use, which has room for one user.
                bus.publish(new CallEvent.AudioInUse(direction, other.text()));
                return;
            }
            bus.publish(new CallEvent.AudioRefused(direction, other.text(), unavailable.getMessage()));
            return;
        }
        if (retry != null) {
            retry.cancel(false);
        }
        request = other;
        T replaced = device;
        handOver(opened);
        forDevice = other.reopenable();
        chosen = other.text();
        awaitHandover();
        if (replaced != null) {
            replaced.close();
        }
        if (!closed) {
            announceUse(other, opened);
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
        for (int ms = 0; ms < MAX_HANDOVER_MS && next.get() != null && !closed; ms++) {
            LockSupport.parkNanos(NS_PER_MS);
        }
    }

    private void closeIfAny(@Nullable T unused) {
        if (unused != null) {
            unused.close();
        }
    }

    /** Closes all devices; one that is still being opened is closed as soon as it is. Any thread. */
    @Override
    public void close() {
        closed = true;
        worker.shutdownNow();
        closeIfAny(next.getAndSet(null));
        closeIfAny(device);
        closeGone();
    }
}
