package voiptui.audio.device.sdl;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.AudioUnavailableException.Subject;
import voiptui.audio.FramePacer.Parker;
import voiptui.audio.PcmFormat;
import voiptui.audio.device.AudioDevice;
import voiptui.audio.device.DeviceChoice;
import voiptui.audio.device.sdl.SdlDriver.Direction;
import voiptui.time.NanoClock;

/**
 * SDL's connection to the sound server: its devices and the streams that are open.
 *
 * <p>Streams on the default device follow it when it changes. SDL keeps the stream of a vanished device running on nothing;
 * it counts as lost at once if the device was chosen, and after {@value #DEFAULT_GRACE_MS} ms without another default if it
 * was the default. When nothing is open and a device cannot be opened, or SDL found no sound server, it connects again: the
 * sound server may have been restarted. Devices of ALSA are tried, as some of its plug-ins keep no time ({@link PaceTrial}).
 *
 * <p>Owned by the SDL thread, except where stated.
 */
final class SdlSystem {

    /** How long the system may take to name another default device when that was removed, in milliseconds. */
    static final long DEFAULT_GRACE_MS = 400;

    /** What SDL uses where no sound server runs; one may have been started meanwhile. */
    private static final String ALSA = "alsa";

    private static final String GONE = "was disconnected";

    private final SdlDriver driver;
    private final NanoClock clock;
    private final PaceTrial trial;
    private final List<SdlStream> open = new ArrayList<>();
    /** When devices were removed that a stream may still be on, by number. */
    private final Map<Integer, Long> removed = new HashMap<>();

    private boolean listed;
    private @Nullable String loadProblem;
    private volatile @Nullable String connected;
    private volatile int revision;

    SdlSystem(SdlDriver driver, NanoClock clock, Parker parker) {
        this.driver = driver;
        this.clock = clock;
        this.trial = new PaceTrial(driver, clock, parker);
    }

    /** Returns the driver that connects to the sound server; null before the first connection. Any thread. */
    @Nullable
    String driverName() {
        return connected;
    }

    /** Returns a number that changes when devices come or go. Any thread. */
    int revision() {
        return revision;
    }

    /**
     * Loads the library, once; returns why that is not possible, or an empty text. Any thread: this needs no sound server, so
     * that it takes as long as it takes.
     */
    synchronized String load() {
        String problem = loadProblem;
        if (problem == null) {
            problem = "";
            try {
                driver.load();
            } catch (LinkageError unusable) {
                problem = "SDL cannot be loaded: " + unusable.getMessage();
            }
            loadProblem = problem;
        }
        return problem;
    }

    /** Connects to the sound server; returns why that is not possible, or an empty text. */
    String connect() {
        if (connected != null) {
            return "";
        }
        String problem = load();
        if (!problem.isEmpty()) {
            return problem;
        }
        connected = driver.connect();
        removed.clear();
        return connected == null ? "SDL finds no sound system: " + driver.error() : "";
    }

    private void require() throws AudioUnavailableException {
        String problem = connect();
        if (!problem.isEmpty()) {
            throw new AudioUnavailableException(Subject.SOUND_SYSTEM, problem);
        }
        tick();
    }

    /**
     * Returns the devices that exist, in the order in which they appeared.
     *
     * @throws AudioUnavailableException when SDL cannot be used
     */
    List<AudioDevice> devices(Direction direction) throws AudioUnavailableException {
        require();
        listed = true;
        List<AudioDevice> devices = new ArrayList<>();
        numbersByName(direction)
                .forEach((name, number) ->
                        devices.add(new AudioDevice(devices.size(), name, driver.formatOf(number), List.of())));
        return devices;
    }

    /** Returns the numbers of the devices that work; of several with the same name, all but the first are counted. */
    private Map<String, Integer> numbersByName(Direction direction) {
        int[] numbers = driver.devices(direction);
        Arrays.sort(numbers);
        Map<String, Integer> byName = new LinkedHashMap<>();
        for (int number : numbers) {
            String name = removed.containsKey(number) ? null : driver.nameOf(number);
            if (name != null) {
                String unique = name;
                for (int copy = 2; byName.containsKey(unique); copy++) {
                    unique = name + " (" + copy + ")";
                }
                byName.put(unique, number);
            }
        }
        return byName;
    }

