package voiptui.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.device.AudioDevice;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.event.EventBus;
import voiptui.event.PhoneEvent;
import voiptui.event.PhoneEvent.EchoTestState;
import voiptui.media.MediaEnvironment;
import voiptui.media.device.DeviceCatalog;
import voiptui.media.device.DeviceRequest;
import voiptui.media.device.OpenedDevice;
import voiptui.testkit.Deadline;
import voiptui.testkit.Events;
import voiptui.testkit.FakeSink;
import voiptui.testkit.FakeSource;
import voiptui.testkit.ManualClock;

/** A phone between calls, with made-up devices. */
@Timeout(30)
class PhoneDevicesTest {

    private static final long SOON_MS = 10_000;

    private final EventBus bus = new EventBus();
    private final Events events = new Events(bus);
    private final ManualClock clock = new ManualClock();
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger openMicrophones = new AtomicInteger();
    private final CountDownLatch mayHear = new CountDownLatch(1);

    private final DeviceCatalog catalog = new DeviceCatalog() {
        @Override
        public DeviceRequest<AudioSource> microphone(String text) {
            if (text.isBlank()) {
                throw new IllegalArgumentException("no microphone named");
            }
            return new DeviceRequest<>(text, () -> open(text), !text.startsWith("file:"), text.startsWith("file:"));
        }

        @Override
        public DeviceRequest<AudioSink> speaker(String text) {
            return new DeviceRequest<>(
                    text, () -> new FakeSink(Integer.MAX_VALUE, number -> {}), !text.equals("null"), false);
        }

        @Override
        public List<AudioDevice> devices(AudioDirection direction) {
            return List.of(new AudioDevice(0, "USB", "", List.of()));
        }
    };

    private final Ringer ringer = new Ringer(null, PcmFormat.OPUS, (thread, bug) -> {});
    private final PhoneDevices devices = new PhoneDevices(
            new PhoneAudio(
                    OpenedDevice.later(catalog.microphone("default")),
                    OpenedDevice.later(catalog.speaker("default")),
                    null,
                    new MediaEnvironment(catalog, Path.of(""), clock)),
            ringer,
            bus,
            clock,
            posted::add,
            (thread, bug) -> {});

    private AudioSource open(String name) throws AudioUnavailableException {
        if (name.equals("broken")) {
            throw new AudioUnavailableException(AudioUnavailableException.Subject.NAMED_DEVICE, "it is broken");
        }
        openMicrophones.incrementAndGet();
        return new OneMicrophone();
    }

    /** A microphone that delivers nothing before it may, and is counted while it is open. */
    private final class OneMicrophone implements AudioSource {

        private final FakeSource sound = new FakeSource(Integer.MAX_VALUE, number -> {});
        private final CountDownLatch closing = new CountDownLatch(1);

