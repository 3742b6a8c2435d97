package voiptui.media.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.device.AudioDevice;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;
import voiptui.testkit.Deadline;
import voiptui.testkit.Events;
import voiptui.testkit.FakeSink;
import voiptui.testkit.FakeSource;

/** A microphone and a speaker that fail and come back. The looking for them goes on on a real thread, each millisecond. */
@Timeout(30)
class FailoverTest {

    private static final short DEVICE = 7;
    private static final short OTHER_DEVICE = 8;

    private static final long SOON_MS = 10_000;
    private static final CallEvent IN_USE = new CallEvent.AudioInUse(AudioDirection.INPUT, "default");

    private final EventBus bus = new EventBus();
    private final Events events = new Events(bus);
    private final short[] frame = new short[882];
    private final FakeSource silence = new FakeSource(Integer.MAX_VALUE, number -> {});
    private final FakeSink discard = new FakeSink(Integer.MAX_VALUE, number -> {});
    private boolean listingFails;
    private DeviceSupervisor.Trial<AudioSource> trial = working -> working;
    private DeviceSupervisor<AudioSource> microphones;
    private DeviceSupervisor<AudioSink> speakers;
    private FailoverSource source;
    private FailoverSink sink;

    /** Devices that can be opened, in turn; {@code null} for one that cannot yet. */
    private static <T> DeviceRequest.Opening<T> opening(Queue<T> devices) {
        return () -> {
            T device = devices.poll();
            if (device == null) {
                throw new AudioUnavailableException(AudioUnavailableException.Subject.DEFAULT_DEVICE, "not there");
            }
            return device;
        };
    }

    private List<AudioDevice> devices() {
        if (listingFails) {
            throw new IllegalArgumentException("Mixer not supported: USB Headset");
        }
        return List.of(new AudioDevice(3, "USB Headset", "", List.of()));
    }

    private static <T> OpenedDevice<T> port(T opened, String problem, DeviceRequest.Opening<T> reopening) {
        return new OpenedDevice<>(new DeviceRequest<>("default", reopening, reopening != null, false), opened, problem);
    }

    private static <T> DeviceRequest<T> request(String text, DeviceRequest.Opening<T> opening) {
        return new DeviceRequest<>(text, opening, true, false);
    }

    private FailoverSource source(AudioSource opened, String problem, DeviceRequest.Opening<AudioSource> reopening) {
        microphones = new DeviceSupervisor<>(
                AudioDirection.INPUT, port(opened, problem, reopening), trial, this::devices, bus, 1);
        source = new FailoverSource(microphones, silence);
        microphones.start();
        return source;
    }

    private FailoverSink sink(AudioSink opened, String problem, DeviceRequest.Opening<AudioSink> reopening) {
        speakers = new DeviceSupervisor<>(
                AudioDirection.OUTPUT, port(opened, problem, reopening), working -> working, this::devices, bus, 1);
        sink = new FailoverSink(speakers, discard);
        speakers.start();
        return sink;
    }

    @AfterEach
    void closeAll() {
        if (source != null) {
            source.close();
        }
        if (sink != null) {
            sink.close();
        }
    }

    private short read() throws AudioLostException {
        source.read(frame);
        return frame[0];
    }

    private static FakeSource endless(short sound) {
        return new FakeSource(Integer.MAX_VALUE, number -> {}).playing(sound);
    }

    private short readQuietly() {
        try {
            return read();
        } catch (AudioLostException closed) {
            throw new AssertionError(closed);
        }
    }

    private void writeQuietly() {
        try {
            writeFrame();
        } catch (AudioLostException closed) {
            throw new AssertionError(closed);
        }
    }

    private void writeFrame() throws AudioLostException {
        sink.awaitRoom();
        sink.write(frame);
    }

