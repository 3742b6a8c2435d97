package voiptui.media.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
import voiptui.event.CallEvent.Choice;
import voiptui.event.EventBus;
import voiptui.testkit.Deadline;
import voiptui.testkit.Events;
import voiptui.testkit.FakeSink;
import voiptui.testkit.FakeSource;
import voiptui.time.NanoClock;

/** A catalog of made-up devices, each of which can be opened once at a time, as exclusive hardware can. */
@Timeout(60)
class DeviceManagerTest {

    private static final long SOON_MS = 10_000;

    private final EventBus bus = new EventBus();
    private final Events events = new Events(bus);
    private final short[] frame = new short[882];
    private final List<String> opened = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, FakeSource> sources = Collections.synchronizedMap(new HashMap<>());
    private final FakeSource first = source((short) 1);
    private DeviceManager devices;

    private static FakeSource source(short sound) {
        return new FakeSource(Integer.MAX_VALUE, number -> {}).playing(sound);
    }

    private final DeviceCatalog catalog = new DeviceCatalog() {
        @Override
        public DeviceRequest<AudioSource> microphone(String text) {
            if (text.isBlank()) {
                throw new IllegalArgumentException("no microphone named");
            }
            return new DeviceRequest<>(
                    text, () -> openSource(text), !text.startsWith("file:"), text.startsWith("file:"));
        }

        @Override
        public DeviceRequest<AudioSink> speaker(String text) {
            return new DeviceRequest<>(text, () -> new FakeSink(Integer.MAX_VALUE, number -> {}), true, false);
        }

        @Override
        public List<AudioDevice> devices(AudioDirection direction) {
            return direction == AudioDirection.INPUT
                    ? List.of(
                            new AudioDevice(0, "Built-in", "Analog", List.of()),
                            new AudioDevice(1, "USB", "", List.of()))
                    : List.of();
        }
    };

    private AudioSource openSource(String text) throws AudioUnavailableException {
        FakeSource holder = sources.get(text);
        if (text.equals("broken") || holder != null && holder.closed() == 0) {
            throw new AudioUnavailableException(AudioUnavailableException.Subject.NAMED_DEVICE, text + " is busy");
        }
        FakeSource source = text.equals("dead") ? new FakeSource(0, number -> {}) : source((short) 16_384);
        if (text.equals("file:cut.wav")) {
            source.warningOf("cut short");
        }
        sources.put(text, source);
        opened.add(text);
        return source;
    }

    private void start(String microphone, boolean waitsForPeer, String speaker) {
        DeviceRequest<AudioSource> request = new DeviceRequest<>(microphone, () -> first, false, waitsForPeer);
        devices = new DeviceManager(
                new OpenedDevices(
                        PcmFormat.CLASSIC,
                        new OpenedDevice<>(request, first, null),
                        OpenedDevice.opened(speaker, new FakeSink(Integer.MAX_VALUE, number -> {}))),
                catalog,
                NanoClock.SYSTEM,
                bus,
                (thread, fault) -> bus.publish(new CallEvent.Failed(thread.getName(), fault)));
        devices.start();
    }

    @AfterEach
    void close() {
        if (devices != null) {
            devices.close();
        }
    }

    private short read() {
        try {
            devices.microphone().read(frame);
        } catch (AudioLostException closed) {
            throw new AssertionError(closed);
        }
        return frame[0];
    }

    @Test
    void shouldAnnounceTheDevicesInUseAtTheStart() {
        start("silence", false, "null");

        assertThat(events.take())
                .containsExactly(
                        new CallEvent.AudioInUse(AudioDirection.INPUT, "silence"),
                        new CallEvent.AudioInUse(AudioDirection.OUTPUT, "null"));
    }

    @Test
    void shouldSayWhatIsWrongWithAFileThatIsUsed() {
        CallEvent warning = new CallEvent.AudioWarning(AudioDirection.INPUT, "file:cut.wav", "cut short");
        first.warningOf("cut short");
        start("file:cut.wav", true, "null");
        events.awaitMatching(warning);
        devices.use(AudioDirection.INPUT, "USB");
        Deadline.require(SOON_MS, () -> "USB", () -> read() == 16_384);
        devices.use(AudioDirection.INPUT, "file:cut.wav");
        Deadline.require(SOON_MS, () -> "the file, held", () -> read() == 0);

        events.awaitMatching(warning);
    }

