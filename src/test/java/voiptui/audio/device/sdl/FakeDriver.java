package voiptui.audio.device.sdl;

import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import voiptui.audio.PcmFormat;

/** SDL with devices that a test plugs in and out. A stream's handle is its number. */
final class FakeDriver implements SdlDriver {

    private record Device(Direction direction, String name) {}

    final List<Long> closed = new ArrayList<>();
    private final Map<Integer, Device> devices = new TreeMap<>();
    private final Map<Integer, Integer> deviceOfStream = new HashMap<>();
    private final List<Integer> removals = new ArrayList<>();
    private int next = 10;
    private boolean news;
    int defaultDevice;
    int connections;
    int disconnections;
    boolean broken;
    /** How often audio was dropped from a stream. */
    int cleared;
    /** The samples in the stream that was opened last. */
    private int waiting;

    private boolean capturing;

    @Nullable
    LinkageError unloadable;

    @Nullable
    String driver = "pulseaudio";

    int plug(Direction direction, String name) {
        devices.put(++next, new Device(direction, name));
        news = true;
        return next;
    }

    /** As SDL does: a stream on the default stays on the removed device, which exists on until it leaves. */
    void unplug(int device) {
        removals.add(device);
        deviceOfStream.forEach((stream, on) -> {
            if (on == device && device != defaultDevice) {
                removals.add(stream);
            }
        });
        if (!deviceOfStream.containsValue(device)) {
            devices.remove(device);
        }
        news = true;
    }

    /** Moves the streams on the default to another device. */
    void changeDefault(int device) {
        int old = defaultDevice;
        defaultDevice = device;
        deviceOfStream.replaceAll((stream, on) -> on == old ? device : on);
        if (removals.contains(old) || !devices.containsKey(old)) {
            devices.remove(old);
        }
    }

    void forget(int device) {
        devices.remove(device);
    }

    @Override
    public void load() {
        if (unloadable != null) {
            throw unloadable;
        }
    }

    @Override
    public @Nullable String connect() {
        connections++;
        return driver;
    }

    @Override
    public void disconnect() {
        disconnections++;
        broken = false;
    }

    @Override
    public int[] devices(Direction direction) {
        return devices.entrySet().stream()
                .filter(entry -> entry.getValue().direction() == direction)
                .mapToInt(Map.Entry::getKey)
                .toArray();
    }

    @Override
    public @Nullable String nameOf(int device) {
        Device found = devices.get(deviceOfStream.getOrDefault(device, device));
        return found == null ? null : found.name();
    }

    @Override
    public String formatOf(int device) {
        return "48000 Hz, mono";
    }

    @Override
    public boolean poll(Removals receiver) {
        removals.forEach(receiver::onRemoved);
        removals.clear();
        boolean changed = news;
        news = false;
        return changed;
    }

    @Override
    public long open(Direction direction, int device, PcmFormat format, int blockSamples) {
        int opened = device == DEFAULT_DEVICE ? defaultDevice : device;
        if (broken || !devices.containsKey(opened)) {
            return 0;
        }
        deviceOfStream.put(++next, opened);
        capturing = direction == Direction.CAPTURE;
        waiting = 0;
        return next;
    }

    @Override
    public int numberOf(long stream) {
        return (int) stream;
    }

    @Override
    public int blockSamplesOf(long stream) {
        return 192;
    }

    @Override
    public String error() {
        return "connection terminated";
    }

    @Override
    public void close(long stream) {
        deviceOfStream.remove((int) stream);
        closed.add(stream);
    }

    @Override
    public void clear(long stream) {
        cleared++;
        waiting = 0;
    }

    /** Has a device deliver or take audio. */
    void run(int samples) {
        waiting = Math.max(0, waiting + (capturing ? samples : -samples));
    }

    @Override
    public int available(long stream) {
        return waiting;
    }

    @Override
    public int queued(long stream) {
        return waiting;
    }

    @Override
    public void read(long stream, ShortBuffer samples, int count) {}

    @Override
    public void write(long stream, ShortBuffer samples, int count) {
        waiting += count;
    }

    @Override
    public void discardCaptured(long stream) {}
}