    @Test
    void shouldBeSilentWithoutAMicrophoneAndNameTheOthers() throws AudioLostException {
        source(null, "no working microphone", null);

        assertThat(read()).isZero();
        assertThat(events.await(CallEvent.AudioLost.class))
                .isEqualTo(new CallEvent.AudioLost(
                        AudioDirection.INPUT, "default", "no working microphone", List.of("3: USB Headset")));
    }

    @Test
    void shouldOpenADeviceThatIsNotOpenYet() throws AudioLostException {
        Queue<AudioSource> later = new ArrayDeque<>(List.of(endless(DEVICE)));
        source(null, null, opening(later));

        Deadline.require(SOON_MS, () -> "the device", () -> readQuietly() == DEVICE);
        assertThat(events.await(CallEvent.AudioInUse.class)).isEqualTo(IN_USE);
    }

    @Test
    void shouldSayThatADeviceCannotBeOpenedYetAndOpenItLater() throws AudioLostException {
        Queue<AudioSource> later = new ConcurrentLinkedQueue<>();
        source(null, null, opening(later));

        assertThat(read()).isZero();
        assertThat(events.await(CallEvent.AudioLost.class).problem()).isEqualTo("not there");
        later.add(endless(DEVICE));
        Deadline.require(SOON_MS, () -> "the device", () -> readQuietly() == DEVICE);
        assertThat(events.await(CallEvent.AudioRestored.class).device()).isEqualTo("default");
    }

    @Test
    void shouldContinueWithSilenceWhenTheMicrophoneIsLost() throws AudioLostException {
        FakeSource device = new FakeSource(2, number -> {}).playing(DEVICE);
        source(device, null, null);

        assertThat(read()).isEqualTo(DEVICE);
        assertThat(read()).isEqualTo(DEVICE);
        assertThat(read()).isZero();
        assertThat(events.await(CallEvent.AudioLost.class).problem()).isEqualTo("the fake microphone was unplugged");
        Deadline.require(SOON_MS, () -> "given back", () -> device.closed() == 1);
    }

    @Test
    void shouldBeHeardAgainWhenTheMicrophoneIsBack() throws AudioLostException {
        Queue<AudioSource> back =
                new ArrayDeque<>(List.of(new FakeSource(Integer.MAX_VALUE, number -> {}).playing(OTHER_DEVICE)));
        source(new FakeSource(1, number -> {}).playing(DEVICE), null, opening(back));
        assertThat(read()).isEqualTo(DEVICE);
        assertThat(read()).isZero();
        assertThat(events.await(CallEvent.AudioRestored.class))
                .isEqualTo(new CallEvent.AudioRestored(AudioDirection.INPUT, "default"));

        assertThat(read()).isEqualTo(OTHER_DEVICE);
    }

    @Test
    void shouldTellAMicrophoneFromWhatStandsInForItAndFromAnother() throws AudioLostException {
        silence.insteadOfAMicrophone();
        Queue<AudioSource> back =
                new ArrayDeque<>(List.of(new FakeSource(Integer.MAX_VALUE, number -> {}).playing(OTHER_DEVICE)));
        source(new FakeSource(2, number -> {}).playing(DEVICE), null, opening(back));
        read();
        assertThat(source.isMicrophone()).as("the first frame of a device").isFalse();
        read();
        assertThat(source.isMicrophone()).isTrue();
        assertThat(read()).isZero();
        assertThat(source.isMicrophone()).as("silence").isFalse();
        events.await(CallEvent.AudioRestored.class);
        assertThat(read()).isEqualTo(OTHER_DEVICE);
        assertThat(source.isMicrophone()).as("the first frame of another").isFalse();
        read();
        assertThat(source.isMicrophone()).isTrue();
    }

    /** As Java Sound's does when a device vanishes meanwhile. */
    @Test
    void shouldLookForALostDeviceAlsoWhenTheListingOfDevicesFails() throws AudioLostException {
        listingFails = true;
        source(
                new FakeSource(1, number -> {}).playing(DEVICE),
                null,
                opening(new ArrayDeque<>(List.of(endless(OTHER_DEVICE)))));
        assertThat(read()).isEqualTo(DEVICE);
        assertThat(read()).isZero();

        assertThat(events.await(CallEvent.AudioLost.class).available()).isEmpty();
        events.await(CallEvent.AudioRestored.class);
        assertThat(read()).isEqualTo(OTHER_DEVICE);
    }

