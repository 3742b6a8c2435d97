package voiptui.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.audio.AudioDevice;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;
import voiptui.testkit.Deadline;
import voiptui.testkit.Events;
import voiptui.testkit.FakeSink;
import voiptui.testkit.FakeSource;

/** A microphone and a speaker that fail and come back. The looking for them goes on on a real thread, each millisecond. */
@Timeout(30)
class LastingAudioTest {

    private static final short DEVICE = 7;
    private static final short OTHER_DEVICE = 8;

    private final EventBus bus = new EventBus();
    private final Events events = new Events(bus);
    private final short[] frame = new short[882];
    private final FakeSource silence = new FakeSource(Integer.MAX_VALUE, number -> { });
    private final FakeSink nowhere = new FakeSink(Integer.MAX_VALUE, number -> { });
    private LastingSource source;
    private LastingSink sink;

    /** Devices that can be opened, in turn; {@code null} for one that cannot yet. */
    private static <T> AudioPort.Opening<T> opening(Queue<T> devices) {
        return () -> {
            T device = devices.poll();
            if (device == null) {
                throw new AudioUnavailableException(AudioUnavailableException.Subject.DEFAULT_DEVICE, "not there");
            }
            return device;
        };
    }

    private static List<AudioDevice> devices() {
        return List.of(new AudioDevice(3, "USB Headset", "", List.of()));
    }

    private LastingSource source(AudioSource opened, String problem, AudioPort.Opening<AudioSource> reopening) {
        AudioPort<AudioSource> port = new AudioPort<>("default", opened, problem, reopening, false);
        source = new LastingSource(port, silence,
                new AudioRecovery<>(AudioDirection.INPUT, port, LastingAudioTest::devices, bus, 1));
        return source;
    }

    private LastingSink sink(AudioSink opened, String problem, AudioPort.Opening<AudioSink> reopening) {
        AudioPort<AudioSink> port = new AudioPort<>("default", opened, problem, reopening, false);
        sink = new LastingSink(port, nowhere,
                new AudioRecovery<>(AudioDirection.OUTPUT, port, LastingAudioTest::devices, bus, 1));
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

    private void writeFrame() throws AudioLostException {
        sink.awaitRoom();
        sink.write(frame);
    }

    @Test
    void shouldBeSilentWithoutAMicrophoneAndSayWhichThereAre() throws AudioLostException {
        source(null, "no microphone can be opened", null);

        assertThat(read()).isZero();
        assertThat(events.await(CallEvent.AudioLost.class)).isEqualTo(new CallEvent.AudioLost(AudioDirection.INPUT,
                "default", "no microphone can be opened", List.of("3: USB Headset")));
    }

    @Test
    void shouldGoOnWithSilenceWhenTheMicrophoneVanishes() throws AudioLostException {
        FakeSource device = new FakeSource(2, number -> { }).playing(DEVICE);
        source(device, null, null);

        assertThat(read()).isEqualTo(DEVICE);
        assertThat(read()).isEqualTo(DEVICE);
        assertThat(read()).isZero();
        assertThat(device.closed()).as("given back").isEqualTo(1);
        assertThat(events.await(CallEvent.AudioLost.class).problem()).isEqualTo("the fake microphone was unplugged");
    }

    @Test
    void shouldBeHeardAgainWhenTheMicrophoneIsBack() throws AudioLostException {
        Queue<AudioSource> back = new ArrayDeque<>(
                List.of(new FakeSource(Integer.MAX_VALUE, number -> { }).playing(OTHER_DEVICE)));
        source(new FakeSource(1, number -> { }).playing(DEVICE), null, opening(back));
        assertThat(read()).isEqualTo(DEVICE);
        assertThat(read()).isZero();
        assertThat(events.await(CallEvent.AudioRestored.class))
                .isEqualTo(new CallEvent.AudioRestored(AudioDirection.INPUT, "default"));

        assertThat(read()).isEqualTo(OTHER_DEVICE);
    }

    @Test
    void shouldSurviveAMicrophoneThatVanishesAgainAndAgain() throws AudioLostException {
        Queue<AudioSource> back = new ArrayDeque<>();
        for (int i = 0; i < 5; i++) {
            back.add(new FakeSource(1, number -> { }).playing(OTHER_DEVICE));
        }
        source(new FakeSource(1, number -> { }).playing(DEVICE), null, opening(back));
        assertThat(read()).isEqualTo(DEVICE);
        for (int i = 0; i < 5; i++) {
            assertThat(read()).isZero();
            events.await(CallEvent.AudioRestored.class);
            assertThat(read()).isEqualTo(OTHER_DEVICE);
        }
    }

    @Test
    void shouldEndTheCaptureWhenItIsClosed() throws AudioLostException {
        FakeSource device = new FakeSource(Integer.MAX_VALUE, number -> { }).playing(DEVICE);
        source(device, null, null);
        read();
        source.close();

        assertThatExceptionOfType(AudioLostException.class).isThrownBy(this::read);
        assertThat(device.closed()).isPositive();
        assertThat(silence.closed()).isPositive();
        assertThat(events.take()).as("closing is no loss").isEmpty();
    }

    @Test
    void shouldGiveBackAMicrophoneThatWasFoundAndNeverUsed() throws AudioLostException {
        FakeSource found = new FakeSource(Integer.MAX_VALUE, number -> { });
        source(null, "not there", opening(new ArrayDeque<>(List.of(found))));
        events.await(CallEvent.AudioRestored.class);
        source.close();

        assertThat(Deadline.await(10_000, () -> found.closed() > 0)).isTrue();
        assertThatExceptionOfType(AudioLostException.class).isThrownBy(this::read);
    }

    /** The device goes in the very moment of hanging up: no error of ours may come of it. */
    @Test
    void shouldNotFailWhenTheMicrophoneIsLostAfterTheClosing() {
        AudioRecovery<AudioSource> recovery = new AudioRecovery<>(AudioDirection.INPUT,
                new AudioPort<>("default", null, null, opening(new ArrayDeque<>()), false), List::of, bus, 1);
        recovery.close();
        recovery.onLost("unplugged");

        assertThat(events.take()).isEmpty();
    }

    @Test
    void shouldGoOnAtItsPaceWhenTheSpeakerVanishes() throws AudioLostException {
        FakeSink device = new FakeSink(2, number -> { });
        sink(device, null, null);
        for (int i = 0; i < 5; i++) {
            writeFrame();
        }

        assertThat(device.heard()).hasSize(2);
        assertThat(device.closed()).isEqualTo(1);
        assertThat(nowhere.heard()).as("the rest goes nowhere, at the same pace").hasSize(3);
        assertThat(events.await(CallEvent.AudioLost.class).direction()).isEqualTo(AudioDirection.OUTPUT);
    }

    @Test
    void shouldPlayAgainWhenTheSpeakerIsBack() throws AudioLostException {
        FakeSink back = new FakeSink(Integer.MAX_VALUE, number -> { });
        sink(new FakeSink(1, number -> { }), null, opening(new ArrayDeque<>(List.of(back))));
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
        FakeSink device = new FakeSink(Integer.MAX_VALUE, number -> { });
        sink(device, null, null);
        writeFrame();
        sink.close();

        assertThatExceptionOfType(AudioLostException.class).isThrownBy(sink::awaitRoom);
        assertThatExceptionOfType(AudioLostException.class).isThrownBy(() -> sink.write(frame));
        assertThat(device.closed()).isPositive();
        assertThat(events.take()).isEmpty();
    }
}
