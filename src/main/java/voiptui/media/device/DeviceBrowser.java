package voiptui.media.device;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioSource;
import voiptui.audio.PcmFormat;
import voiptui.audio.device.AudioDevice;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;

/**
 * Lists the microphones and speakers to choose from, and previews a microphone before it is chosen.
 *
 * <p>Owned by the thread of a call or a phone. Nothing here blocks: whatever may block runs on threads of its own, of which there is none
 * before the first list or preview.
 */
public final class DeviceBrowser implements AutoCloseable {

    private static final String DEFAULT = "default";
    private static final String NONE_FOUND = "; no devices found: is the sound server running?";
    /** How often to look whether devices came or went, in milliseconds. */
    private static final long NEWS_MS = 500;

    private final DeviceCatalog catalog;
    private final PcmFormat format;
    private final String firstMicrophone;
    private final String firstSpeaker;
    private final EventBus bus;
    private final Thread.UncaughtExceptionHandler onFault;
    private final ScheduledThreadPoolExecutor lister;
    /** The catalog's revision when its devices were published. Owned by the lister. */
    private int listedRevision;

    private boolean listing;
    /** The latest preview, running or ended: the next one waits until its device is closed. Null before the first. */
    private @Nullable MicrophonePreview preview;

    /**
     * Creates a browser; no thread runs yet.
     *
     * @param format the sample format of previews
     * @param firstMicrophone a microphone to list in any case, as {@code --mic} takes it
     * @param firstSpeaker a speaker to list in any case, as {@code --speaker} takes it
     * @param onFault receives the exception that ended a thread
     */
    public DeviceBrowser(
            DeviceCatalog catalog,
            PcmFormat format,
            String firstMicrophone,
            String firstSpeaker,
            EventBus bus,
            Thread.UncaughtExceptionHandler onFault) {
        this.catalog = catalog;
        this.format = format;
        this.firstMicrophone = firstMicrophone;
        this.firstSpeaker = firstSpeaker;
        this.bus = bus;
        this.onFault = onFault;
        this.lister = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, "voiptui-devices");
                    thread.setDaemon(true);
                    thread.setUncaughtExceptionHandler(onFault);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Publishes the devices to choose from, and from then on again when one comes or goes. */
    public void list() {
        lister.execute(this::publishList);
        if (!listing) {
            listing = true;
            lister.scheduleWithFixedDelay(this::publishNews, NEWS_MS, NEWS_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void publishNews() {
        if (catalog.revision() != listedRevision) {
            publishList();
        }
    }

    private void publishList() {
        List<CallEvent.Choice> microphones = choices(AudioDirection.INPUT, firstMicrophone);
        List<CallEvent.Choice> speakers = choices(AudioDirection.OUTPUT, firstSpeaker);
        listedRevision = catalog.revision();
        bus.publish(new CallEvent.DevicesListed(microphones, speakers));
    }

    private List<CallEvent.Choice> choices(AudioDirection direction, String first) {
        List<CallEvent.Choice> choices = new ArrayList<>();
        List<AudioDevice> devices = catalog.devices(direction);
        String hint = devices.isEmpty() ? NONE_FOUND : "";
        choices.add(new CallEvent.Choice(DEFAULT, "system default" + hint));
        for (AudioDevice device : devices) {
            choices.add(new CallEvent.Choice(device.name(), device.description()));
        }
        if (choices.stream().noneMatch(choice -> choice.device().equals(first))) {
            choices.add(new CallEvent.Choice(first, "selected earlier" + hint));
        }
        return choices;
    }

    /** Publishes the level of a microphone until {@link #stopPreview} or {@link #endPreview}. */
    public void preview(String device) {
        preview(device, () -> {});
    }

    /**
     * As {@link #preview(String)}.
     *
     * @param before is run on the thread of the preview before it opens the microphone
     */
    public void preview(String device, Runnable before) {
        DeviceRequest<AudioSource> request;
        try {
            request = catalog.microphone(device);
        } catch (IllegalArgumentException invalid) {
            refusePreview(device, messageOf(invalid));
            return;
        }
        if (request.waitsForPeer()) {
            refusePreview(device, "files cannot be previewed");
            return;
        }
        stopPreview();
        preview = new MicrophonePreview(request.after(before), format, bus, preview, onFault);
        preview.start();
    }

    /** Returns what is wrong with the name of a device, for users. */
    public static String messageOf(IllegalArgumentException invalid) {
        String message = invalid.getMessage();
        return message == null ? "invalid device" : message;
    }

    private void refusePreview(String device, String problem) {
        stopPreview();
        bus.publish(new CallEvent.PreviewLevel(device, CallEvent.SILENCE_DBFS, problem));
    }

    /** Closes the previewed microphone, if there is one; returns at once. */
    public void stopPreview() {
        if (preview != null) {
            preview.stop();
        }
    }

    /**
     * Closes the previewed microphone, if there is one; returns at once.
     *
     * @return waits until it is closed, 1.5 seconds at most; to be run on a thread that may wait
     */
    public Runnable endPreview() {
        stopPreview();
        MicrophonePreview ending = preview;
        return ending == null ? () -> {} : ending::close;
    }

    /** Ends the list and the preview, and closes its device; returns at once. */
    @Override
    public void close() {
        lister.shutdownNow();
        if (preview != null) {
            preview.abandon();
        }
    }
}