    @Test
    void shouldListTheDefaultAllDevicesAndTheFirstOne() {
        start("file:x.wav", true, "null");
        devices.browser().list();

        assertThat(events.await(CallEvent.DevicesListed.class))
                .isEqualTo(new CallEvent.DevicesListed(
                        List.of(
                                new Choice("default", "system default"),
                                new Choice("Built-in", "Analog"),
                                new Choice("USB", ""),
                                new Choice("file:x.wav", "selected earlier")),
                        List.of(
                                new Choice("default", "system default; no devices found: is the sound server running?"),
                                new Choice(
                                        "null", "selected earlier; no devices found: is the sound server running?"))));
    }

    @Test
    void shouldListNothingTwice() {
        start("USB", false, "default");
        devices.browser().list();

        CallEvent.DevicesListed listed = events.await(CallEvent.DevicesListed.class);
        assertThat(listed.microphones()).extracting(Choice::device).containsExactly("default", "Built-in", "USB");
        assertThat(listed.speakers()).extracting(Choice::device).containsExactly("default");
    }

    @Test
    void shouldSwitchToAnotherMicrophone() {
        start("silence", false, "null");
        devices.use(AudioDirection.INPUT, "USB");
        Deadline.require(SOON_MS, () -> "USB", () -> read() == 16_384);
        events.awaitMatching(new CallEvent.AudioInUse(AudioDirection.INPUT, "USB"));
        assertThat(first.closed()).isPositive();
        assertThat(devices.chosen(AudioDirection.INPUT)).isEqualTo("USB");
        assertThat(devices.chosen(AudioDirection.OUTPUT)).isEqualTo("null");
    }

    @Test
    void shouldNotReplaceAWorkingMicrophoneWithADeadOne() {
        start("silence", false, "null");
        devices.use(AudioDirection.INPUT, "dead");

        assertThat(events.await(CallEvent.AudioRefused.class))
                .isEqualTo(
                        new CallEvent.AudioRefused(AudioDirection.INPUT, "dead", "the fake microphone was unplugged"));
        assertThat(sources.get("dead").closed()).isPositive();
        assertThat(read()).isEqualTo((short) 1);
        assertThat(devices.chosen(AudioDirection.INPUT)).isEqualTo("silence");
    }

    /** A speaker in which audio waits, and which takes it, or does not. */
    private static final class SlowSink implements AudioSink {

        private final boolean takes;
        private volatile boolean closed;
        private long queuedNs;

        SlowSink(boolean takes) {
            this.takes = takes;
        }

        @Override
        public void awaitRoom() throws AudioLostException {
            if (!takes) {
                throw new AudioLostException("the speaker stopped taking audio");
            }
            queuedNs = 0;
        }

        @Override
        public void write(short[] frame) {
            queuedNs += 20_000_000;
        }

        @Override
        public long queuedNs() {
            return queuedNs;
        }

        @Override
        public void drain() {
            // nothing to wait for
        }

