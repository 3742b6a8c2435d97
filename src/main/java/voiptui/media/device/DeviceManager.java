package voiptui.media.device;

import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.FramePacer;
import voiptui.audio.NullSink;
import voiptui.audio.PcmFormat;
import voiptui.audio.SilenceSource;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;
import voiptui.time.NanoClock;

/**
 * The microphone and speaker of a call: replaces devices while the call runs; its {@link DeviceBrowser} lists and previews them.
 *
 * <p>Owned by the call thread. Nothing here blocks: whatever may block runs on threads of its own.
 */
public final class DeviceManager implements AutoCloseable {

    private final DeviceCatalog catalog;
    private final PcmFormat format;
    private final NanoClock clock;
    private final EventBus bus;
    private final DeviceSupervisor<AudioSource> microphoneSupervisor;
    private final DeviceSupervisor<AudioSink> speakerSupervisor;
    private final FailoverSource microphone;
    private final FailoverSink speaker;
    private final DeviceBrowser browser;

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
        this.browser = new DeviceBrowser(
                catalog,
                format,
                first.microphone().request().text(),
                first.speaker().request().text(),
                bus,
                onFault);
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

    /** Returns what the user chose as microphone or speaker last, as {@code --mic} and {@code --speaker} take it. Any thread. */
    public String chosen(AudioDirection direction) {
        return direction == AudioDirection.INPUT ? microphoneSupervisor.chosen() : speakerSupervisor.chosen();
    }

    /** Returns what lists and previews the devices. */
    public DeviceBrowser browser() {
        return browser;
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
            bus.publish(new CallEvent.AudioRefused(direction, device, DeviceBrowser.messageOf(invalid)));
        }
    }

    private void useMicrophone(DeviceRequest<AudioSource> request) {
        Runnable previewClosed = browser.endPreview();
        microphoneSupervisor.use(new DeviceRequest<>(
                request.text(),
                () -> {
                    previewClosed.run();
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

    /** Closes the microphone, which ends the capture thread, and the preview. */
    public void closeMicrophone() {
        microphone.close();
        browser.stopPreview();
    }

    /** Closes all devices, which ends the threads that use them. */
    @Override
    public void close() {
        browser.close();
        closeMicrophone();
        speaker.close();
    }
}