    @Test
    void shouldNotSayThatAMicrophoneIsBackBeforeItDelivers() throws AudioLostException {
        FakeSource dead = new FakeSource(0, number -> {});
        Queue<AudioSource> back = new ArrayDeque<>(List.of(dead, dead, endless(OTHER_DEVICE)));
        List<AudioSource> tried = Collections.synchronizedList(new ArrayList<>());
        trial = opened -> {
            tried.add(opened);
            if (opened == dead) {
                throw new AudioUnavailableException(AudioUnavailableException.Subject.NAMED_DEVICE, "dead");
            }
            return opened;
        };
        source(new FakeSource(1, number -> {}).playing(DEVICE), null, opening(back));
        assertThat(read()).isEqualTo(DEVICE);
        assertThat(read()).isZero();
        events.await(CallEvent.AudioRestored.class);

        assertThat(tried).hasSize(3);
        assertThat(read()).isEqualTo(OTHER_DEVICE);
    }

    @Test
    void shouldOpenTheDefaultAgainWhenItIsChosenAgain() throws AudioLostException {
        source(endless(DEVICE), null, null);
        assertThat(read()).isEqualTo(DEVICE);
        microphones.use(request("default", () -> endless(OTHER_DEVICE)));
        Deadline.require(SOON_MS, () -> "the new default", () -> readQuietly() == OTHER_DEVICE);
        events.awaitMatching(IN_USE);

        microphones.use(request("default", () -> {
            throw new AudioUnavailableException(AudioUnavailableException.Subject.DEFAULT_DEVICE, "in use");
        }));
        events.awaitMatching(IN_USE);
        assertThat(read()).as("hardware with room for one user").isEqualTo(OTHER_DEVICE);
    }

    @Test
    void shouldSurviveAMicrophoneThatIsLostRepeatedly() throws AudioLostException {
        Queue<AudioSource> back = new ArrayDeque<>();
        for (int i = 0; i < 5; i++) {
            back.add(new FakeSource(1, number -> {}).playing(OTHER_DEVICE));
        }
        source(new FakeSource(1, number -> {}).playing(DEVICE), null, opening(back));
        assertThat(read()).isEqualTo(DEVICE);
        for (int i = 0; i < 5; i++) {
            assertThat(read()).isZero();
            events.await(CallEvent.AudioRestored.class);
            assertThat(read()).isEqualTo(OTHER_DEVICE);
        }
    }

    @Test
    void shouldEndTheCaptureWhenItIsClosed() throws AudioLostException {
        FakeSource device = new FakeSource(Integer.MAX_VALUE, number -> {}).playing(DEVICE);
        source(device, null, null);
        read();
        source.close();

        assertThatExceptionOfType(AudioLostException.class).isThrownBy(this::read);
        assertThat(device.closed()).isPositive();
        assertThat(silence.closed()).isPositive();
        assertThat(events.take()).as("closing is no loss").containsExactly(IN_USE);
    }

    @Test
    void shouldCloseAMicrophoneThatWasReopenedAndNeverUsed() throws AudioLostException {
        FakeSource found = new FakeSource(Integer.MAX_VALUE, number -> {});
        source(null, "not there", opening(new ArrayDeque<>(List.of(found))));
        events.await(CallEvent.AudioRestored.class);
        source.close();

        assertThat(Deadline.await(10_000, () -> found.closed() > 0)).isTrue();
        assertThatExceptionOfType(AudioLostException.class).isThrownBy(this::read);
    }

