package voiptui.media.device;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.FramePacer;
import voiptui.audio.NullSink;
import voiptui.audio.PcmFormat;
import voiptui.audio.SilenceSource;
import voiptui.audio.device.AudioDevice;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;
import voiptui.time.NanoClock;

/**
 * The microphone and speaker of a call: lists, previews and replaces devices while the call runs.
 *
 * <p>Owned by the call thread. Nothing here blocks: whatever may block runs on threads of its own.
 */
public final class DeviceManager implements AutoCloseable {

    private static final String DEFAULT = "default";
    /** How often to look whether devices came or went, in milliseconds. */
    private static final long NEWS_MS = 500;

    private final DeviceCatalog catalog;
    private final PcmFormat format;
    private final NanoClock clock;
    private final EventBus bus;
    private final Thread.UncaughtExceptionHandler onFault;
    private final String firstMicrophone;
    private final String firstSpeaker;
    private final DeviceSupervisor<AudioSource> microphoneSupervisor;
    private final DeviceSupervisor<AudioSink> speakerSupervisor;
    private final FailoverSource microphone;
    private final FailoverSink speaker;
    private final ScheduledThreadPoolExecutor lister;
    /** The catalog's revision when its devices were published. Owned by the lister. */
    private int listedRevision;

    private boolean listing;
    /** The latest preview, running or ended: the next one waits until its device is closed. Null before the first. */
    private @Nullable MicrophonePreview preview;

    private volatile boolean peerHeard;
    /** The latest file that waits, or waited, for the peer; null before the first. */
    private volatile @Nullable GatedSource gated;

    /**
     * Starts with the microphone and speaker in {@code first}; no thread runs yet.
     *
     * @param first the devices to start with, open or not
     * @param catalog the devices to choose from
     * @param clock paces silence while there is no device
     * @param onFault receives the exception that ended a thread
     */
    public DeviceManager(
            OpenedDevices first,
            DeviceCatalog catalog,
            NanoClock clock,
            EventBus bus,
            Thread.UncaughtExceptionHandler onFault) {
        this.catalog = catalog;
        this.format = first.format();
        this.clock = clock;
        this.bus = bus;
        this.onFault = onFault;
        this.firstMicrophone = first.microphone().request().text();
        this.firstSpeaker = first.speaker().request().text();
        this.microphoneSupervisor = new DeviceSupervisor<>(
                AudioDirection.INPUT,
                gatedIfFile(first.microphone()),
                this::warmedUp,
                () -> catalog.devices(AudioDirection.INPUT),
                bus);
        this.speakerSupervisor = new DeviceSupervisor<>(
                AudioDirection.OUTPUT,
                first.speaker(),
                this::playing,
                () -> catalog.devices(AudioDirection.OUTPUT),
                bus);
        this.microphone = new FailoverSource(microphoneSupervisor, silence());
        this.speaker = new FailoverSink(speakerSupervisor, new NullSink(new FramePacer(format, clock)));
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

    private AudioSource silence() {
        return new SilenceSource(new FramePacer(format, clock));
    }

    private OpenedDevice<AudioSource> gatedIfFile(OpenedDevice<AudioSource> first) {
        AudioSource opened = first.opened();
        return opened == null || !first.request().waitsForPeer()
                ? first
                : new OpenedDevice<>(first.request(), gated(opened), first.problem());
    }

    /** Returns a source that waits with {@code source} until the peer is heard. Any thread. */
    private AudioSource gated(AudioSource source) {
        GatedSource waiting = new GatedSource(silence(), source);
        gated = waiting;
        if (peerHeard) {
            waiting.release();
        }
        return waiting;
    }

    /** Returns the source for the capture thread, whichever device it is at the moment. */
    public AudioSource microphone() {
        return microphone;
    }

    /** Returns the sink for the playout thread, whichever device it is at the moment. */
    public AudioSink speaker() {
        return speaker;
    }

    /** Returns whether the microphone is a device, lost or not, rather than a file, a tone or silence. */
    public boolean hasMicrophoneDevice() {
        return microphoneSupervisor.isForDevice();
    }

    /** Announces the devices in use, and starts to reopen those that could not be opened. */
    public void start() {
        microphoneSupervisor.start();
        speakerSupervisor.start();
    }

    /** Starts a file that waits for the peer. */
    public void onPeerHeard() {
        peerHeard = true;
        GatedSource waiting = gated;
        if (waiting != null) {
            waiting.release();
        }
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
        choices.add(new CallEvent.Choice(DEFAULT, "system default"));
        for (AudioDevice device : catalog.devices(direction)) {
            choices.add(new CallEvent.Choice(device.name(), device.description()));
        }
        if (choices.stream().noneMatch(choice -> choice.device().equals(first))) {
            choices.add(new CallEvent.Choice(first, "selected at start"));
        }
        return choices;
    }

    /** Switches to another microphone or speaker, or publishes why it cannot be used. */
    public void use(AudioDirection direction, String device) {
        try {
            if (direction == AudioDirection.INPUT) {
                useMicrophone(catalog.microphone(device));
            } else {
                speakerSupervisor.use(catalog.speaker(device));
            }
        } catch (IllegalArgumentException invalid) {
            bus.publish(new CallEvent.AudioRefused(direction, device, messageOf(invalid)));
        }
    }

    private void useMicrophone(DeviceRequest<AudioSource> request) {
        stopPreview();
        MicrophonePreview ending = preview;
        microphoneSupervisor.use(new DeviceRequest<>(
                request.text(),
                () -> {
                    if (ending != null) {
                        ending.close();
                    }
                    AudioSource opened = request.open();
                    return request.waitsForPeer() ? gated(opened) : warmedUp(opened);
                },
                request.reopenable(),
                request.waitsForPeer()));
    }

    /**
     * Reads and drops the first frame. A device takes a while to deliver it (100 ms with PulseAudio), during which the old
     * one is still in use; a paced source delivers it at once, one frame too many. A device that delivers nothing is refused.
     */
    private AudioSource warmedUp(AudioSource device) throws AudioUnavailableException {
        try {
            device.read(new short[format.frameSamples()]);
            return device;
        } catch (AudioLostException dead) {
            device.close();
            throw new AudioUnavailableException(AudioUnavailableException.Subject.NAMED_DEVICE, dead.getMessage());
        }
    }

    /**
     * Plays silence until the device has taken some. A sink that does not know what waits in it takes everything at once. A device that
     * takes nothing is refused.
     */
    private AudioSink playing(AudioSink device) throws AudioUnavailableException {
        short[] silence = new short[format.frameSamples()];
        try {
            device.write(silence);
            long queuedNs = device.queuedNs();
            while (queuedNs > 0) {
                device.awaitRoom();
                if (device.queuedNs() < queuedNs) {
                    return device;
                }
                device.write(silence);
            }
            return device;
        } catch (AudioLostException dead) {
            device.close();
            throw new AudioUnavailableException(AudioUnavailableException.Subject.NAMED_DEVICE, dead.getMessage());
        }
    }

    /** Publishes the level of a microphone until {@link #stopPreview} or {@link #use}. */
    public void preview(String device) {
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
        preview = new MicrophonePreview(request, format, bus, preview, onFault);
        preview.start();
    }

    private static String messageOf(IllegalArgumentException invalid) {
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

    /** Closes the microphone, which ends the capture thread, and the preview. */
    public void closeMicrophone() {
        microphone.close();
        stopPreview();
    }

    /** Closes all devices, which ends the threads that use them. */
    @Override
    public void close() {
        lister.shutdownNow();
        closeMicrophone();
        if (preview != null) {
            preview.abandon();
        }
        speaker.close();
    }
}
