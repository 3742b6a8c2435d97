package voiptui.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.media.device.DeviceRequest;
import voiptui.media.device.OpenedDevice;
import voiptui.testkit.Deadline;
import voiptui.testkit.FakeSink;

/** A ringer and a call that share a speaker with room for one user. */
@Timeout(30)
class RingerTest {

    private static final long SOON_MS = 10_000;

    private final AtomicBoolean taken = new AtomicBoolean();
    private final CountDownLatch mayPlay = new CountDownLatch(1);
    private final DeviceRequest<AudioSink> speaker = new DeviceRequest<>("default", this::open, true, false);
    private final Ringer ringer = new Ringer(speaker, PcmFormat.OPUS, (thread, bug) -> {});

    @AfterEach
    void close() {
        mayPlay.countDown();
        ringer.close();
    }

    private AudioSink open() throws AudioUnavailableException {
        if (!taken.compareAndSet(false, true)) {
            throw new AudioUnavailableException(AudioUnavailableException.Subject.DEFAULT_DEVICE, "busy");
        }
        return new OneUserSink();
    }

    /** A speaker that takes a while for a frame, and is free again when it is closed. */
    private final class OneUserSink implements AudioSink {

        @Override
        public void awaitRoom() {
            try {
                mayPlay.await();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void write(short[] frame) {
            // played
        }

        @Override
        public void drain() {
            // nothing waits
        }

        @Override
        public String name() {
            return "speaker";
        }

        @Override
        public void close() {
            taken.set(false);
        }
    }

    @Test
    void shouldFreeTheSpeakerForTheCallThatIsAnswered() throws InterruptedException {
        ringer.ring(true);
        Deadline.require(SOON_MS, () -> "ringing", taken::get);
        ringer.ring(false);
        OpenedDevice<AudioSink> forCall = ringer.afterRinging(OpenedDevice.later(speaker));
        AtomicReference<String> outcome = new AtomicReference<>("");
        Thread opening = new Thread(() -> outcome.set(opened(forCall)));
        opening.start();
        Deadline.require(
                SOON_MS,
                () -> "the call waits for the speaker, or has tried to open it",
                () -> !outcome.get().isEmpty() || opening.getState() == Thread.State.TIMED_WAITING);
        mayPlay.countDown();
        opening.join();

        assertThat(outcome.get()).isEqualTo("open");
    }

    private static String opened(OpenedDevice<AudioSink> forCall) {
        try {
            forCall.request().open();
            return "open";
        } catch (AudioUnavailableException busy) {
            return "busy";
        }
    }

    @Test
    void shouldRingForTheNextCallOnceTheSpeakerIsFree() {
        mayPlay.countDown();
        for (int call = 0; call < 3; call++) {
            ringer.ring(true);
            Deadline.require(SOON_MS, () -> "ringing", taken::get);
            ringer.ring(false);
            Deadline.require(SOON_MS, () -> "silent", () -> !taken.get());
        }
    }

    @Test
    void shouldLeaveASpeakerAloneThatIsOpenOrCannotBeOpened() {
        OpenedDevice<AudioSink> file = OpenedDevice.opened("file:x.wav", new FakeSink(1, number -> {}));
        OpenedDevice<AudioSink> broken = new OpenedDevice<>(speaker, null, "broken");

        assertThat(ringer.afterRinging(file)).isSameAs(file);
        assertThat(ringer.afterRinging(broken)).isSameAs(broken);
    }
}