    /** The device goes in the very moment of hanging up: no error of ours may come of it. */
    @Test
    void shouldNotFailWhenTheMicrophoneIsLostAfterTheClosing() {
        FakeSource device = new FakeSource(0, number -> {});
        DeviceSupervisor<AudioSource> supervisor = new DeviceSupervisor<>(
                AudioDirection.INPUT,
                port(device, null, opening(new ArrayDeque<>())),
                working -> working,
                List::of,
                bus,
                1);
        supervisor.close();
        supervisor.onLost(device, "unplugged");

        assertThat(events.take()).isEmpty();
    }

    @Test
    void shouldContinueAtTheSamePaceWhenTheSpeakerIsLost() throws AudioLostException {
        FakeSink device = new FakeSink(2, number -> {});
        sink(device, null, null);
        for (int i = 0; i < 5; i++) {
            writeFrame();
        }

        assertThat(device.heard()).hasSize(2);
        Deadline.require(SOON_MS, () -> "given back", () -> device.closed() == 1);
        assertThat(discard.heard())
                .as("the rest goes discard, at the same pace")
                .hasSize(3);
        assertThat(events.await(CallEvent.AudioLost.class).direction()).isEqualTo(AudioDirection.OUTPUT);
    }

    @Test
    void shouldPlayAgainWhenTheSpeakerIsBack() throws AudioLostException {
        FakeSink back = new FakeSink(Integer.MAX_VALUE, number -> {});
        sink(new FakeSink(1, number -> {}), null, opening(new ArrayDeque<>(List.of(back))));
        writeFrame();
        writeFrame();
        events.await(CallEvent.AudioRestored.class);
        writeFrame();
        sink.drain();

        assertThat(back.heard()).hasSize(1);
        assertThat(back.drained()).isEqualTo(1);
    }

    @Test
    void shouldEndThePlayoutWhenItIsClosed() throws AudioLostException {
        FakeSink device = new FakeSink(Integer.MAX_VALUE, number -> {});
        sink(device, null, null);
        writeFrame();
        sink.close();

        assertThatExceptionOfType(AudioLostException.class).isThrownBy(sink::awaitRoom);
        assertThatExceptionOfType(AudioLostException.class).isThrownBy(() -> sink.write(frame));
        assertThat(device.closed()).isPositive();
        assertThat(events.take())
                .as("closing is no loss")
                .containsExactly(new CallEvent.AudioInUse(AudioDirection.OUTPUT, "default"));
    }

    @Test
    void shouldSwitchToTheChosenMicrophoneAndCloseTheOldOne() throws AudioLostException {
        FakeSource old = endless(DEVICE);
        FakeSource chosen = endless(OTHER_DEVICE);
        source(old, null, null);
        assertThat(read()).isEqualTo(DEVICE);

        microphones.use(request("other", () -> chosen));
        Deadline.require(SOON_MS, () -> "the chosen one", () -> readQuietly() == OTHER_DEVICE);

        events.awaitMatching(new CallEvent.AudioInUse(AudioDirection.INPUT, "other"));
        assertThat(old.closed()).as("given back").isPositive();
        assertThat(chosen.closed()).isZero();
        assertThat(events.take()).as("no loss").isEmpty();
    }

    @Test
    void shouldKeepTheOldDeviceWhenTheChosenOneCannotBeOpened() throws AudioLostException {
        FakeSource old = endless(DEVICE);
        source(old, null, null);
        microphones.use(request("busy", () -> {
            throw new AudioUnavailableException(AudioUnavailableException.Subject.NAMED_DEVICE, "it is busy");
        }));

        assertThat(events.await(CallEvent.AudioRefused.class))
                .isEqualTo(new CallEvent.AudioRefused(AudioDirection.INPUT, "busy", "it is busy"));
        microphones.use(request("odd", () -> {
            throw new IllegalStateException("a driver's");
        }));
        assertThat(events.await(CallEvent.AudioRefused.class).problem()).contains("a driver's");
        assertThat(read()).isEqualTo(DEVICE);
        assertThat(old.closed()).isZero();
    }

