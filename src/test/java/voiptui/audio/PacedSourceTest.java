package voiptui.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PacedSourceTest {

    private final FakeTime time = new FakeTime();
    private final AudioSource source = new SilenceSource(time.pacer());
    private final short[] frame = new short[PcmFormat.CLASSIC.frameSamples()];

    @Test
    void shouldDeliverAFrameWhenItIsDue() throws AudioLostException {
        source.read(frame);
        source.read(frame);
        source.awaitFrames(2);
        assertThat(time.takeWaitedMs()).isEqualTo(30);
        source.read(frame);
        source.read(frame);
        assertThat(time.takeWaitedMs()).as("both were there").isZero();
    }

    @Test
    void shouldSayThatItWasClosed() {
        source.close();
        assertThatThrownBy(() -> source.awaitFrames(1))
                .isInstanceOf(AudioLostException.class)
                .hasMessage("the silence was closed");
        assertThatThrownBy(() -> source.read(frame)).hasMessage("the silence was closed");
    }
}