        @Override
        public String name() {
            return "slow speaker";
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void shouldNotSayThatASpeakerIsBackBeforeItTakesAudio() throws AudioLostException {
        SlowSink dead = new SlowSink(false);
        Queue<AudioSink> back = new ConcurrentLinkedQueue<>(List.of(dead, new SlowSink(true)));
        devices = new DeviceManager(
                new OpenedDevices(
                        PcmFormat.CLASSIC,
                        OpenedDevice.opened("silence", first),
                        new OpenedDevice<>(
                                new DeviceRequest<>("USB", back::remove, true, false),
                                new FakeSink(0, number -> {}),
                                null)),
                catalog,
                NanoClock.SYSTEM,
                bus,
                (thread, fault) -> bus.publish(new CallEvent.Failed(thread.getName(), fault)));
        devices.start();
        devices.speaker().awaitRoom();
        devices.speaker().write(frame);
        events.await(CallEvent.AudioLost.class);

        assertThat(events.await(CallEvent.AudioRestored.class).direction()).isEqualTo(AudioDirection.OUTPUT);
        assertThat(back).as("speakers that were not tried").isEmpty();
        assertThat(dead.closed).isTrue();
    }

    @Test
    void shouldRefuseAnInvalidDeviceInOneLine() {
        start("silence", false, "null");
        devices.use(AudioDirection.INPUT, " ");

        assertThat(events.await(CallEvent.AudioRefused.class))
                .isEqualTo(new CallEvent.AudioRefused(AudioDirection.INPUT, " ", "no microphone named"));
        assertThat(read()).isEqualTo((short) 1);
    }

    @Test
    void shouldHoldAChosenFileUntilThePeerIsHeard() {
        start("silence", false, "null");
        devices.use(AudioDirection.INPUT, "file:x.wav");
        Deadline.require(SOON_MS, () -> "the file, held", () -> read() == 0);
        events.awaitMatching(new CallEvent.AudioInUse(AudioDirection.INPUT, "file:x.wav"));
        assertThat(read()).isZero();
        devices.onPeerHeard();

        assertThat(read()).isEqualTo((short) 16_384);
    }

    @Test
    void shouldPlayAChosenFileAtOnceWhenThePeerWasHeard() {
        start("silence", false, "null");
        devices.onPeerHeard();
        devices.use(AudioDirection.INPUT, "file:x.wav");

        short[] heard = {1};
        Deadline.require(SOON_MS, () -> "the file", () -> {
            heard[0] = read();
            return heard[0] != 1;
        });
        assertThat(heard[0]).isEqualTo((short) 16_384);
    }

    @Test
    void shouldHoldTheFirstFileUntilThePeerIsHeard() {
        start("file:x.wav", true, "null");
        assertThat(read()).isZero();
        devices.onPeerHeard();
        assertThat(read()).isEqualTo((short) 1);
    }

    @Test
    void shouldPreviewAMicrophoneUntilStopped() {
        start("silence", false, "null");
        devices.browser().preview("USB");
        CallEvent.PreviewLevel level = events.await(CallEvent.PreviewLevel.class);
        assertThat(level.device()).isEqualTo("USB");
        assertThat(level.peakDbfs()).isEqualTo(-6.02, within(0.01));
        assertThat(level.problem()).isNull();
        devices.browser().stopPreview();

        assertThat(Deadline.await(SOON_MS, () -> sources.get("USB").closed() > 0))
                .isTrue();
        assertThat(first.closed()).as("the one in use").isZero();
    }

    @Test
    void shouldSayWhyAMicrophoneCannotBePreviewed() {
        start("silence", false, "null");
        devices.browser().preview("broken");
        assertThat(events.await(CallEvent.PreviewLevel.class))
                .isEqualTo(new CallEvent.PreviewLevel("broken", CallEvent.SILENCE_DBFS, "broken is busy"));
        devices.browser().preview("file:x.wav");
        assertThat(events.await(CallEvent.PreviewLevel.class).problem()).contains("file");
        devices.browser().preview("");
        assertThat(events.await(CallEvent.PreviewLevel.class).problem()).isEqualTo("no microphone named");
        assertThat(opened).isEmpty();
    }

    @Test
    void shouldPreviewOneMicrophoneAtATime() {
        start("silence", false, "null");
        devices.browser().preview("Built-in");
        events.await(CallEvent.PreviewLevel.class);
        devices.browser().preview("USB");
        Deadline.require(
                SOON_MS,
                () -> "USB",
                () -> events.await(CallEvent.PreviewLevel.class).device().equals("USB"));
        assertThat(sources.get("Built-in").closed()).isPositive();
    }

    /** The hardware has room for one: neither the same again nor the choice of it may find it busy. */
    @Test
    void shouldCloseThePreviewedMicrophoneBeforeReopeningIt() {
        start("silence", false, "null");
        devices.browser().preview("USB");
        events.await(CallEvent.PreviewLevel.class);
        devices.browser().preview("USB");
        Deadline.require(SOON_MS, () -> "opened again", () -> opened.size() == 2);
        devices.browser().stopPreview();
        devices.use(AudioDirection.INPUT, "USB");
        events.awaitMatching(new CallEvent.AudioInUse(AudioDirection.INPUT, "USB"));
        assertThat(opened).containsExactly("USB", "USB", "USB");
    }

    @Test
    void shouldCloseEverythingAtTheEnd() {
        start("silence", false, "null");
        devices.browser().preview("USB");
        events.await(CallEvent.PreviewLevel.class);
        devices.close();

        assertThat(first.closed()).isPositive();
        assertThat(sources.get("USB").closed()).isPositive();
        Deadline.require(
                SOON_MS,
                () -> "no thread left",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("voiptui-preview")));
    }
}