    @Test
    void shouldNotReopenTheDeviceInUse() {
        int[] opened = {0};
        source(endless(DEVICE), null, null);
        CallEvent inUse = new CallEvent.AudioInUse(AudioDirection.INPUT, "other");
        for (int choice = 0; choice < 2; choice++) {
            microphones.use(request("other", () -> {
                opened[0]++;
                return endless(OTHER_DEVICE);
            }));
            Deadline.require(SOON_MS, () -> "the other one", () -> readQuietly() == OTHER_DEVICE);
            events.awaitMatching(inUse);
        }

        assertThat(opened[0]).isEqualTo(1);
    }

    @Test
    void shouldUseTheChosenDeviceWhileRetryingTheLostOne() throws AudioLostException {
        source(new FakeSource(1, number -> {}).playing(DEVICE), null, opening(new ArrayDeque<>()));
        assertThat(read()).isEqualTo(DEVICE);
        assertThat(read()).isZero();
        events.await(CallEvent.AudioLost.class);

        microphones.use(request("other", () -> endless(OTHER_DEVICE)));
        Deadline.require(SOON_MS, () -> "the chosen one", () -> readQuietly() == OTHER_DEVICE);
        events.awaitMatching(new CallEvent.AudioInUse(AudioDirection.INPUT, "other"));
    }

    @Test
    void shouldRetryTheChosenDeviceWhenThatIsLost() throws AudioLostException {
        Queue<AudioSource> again =
                new ArrayDeque<>(List.of(new FakeSource(1, number -> {}).playing(OTHER_DEVICE), endless(OTHER_DEVICE)));
        source(endless(DEVICE), null, opening(new ArrayDeque<>()));
        microphones.use(request("other", opening(again)));
        Deadline.require(SOON_MS, () -> "the chosen one", () -> readQuietly() == OTHER_DEVICE);
        assertThat(read()).isZero();

        assertThat(events.await(CallEvent.AudioLost.class).device()).isEqualTo("other");
        assertThat(events.await(CallEvent.AudioRestored.class).device()).isEqualTo("other");
        assertThat(read()).isEqualTo(OTHER_DEVICE);
    }

    /** A device that stands still is not read again before it is lost; nobody should wait for that. */
    @Test
    void shouldWakeACaptureThreadStalledInTheOldDevice() throws AudioLostException {
        FakeSource old = endless(DEVICE);
        source(old, null, null);
        microphones.use(request("other", () -> endless(OTHER_DEVICE)));

        Deadline.require(SOON_MS, () -> "the old one closed", () -> old.closed() > 0);
        assertThat(read()).isEqualTo(OTHER_DEVICE);
        assertThat(events.take()).noneMatch(CallEvent.AudioLost.class::isInstance);
    }

    @Test
    void shouldPlayOnTheSpeakerThatIsChosen() throws AudioLostException {
        FakeSink old = new FakeSink(Integer.MAX_VALUE, number -> {});
        FakeSink chosen = new FakeSink(Integer.MAX_VALUE, number -> {});
        sink(old, null, null);
        writeFrame();
        speakers.use(request("other", () -> chosen));
        Deadline.require(SOON_MS, () -> "the chosen one", () -> {
            writeQuietly();
            return !chosen.heard().isEmpty();
        });

        events.awaitMatching(new CallEvent.AudioInUse(AudioDirection.OUTPUT, "other"));
        assertThat(old.closed()).isPositive();
        sink.close();
        assertThat(chosen.closed()).isPositive();
    }

    @Test
    void shouldCloseADeviceThatIsOpenedDuringClose() {
        FakeSource late = endless(OTHER_DEVICE);
        source(endless(DEVICE), null, null);
        microphones.use(request("other", () -> {
            source.close();
            return late;
        }));

        assertThat(Deadline.await(SOON_MS, () -> late.closed() > 0)).isTrue();
    }
}
