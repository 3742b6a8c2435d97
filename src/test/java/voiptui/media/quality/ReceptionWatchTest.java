package voiptui.media.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import voiptui.event.VoiceEvent;
import voiptui.time.NanoClock;

class ReceptionWatchTest {

    private final ReceptionWatch watch = new ReceptionWatch();

    private VoiceEvent.@Nullable Reception at(long nowMs, long heardMs) {
        return watch.onTick(heardMs * NanoClock.NS_PER_MS, false, nowMs * NanoClock.NS_PER_MS);
    }

    @Test
    void shouldReportOnceThatNothingCame() {
        assertThat(at(1_000, 1_000)).isNull();
        assertThat(at(1_390, 1_000)).isNull();
        assertThat(at(1_430, 1_000)).isEqualTo(new VoiceEvent.Reception(false, 430));
        assertThat(at(5_000, 1_000)).isNull();
    }

    @Test
    void shouldReportHowLongNothingCame() {
        at(1_000, 1_000);
        at(1_430, 1_000);
        assertThat(at(4_240, 4_200)).isEqualTo(new VoiceEvent.Reception(true, 3_200));
        assertThat(at(4_280, 4_270)).isNull();
    }

    @Test
    void shouldWaitLongerInAnAnnouncedPause() {
        at(1_000, 1_000);
        long heardNs = 1_000 * NanoClock.NS_PER_MS;
        assertThat(watch.onTick(heardNs, true, 1_990 * NanoClock.NS_PER_MS)).isNull();
        assertThat(watch.onTick(heardNs, true, 2_000 * NanoClock.NS_PER_MS))
                .isEqualTo(new VoiceEvent.Reception(false, 1_000));
    }

    @Test
    void shouldExpectNothingBeforeTheFirstPacket() {
        assertThat(at(10_000, 0)).isNull();
    }

    @Test
    void shouldExpectNothingAfterTheEndOfTheStream() {
        at(1_000, 1_000);
        watch.rest();
        assertThat(at(5_000, 1_000)).isNull();
        assertThat(at(6_000, 5_990)).isNull();
        assertThat(at(6_400, 5_990)).isEqualTo(new VoiceEvent.Reception(false, 410));
    }
}