        @Override
        public void read(short[] frame) throws AudioLostException {
            if (mayHear.getCount() > 0) {
                try {
                    closing.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            sound.read(frame);
        }

        @Override
        public String name() {
            return "microphone";
        }

        @Override
        public void close() {
            if (closing.getCount() > 0) {
                closing.countDown();
                sound.close();
                openMicrophones.decrementAndGet();
            }
        }
    }

    @AfterEach
    void close() {
        devices.close();
        ringer.close();
    }

    private void awaitPosted() {
        Deadline.require(SOON_MS, () -> "something for the phone's thread", () -> !posted.isEmpty());
        posted.remove().run();
    }

    private void awaitTest(EchoTestState state) {
        while (events.await(PhoneEvent.EchoTest.class).state() != state) {
            // an earlier one
        }
    }

    @Test
    void shouldUseTheChosenDevicesInTheNextCalls() throws AudioUnavailableException {
        assertThat(devices.command(new Command.UseDevice(AudioDirection.INPUT, "USB")))
                .isTrue();
        awaitPosted();
        devices.command(new Command.UseDevice(AudioDirection.OUTPUT, "null"));

        events.awaitMatching(new PhoneEvent.DeviceChosen(AudioDirection.INPUT, "USB"));
        events.awaitMatching(new PhoneEvent.DeviceChosen(AudioDirection.OUTPUT, "null"));
        OpenedDevice<AudioSource> microphone = devices.microphoneForCall();
        assertThat(microphone.request().text()).isEqualTo("USB");
        assertThat(microphone.request().reopenable())
                .as("it may vanish and come back")
                .isTrue();
        assertThat(devices.speakerForCall().request().text()).isEqualTo("null");
        assertThat(openMicrophones.get()).as("none is open between calls").isZero();
        microphone.request().open().close();
    }

    @Test
    void shouldKeepTheDevicesInUseIfAnotherCannotBeOpened() {
        devices.command(new Command.UseDevice(AudioDirection.INPUT, "broken"));
        awaitPosted();
        devices.command(new Command.UseDevice(AudioDirection.INPUT, " "));

        events.awaitMatching(new CallEvent.AudioRefused(AudioDirection.INPUT, "broken", "it is broken"));
        events.awaitMatching(new CallEvent.AudioRefused(AudioDirection.INPUT, " ", "no microphone named"));
        assertThat(devices.chosen(AudioDirection.INPUT)).isEqualTo("default");
    }

    @Test
    void shouldKeepWhatWasChosenInACall() {
        devices.keep(AudioDirection.INPUT, "default");
        devices.keep(AudioDirection.OUTPUT, "USB");

        assertThat(events.take()).containsExactly(new PhoneEvent.DeviceChosen(AudioDirection.OUTPUT, "USB"));
        assertThat(devices.speakerForCall().request().text()).isEqualTo("USB");
    }

    @Test
    void shouldLeaveTheMicrophoneToACallThatComesDuringATest() throws AudioUnavailableException {
        devices.command(new Command.ToggleEchoTest());
        awaitTest(EchoTestState.RECORDING);

        OpenedDevice<AudioSource> forCall = devices.microphoneForCall();

        awaitTest(EchoTestState.ENDED);
        try (AudioSource opened = forCall.request().open()) {
            assertThat(openMicrophones.get()).as("the call's alone").isEqualTo(1);
        }
    }

    @Test
    void shouldLeaveTheMicrophoneToACallThatComesDuringAPreview() throws AudioUnavailableException {
        mayHear.countDown();
        devices.command(new Command.PreviewMicrophone("USB"));
        events.await(CallEvent.PreviewLevel.class);

        try (AudioSource opened = devices.microphoneForCall().request().open()) {
            assertThat(openMicrophones.get()).as("the call's alone").isEqualTo(1);
        }
    }

    @Test
    void shouldStopTheTestWhenAskedAgain() {
        devices.command(new Command.ToggleEchoTest());
        awaitTest(EchoTestState.RECORDING);
        devices.command(new Command.ToggleEchoTest());
        awaitTest(EchoTestState.ENDED);
        Deadline.require(SOON_MS, () -> "closed", () -> openMicrophones.get() == 0);
        devices.command(new Command.ToggleEchoTest());
        awaitTest(EchoTestState.RECORDING);
    }

    @Test
    void shouldNotTestAFile() {
        devices.command(new Command.UseDevice(AudioDirection.INPUT, "file:x.wav"));
        devices.command(new Command.ToggleEchoTest());

        assertThat(events.await(PhoneEvent.CommandRefused.class).problem()).contains("choose devices with d");
        assertThat(openMicrophones.get()).isZero();
    }

    @Test
    void shouldListDevicesBetweenCallsAndPassOnWhatIsNotAboutThem() {
        devices.command(new Command.ListDevices());
        assertThat(events.await(CallEvent.DevicesListed.class).microphones())
                .extracting(CallEvent.Choice::device)
                .containsExactly("default", "USB");
        assertThat(devices.command(new Command.PlayTestTone())).isFalse();
    }
}
