package voiptui.phone;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioEndpoint;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.event.EventBus;
import voiptui.event.PhoneEvent;
import voiptui.media.device.DeviceBrowser;
import voiptui.media.device.DeviceCatalog;
import voiptui.media.device.DeviceRequest;
import voiptui.media.device.EchoTest;
import voiptui.media.device.OpenedDevice;
import voiptui.time.NanoClock;

/**
 * The microphone and the speaker of a phone's calls: between calls the user lists, previews, tries and chooses them; what was chosen in a
 * call stays for the next ones. Between calls no device is open, except while the user tries one.
 *
 * <p>Owned by the phone's thread. Nothing here waits for a sound driver: a call or the ringer, which does, waits on its own thread until
 * what was tried is closed.
 */
final class PhoneDevices implements AutoCloseable {

    private static final PcmFormat FORMAT = PcmFormat.OPUS;

    private final DeviceCatalog catalog;
    private final Ringer ringer;
    private final EventBus bus;
    private final NanoClock clock;
    private final Executor phoneThread;
    private final Thread.UncaughtExceptionHandler onBug;

    private OpenedDevice<AudioSource> microphone;
    private OpenedDevice<AudioSink> speaker;
    /** Null: nothing was listed or previewed since the last call. */
    private @Nullable DeviceBrowser browser;
    /** The latest test; null: none yet. */
    private @Nullable EchoTest test;
    /** How often the user has chosen: a check of what they chose before counts no longer. */
    private int choices;

    /** Waits until the latest test has closed its devices. Run on threads that open devices. */
    private volatile Runnable testClosed = () -> {};
    /** The same for the latest preview. */
    private volatile Runnable previewClosed = () -> {};

    /**
     * Creates the devices; none is open.
     *
     * @param ringer gets the speakers that the user chooses
     * @param phoneThread runs something on the phone's thread; any thread may call it
     * @param onBug receives the exception that ended a thread
     */
    PhoneDevices(
            PhoneAudio audio,
            Ringer ringer,
            EventBus bus,
            NanoClock clock,
            Executor phoneThread,
            Thread.UncaughtExceptionHandler onBug) {
        this.catalog = audio.environment().audio();
        this.microphone = audio.microphone();
        this.speaker = audio.speaker();
        this.ringer = ringer;
        this.bus = bus;
        this.clock = clock;
        this.phoneThread = phoneThread;
        this.onBug = onBug;
        ringer.openAfter(this::awaitTrials);
    }

    /** Returns the microphone or speaker of the calls, as {@code --mic} and {@code --speaker} take it. */
    String chosen(AudioDirection direction) {
        return direction == AudioDirection.INPUT
                ? microphone.request().text()
                : speaker.request().text();
    }

    /** Ends what the user tries, and returns the microphone for a call. */
    OpenedDevice<AudioSource> microphoneForCall() {
        endTrials();
        return afterTrials(microphone.forCall());
    }

    /** Ends what the user tries, and returns the speaker for a call. */
    OpenedDevice<AudioSink> speakerForCall() {
        endTrials();
        return afterTrials(speaker.forCall());
    }

    private <T> OpenedDevice<T> afterTrials(OpenedDevice<T> device) {
        return device.opened() != null || device.problem() != null
                ? device
                : OpenedDevice.later(device.request().after(this::awaitTrials));
    }

    /** Waits until what the user tried is closed, three seconds at most. Threads that open devices. */
    private void awaitTrials() {
        testClosed.run();
        previewClosed.run();
    }

    /** Ends what the user tries, because a call or ringing begins; returns at once. */
    void endTrials() {
        stopTest();
        endPreview();
        if (browser != null) {
            browser.close();
            browser = null;
        }
    }

    private void stopTest() {
        if (test != null) {
            test.stop();
        }
    }

    private void endPreview() {
        if (browser != null) {
            previewClosed = browser.endPreview();
        }
    }

    /** Ends a test that takes too long. To be called several times a second. */
    void onTick() {
        if (test != null) {
            test.onTick();
        }
    }

