package voiptui.audio.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceNamesTest {

    @Test
    void shouldTellDevicesWithOneNameApart() {
        assertThat(DeviceNames.unique(List.of("Headset", "HDMI", "Headset", "Headset")))
                .containsExactly("Headset", "HDMI", "Headset (2)", "Headset (3)");
    }

    @Test
    void shouldNotGiveANumberThatAnotherDeviceHas() {
        assertThat(DeviceNames.unique(List.of("Headset", "Headset (2)", "Headset")))
                .containsExactly("Headset", "Headset (2)", "Headset (3)");
    }
}