    /**
     * Opens a device.
     *
     * @param choice the device; null: the system's default
     * @param blockSamples samples that the device takes or delivers at a time, as a wish
     * @param closing receives the stream when it is closed; any thread
     * @throws AudioUnavailableException when none or several match, it cannot be opened, or it keeps no time
     */
    SdlStream open(
            Direction direction,
            @Nullable DeviceChoice choice,
            PcmFormat format,
            int blockSamples,
            Consumer<SdlStream> closing)
            throws AudioUnavailableException {
        if (ALSA.equals(connected) && open.isEmpty()) {
            disconnect();
        }
        require();
        try {
            return attempt(direction, choice, format, blockSamples, closing);
        } catch (AudioUnavailableException stale) {
            if (!open.isEmpty() || stale.subject() == Subject.UNPACED_DEVICE) {
                throw stale;
            }
            disconnect();
            require();
            return attempt(direction, choice, format, blockSamples, closing);
        }
    }

    private void disconnect() {
        driver.disconnect();
        connected = null;
        revision++;
    }

    private SdlStream attempt(
            Direction direction,
            @Nullable DeviceChoice choice,
            PcmFormat format,
            int blockSamples,
            Consumer<SdlStream> closing)
            throws AudioUnavailableException {
        String kind = direction == Direction.CAPTURE ? "microphone" : "speaker";
        int number = choice == null ? SdlDriver.DEFAULT_DEVICE : find(direction, choice, kind);
        long handle = driver.open(direction, number, format, blockSamples);
        if (handle != 0 && choice == null && isOnRemovedDevice(handle)) {
            driver.close(handle);
            handle = 0;
        }
        if (handle == 0) {
            throw choice == null
                    ? new AudioUnavailableException(Subject.DEFAULT_DEVICE, "no working " + kind)
                    : new AudioUnavailableException(
                            Subject.NAMED_DEVICE,
                            "cannot open " + kind + " '" + choice.text() + "': " + driver.error());
        }
        if (ALSA.equals(connected) && !trial.keepsTime(handle, direction, format)) {
            driver.close(handle);
            throw new AudioUnavailableException(
                    Subject.UNPACED_DEVICE,
                    "SDL cannot use the "
                            + (choice == null ? "default " + kind : kind + " '" + choice.text() + "'")
                            + ", which keeps no time; use --audio-backend java, or another device");
        }
        SdlStream stream =
                new SdlStream(driver, handle, direction == Direction.PLAYBACK, choice == null, format, closing);
        open.add(stream);
        return stream;
    }

    /** SDL opens a default device that is gone, as another may take over. */
    private boolean isOnRemovedDevice(long handle) {
        String name = driver.nameOf(driver.numberOf(handle));
        return removed.keySet().stream().map(driver::nameOf).anyMatch(gone -> gone != null && gone.equals(name));
    }

    private int find(Direction direction, DeviceChoice choice, String kind) throws AudioUnavailableException {
        Map<String, Integer> numbers = numbersByName(direction);
        List<AudioDevice> devices = new ArrayList<>();
        for (String name : numbers.keySet()) {
            devices.add(new AudioDevice(devices.size(), name, "", List.of()));
        }
        return numbers.getOrDefault(choice.find(devices, kind).name(), SdlDriver.DEFAULT_DEVICE);
    }

    /**
     * Closes a stream, once. Waits until the device delivers or takes audio again, so that it has a thread of its own; {@link
     * #onClosed} must follow.
     */
    void close(SdlStream stream) {
        driver.close(stream.handle());
    }

    /** Forgets a stream that was closed. */
    void onClosed(SdlStream stream) {
        open.remove(stream);
    }

    /** Looks for news. Called several times a second. */
    void tick() {
        if (connected == null) {
            return;
        }
        long nowNs = clock.nanoTime();
        if (driver.poll(number -> onRemoved(number, nowNs)) && listed) {
            revision++;
        }
        for (SdlStream stream : open) {
            // One that is being closed has no name any more.
            stream.noteDevice(driver.nameOf(stream.number()));
        }
        Iterator<Map.Entry<Integer, Long>> suspects = removed.entrySet().iterator();
        while (suspects.hasNext()) {
            Map.Entry<Integer, Long> suspect = suspects.next();
            String name = driver.nameOf(suspect.getKey());
            if (name == null) {
                suspects.remove();
            } else if (nowNs - suspect.getValue() >= DEFAULT_GRACE_MS * NS_PER_MS) {
                loseDefaultsOn(name);
            }
        }
    }

    private void onRemoved(int number, long nowNs) {
        for (SdlStream stream : open) {
            if (stream.number() == number) {
                stream.lose(GONE);
                return;
            }
        }
        removed.putIfAbsent(number, nowNs);
    }

    /** A removed device exists on while a stream is on it: so no other has become the default. */
    private void loseDefaultsOn(String name) {
        for (SdlStream stream : open) {
            if (stream.followsDefault() && name.equals(driver.nameOf(stream.number()))) {
                stream.lose(GONE);
            }
        }
    }
}
