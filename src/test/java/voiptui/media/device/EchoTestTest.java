package voiptui.media.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.event.EventBus;
import voiptui.event.PhoneEvent;
import voiptui.event.PhoneEvent.EchoTestState;
import voiptui.event.SpeechLevel;
import voiptui.testkit.Deadline;
import voiptui.testkit.Events;
import voiptui.testkit.FakeSink;
import voiptui.testkit.FakeSource;
import voiptui.testkit.ManualClock;

/** Devices that take no time, or all of it. */
@Timeout(30)
class EchoTestTest {

    private static final long SOON_MS = 10_000;
    private static final int FRAMES = EchoTest.RECORDED_MS / PcmFormat.OPUS.frameMs();

    private final EventBus bus = new EventBus();
    private final Events events = new Events(bus);
    private final ManualClock clock = new ManualClock();
    private final FakeSink sink = new FakeSink(Integer.MAX_VALUE, number -> {});
    private FakeSource source = source(3_000);

    private static FakeSource source(int sample) {
        return new FakeSource(Integer.MAX_VALUE, number -> {}).playing((short) sample);
    }

    private EchoTest start(DeviceRequest.Opening<AudioSource> microphone, DeviceRequest.Opening<AudioSink> speaker) {
        EchoTest test = new EchoTest(
                new DeviceRequest<>("default", microphone, true, false),
                new DeviceRequest<>("default", speaker, true, false),
                PcmFormat.OPUS,
                bus,
                clock,
                (thread, fault) -> {
                    throw new AssertionError(fault);
                });
        test.start();
        return test;
    }

    private PhoneEvent.EchoTest await(EchoTestState state) {
        PhoneEvent.EchoTest event;
        do {
            event = events.await(PhoneEvent.EchoTest.class);
        } while (event.state() != state);
        return event;
    }

    private static PhoneEvent.EchoTest ended(@Nullable SpeechLevel level, String problem) {
        return new PhoneEvent.EchoTest(EchoTestState.ENDED, level, problem);
    }

    @Test
    void shouldPlayWhatTheMicrophoneRecordedAndCloseBoth() {
        start(() -> source, () -> sink).awaitClosed();

        assertThat(events.take().stream().filter(PhoneEvent.EchoTest.class::isInstance))
                .containsExactly(
                        new PhoneEvent.EchoTest(EchoTestState.OPENING, null, ""),
                        new PhoneEvent.EchoTest(EchoTestState.RECORDING, null, ""),
                        new PhoneEvent.EchoTest(EchoTestState.PLAYING, SpeechLevel.GOOD, ""),
                        ended(SpeechLevel.GOOD, ""));
        assertThat(sink.heard()).hasSize(FRAMES).allMatch(frame -> frame[0] == 3_000);
        assertThat(sink.drained()).as("the last word is heard, too").isEqualTo(1);
        assertThat(source.closed()).isPositive();
        assertThat(sink.closed()).isPositive();
    }

    @Test
    void shouldSayHowWellTheUserIsHeard() {
        for (Object[] heard : List.of(
                new Object[] {0, SpeechLevel.NO_SOUND},
                new Object[] {100, SpeechLevel.TOO_QUIET},
                new Object[] {(int) Short.MAX_VALUE, SpeechLevel.TOO_LOUD})) {
            source = source((int) heard[0]);
            FakeSource recorded = source;
            start(() -> recorded, () -> new FakeSink(Integer.MAX_VALUE, number -> {}));
            assertThat(await(EchoTestState.PLAYING).level()).isEqualTo(heard[1]);
            await(EchoTestState.ENDED);
        }
    }

    @Test
    void shouldSayWhyADeviceCannotBeOpened() {
        start(
                () -> {
                    throw new AudioUnavailableException(
                            AudioUnavailableException.Subject.NAMED_DEVICE, "unknown microphone 'USB'");
                },
                () -> sink);

        assertThat(await(EchoTestState.ENDED)).isEqualTo(ended(null, "unknown microphone 'USB'"));
        Deadline.require(SOON_MS, () -> "the speaker is closed", () -> sink.closed() > 0);
    }

    @Test
    void shouldSayWhatToDoIfTheSoundSystemDoesNotRespond() {
        start(() -> source, () -> {
            throw new AudioUnavailableException(
                    AudioUnavailableException.Subject.SOUND_SYSTEM, "the sound system does not respond");
        });

        assertThat(await(EchoTestState.ENDED))
                .isEqualTo(ended(null, "the sound system does not respond; restart the sound server"));
        assertThat(source.closed()).as("it was not opened").isZero();
    }

    @Test
    void shouldEndAtOnceAndCloseBothDevices() throws InterruptedException {
        CountDownLatch recording = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        source = new FakeSource(Integer.MAX_VALUE, number -> {
            recording.countDown();
            await(goesOn);
        });
        EchoTest test = start(() -> source, () -> sink);
        recording.await();

        test.stop();

        assertThat(test.isOver()).isTrue();
        assertThat(source.closed())
                .as("although the microphone delivers nothing")
                .isPositive();
        assertThat(sink.closed()).isPositive();
        goesOn.countDown();
        test.awaitClosed();
        assertThat(events.take()).last().isEqualTo(ended(null, ""));
        assertThat(sink.heard()).isEmpty();
    }

    @Test
    void shouldEndWithoutADriverThatHangsAndCloseWhatItOpensLater() {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(1);
        EchoTest test = start(
                () -> {
                    opening.countDown();
                    await(hanging);
                    return source;
                },
                () -> sink);
        await(opening);
        clock.advanceMs(EchoTest.OPENING_MS - 1);
        test.onTick();
        assertThat(test.isOver()).isFalse();

        clock.advanceMs(1);
        test.onTick();

        assertThat(await(EchoTestState.ENDED))
                .isEqualTo(ended(null, "the sound system does not respond; restart the sound server"));
        hanging.countDown();
        test.awaitClosed();
        assertThat(source.closed()).isPositive();
        assertThat(sink.heard()).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