    /** Carries out a command between calls; returns whether it is about devices. */
    boolean command(Command command) {
        if (command instanceof Command.ListDevices) {
            browser().list();
        } else if (command instanceof Command.PreviewMicrophone preview) {
            stopTest();
            browser().preview(preview.device(), testClosed);
        } else if (command instanceof Command.StopPreview) {
            if (browser != null) {
                browser.stopPreview();
            }
        } else if (command instanceof Command.UseDevice use) {
            choose(use.direction(), use.device());
        } else if (command instanceof Command.ToggleEchoTest) {
            toggleTest();
        } else {
            return false;
        }
        return true;
    }

    private DeviceBrowser browser() {
        DeviceBrowser open = browser;
        if (open == null) {
            open = new DeviceBrowser(
                    catalog, FORMAT, chosen(AudioDirection.INPUT), chosen(AudioDirection.OUTPUT), bus, onBug);
            browser = open;
        }
        return open;
    }

    private void toggleTest() {
        if (test != null && !test.isOver()) {
            test.stop();
            return;
        }
        if (!microphone.request().reopenable() || !speaker.request().reopenable()) {
            bus.publish(new PhoneEvent.CommandRefused(
                    "hearing yourself takes a microphone and a speaker, and one of them is a file or stands in for a device:"
                            + " choose devices with d"));
            return;
        }
        endPreview();
        Runnable earlierClosed = testClosed;
        EchoTest next = new EchoTest(
                microphone.request().after(previewClosed),
                speaker.request().after(earlierClosed),
                FORMAT,
                bus,
                clock,
                onBug);
        test = next;
        testClosed = next::awaitClosed;
        next.start();
    }

    /** Opens the device that the user chose, on a thread of its own, and uses it from the next call on if that works. */
    private void choose(AudioDirection direction, String device) {
        try {
            if (direction == AudioDirection.INPUT) {
                DeviceRequest<AudioSource> request = catalog.microphone(device);
                check(direction, request, () -> microphone = OpenedDevice.later(request));
            } else {
                DeviceRequest<AudioSink> request = catalog.speaker(device);
                check(direction, request, () -> useSpeaker(request));
            }
        } catch (IllegalArgumentException invalid) {
            bus.publish(new CallEvent.AudioRefused(direction, device, DeviceBrowser.messageOf(invalid)));
        }
    }

    private void useSpeaker(DeviceRequest<AudioSink> request) {
        speaker = OpenedDevice.later(request);
        ringer.use(request);
    }

    private <T extends AudioEndpoint> void check(AudioDirection direction, DeviceRequest<T> request, Runnable use) {
        int choice = ++choices;
        Runnable chosen = () -> {
            use.run();
            bus.publish(new PhoneEvent.DeviceChosen(direction, request.text()));
        };
        if (!request.reopenable()) {
            // Opening a file would begin it, or create it.
            chosen.run();
            return;
        }
        stopTest();
        endPreview();
        Thread check = new Thread(
                () -> {
                    awaitTrials();
                    String problem = problemOf(request);
                    phoneThread.execute(() -> {
                        if (problem != null) {
                            bus.publish(new CallEvent.AudioRefused(direction, request.text(), problem));
                        } else if (choice == choices) {
                            chosen.run();
                        }
                    });
                },
                "voiptui-device-check");
        check.setDaemon(true);
        check.setUncaughtExceptionHandler(onBug);
        check.start();
    }

    private static @Nullable String problemOf(DeviceRequest<? extends AudioEndpoint> request) {
        try (AudioEndpoint opened = request.open()) {
            return null;
        } catch (AudioUnavailableException unavailable) {
            return String.valueOf(unavailable.getMessage());
        }
    }

    /** Uses what the user chose during a call in the next ones, too. */
    void keep(AudioDirection direction, String device) {
        if (device.equals(chosen(direction))) {
            return;
        }
        choices++;
        if (direction == AudioDirection.INPUT) {
            microphone = OpenedDevice.later(catalog.microphone(device));
        } else {
            useSpeaker(catalog.speaker(device));
        }
        bus.publish(new PhoneEvent.DeviceChosen(direction, device));
    }

    /** Ends what the user tries; returns at once. */
    @Override
    public void close() {
        endTrials();
    }
}
