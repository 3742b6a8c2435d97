package voiptui.media.device;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
 * A call's microphone and speaker, and all that a user may want of them while it runs: which others there are, how loud
 * one is, another in place of this one.
 *
 * <p>Owned by the call thread. Nothing here waits: what takes its time has threads of its own.
 */
public final class DeviceManager implements AutoCloseable {

    private static final String DEFAULT = "default";

    private final DeviceCatalog catalog;
    private final PcmFormat format;
    private final NanoClock clock;
    private final EventBus bus;
    private final Thread.UncaughtExceptionHandler onBug;
    private final String firstMicrophone;
    private final String firstSpeaker;
    private final DeviceSupervisor<AudioSource> microphoneKeeper;
    private final DeviceSupervisor<AudioSink> speakerKeeper;
    private final FailoverSource microphone;
    private final FailoverSink speaker;
    private final ExecutorService lister;
    /** The latest one, which may have ended: what comes after it waits until its device is given back. */
    private MicrophonePreview preview;

    private volatile boolean peerHeard;
    private volatile GatedSource held;

    /** Begins with these two, and finds others in {@code catalog}. {@code clock} paces what is not a device. */
    public DeviceManager(
            OpenedDevice<AudioSource> firstMicrophone,
            OpenedDevice<AudioSink> firstSpeaker,
            DeviceCatalog catalog,
            PcmFormat format,
            NanoClock clock,
            EventBus bus,
            Thread.UncaughtExceptionHandler onBug) {
        this.catalog = catalog;
        this.format = format;
        this.clock = clock;
        this.bus = bus;
        this.onBug = onBug;
        this.firstMicrophone = firstMicrophone.wish().text();
        this.firstSpeaker = firstSpeaker.wish().text();
        AudioSource opened = firstMicrophone.opened();
        this.microphoneKeeper = new DeviceSupervisor<>(
                AudioDirection.INPUT,
                new OpenedDevice<>(
                        firstMicrophone.wish(),
                        opened == null ? null : held(firstMicrophone.wish(), opened),
                        firstMicrophone.problem()),
                () -> catalog.devices(AudioDirection.INPUT),
                bus);
        this.speakerKeeper = new DeviceSupervisor<>(
                AudioDirection.OUTPUT, firstSpeaker, () -> catalog.devices(AudioDirection.OUTPUT), bus);
        this.microphone = new FailoverSource(microphoneKeeper, silence());
        this.speaker = new FailoverSink(speakerKeeper, new NullSink(new FramePacer(format, clock)));
        this.lister = new ThreadPoolExecutor(
                0,
                1,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "voiptui-devices");
                    thread.setDaemon(true);
                    thread.setUncaughtExceptionHandler(onBug);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private AudioSource silence() {
        return new SilenceSource(new FramePacer(format, clock));
    }

    /** The source, or one that waits with it until the peer is heard. Any thread. */
    private AudioSource held(DeviceRequest<AudioSource> wish, AudioSource source) {
        if (!wish.waitsForPeer()) {
            return source;
        }
        GatedSource waiting = new GatedSource(silence(), source);
        held = waiting;
        if (peerHeard) {
            waiting.release();
        }
        return waiting;
    }

    /** What the capture thread listens to, whichever device it is by now. */
    public AudioSource microphone() {
        return microphone;
    }

    /** What the playout thread plays on, whichever device it is by now. */
    public AudioSink speaker() {
        return speaker;
    }

    /** Tells what is used in the beginning. */
    public void begin() {
        microphoneKeeper.begin();
        speakerKeeper.begin();
    }

    /** The peer is heard: what waited for it begins. */
    public void onPeerHeard() {
        peerHeard = true;
        GatedSource waiting = held;
        if (waiting != null) {
            waiting.release();
        }
    }

    /** Tells which devices there are. */
    public void list() {
        lister.execute(() -> bus.publish(new CallEvent.DevicesListed(
                choices(AudioDirection.INPUT, firstMicrophone), choices(AudioDirection.OUTPUT, firstSpeaker))));
    }

    private List<CallEvent.Choice> choices(AudioDirection direction, String first) {
        List<CallEvent.Choice> choices = new ArrayList<>();
        choices.add(new CallEvent.Choice(DEFAULT, "system default"));
        for (AudioDevice device : catalog.devices(direction)) {
            choices.add(new CallEvent.Choice(device.name(), device.description()));
        }
        if (choices.stream().noneMatch(choice -> choice.device().equals(first))) {
            choices.add(new CallEvent.Choice(first, "what the call began with"));
        }
        return choices;
    }

    /** Goes on with another microphone or speaker, or says why not. */
    public void use(AudioDirection direction, String device) {
        try {
            if (direction == AudioDirection.INPUT) {
                useMicrophone(catalog.microphone(device));
            } else {
                speakerKeeper.use(catalog.speaker(device));
            }
        } catch (IllegalArgumentException nonsense) {
            bus.publish(new CallEvent.AudioRefused(direction, device, nonsense.getMessage()));
        }
    }

    private void useMicrophone(DeviceRequest<AudioSource> wish) {
        stopPreview();
        MicrophonePreview ending = preview;
        microphoneKeeper.use(new DeviceRequest<>(
                wish.text(),
                () -> {
                    if (ending != null) {
                        ending.close();
                    }
                    AudioSource opened = wish.open();
                    return wish.waitsForPeer() ? held(wish, opened) : warmedUp(opened);
                },
                wish.comesBack(),
                wish.waitsForPeer()));
    }

    /**
     * A device needs some time until its first sound (100 ms at a PulseAudio): that passes while the one before is still
     * heard. What is paced by itself delivers its first frame at once, which would be a frame too many. One that delivers
     * nothing at all is refused.
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

    /** Shows how loud a microphone is, until {@link #stopPreview} or {@link #use}. */
    public void preview(String device) {
        DeviceRequest<AudioSource> wish;
        try {
            wish = catalog.microphone(device);
        } catch (IllegalArgumentException nonsense) {
            refusePreview(device, nonsense.getMessage());
            return;
        }
        if (wish.waitsForPeer()) {
            refusePreview(device, "a file is not played before it is chosen");
            return;
        }
        stopPreview();
        preview = new MicrophonePreview(wish, format, bus, preview, onBug);
        preview.start();
    }

    private void refusePreview(String device, String problem) {
        stopPreview();
        bus.publish(new CallEvent.PreviewLevel(device, CallEvent.SILENCE_DBFS, problem));
    }

    /** Gives the microphone back that was listened to, if there is one. */
    public void stopPreview() {
        if (preview != null) {
            preview.stop();
        }
    }

    /** Ends the capture thread, and with it the listening. */
    public void closeMicrophone() {
        microphone.close();
        stopPreview();
    }

    /** Gives back everything, and ends the threads that use it. */
    @Override
    public void close() {
        lister.shutdownNow();
        closeMicrophone();
        if (preview != null) {
            preview.close();
        }
        speaker.close();
    }
}
