package voiptui.audio.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.device.AudioDevice;
import voiptui.audio.device.DeviceChoice;
import voiptui.audio.wav.NewWavFile;

class SpecTest {

    private final List<AudioDevice> devices = List.of(
            new AudioDevice(0, "default [default]", "the system's choice", List.of()),
            new AudioDevice(1, "Headset [plughw:1,0]", "USB Audio", List.of()),
            new AudioDevice(2, "PCH [plughw:0,0]", "HDA Intel, USB Audio of the dock", List.of()));

    @Test
    void shouldParseEveryKindOfMicrophone() {
        assertThat(MicSpec.parse("default")).isEqualTo(new MicSpec.SystemDefault());
        assertThat(MicSpec.parse("file:a b/c.wav")).isEqualTo(new MicSpec.WavFile(Path.of("a b/c.wav")));
        assertThat(MicSpec.parse("tone")).isEqualTo(new MicSpec.Tone(440));
        assertThat(MicSpec.parse("tone:1000.5")).isEqualTo(new MicSpec.Tone(1000.5));
        assertThat(MicSpec.parse("silence")).isEqualTo(new MicSpec.Silence());
        assertThat(MicSpec.parse("2")).isEqualTo(new MicSpec.Device(new DeviceChoice("2")));
        assertThat(MicSpec.parse("plughw:0,0")).isEqualTo(new MicSpec.Device(new DeviceChoice("plughw:0,0")));
    }

    @Test
    void shouldParseEveryKindOfSpeaker() {
        assertThat(SpeakerSpec.parse("default")).isEqualTo(new SpeakerSpec.SystemDefault());
        assertThat(SpeakerSpec.parse("file:/x.wav"))
                .isEqualTo(new SpeakerSpec.WavFile(new NewWavFile(Path.of("/x.wav"), false)));
        assertThat(SpeakerSpec.parse("null")).isEqualTo(new SpeakerSpec.Null());
        assertThat(SpeakerSpec.parse("Headset")).isEqualTo(new SpeakerSpec.Device(new DeviceChoice("Headset")));
    }

    @Test
    void shouldCountAsNamedOnlyADeviceThatWasNamed() {
        assertThat(MicSpec.parse("Headset").isNamed()).isTrue();
        assertThat(MicSpec.parse("default").isNamed()).isFalse();
        assertThat(MicSpec.parse("default").isDevice()).isTrue();
        assertThat(SpeakerSpec.parse("null").isNamed()).isFalse();
        assertThat(SpeakerSpec.parse("file:x.wav").isDevice()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "file:",
                "file: ",
                "file:a\0b",
                "tone:",
                "tone:abc",
                "tone:0",
                "tone:-5",
                "tone:NaN",
                "tone:1e9",
                "null"
            })
    void shouldRejectInvalidMicrophonesInOneLine(String text) {
        assertThatThrownBy(() -> MicSpec.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasLineCount(1)
                .hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:", "tone", "tone:440", "silence"})
    void shouldRejectInvalidSpeakersInOneLine(String text) {
        assertThatThrownBy(() -> SpeakerSpec.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasLineCount(1)
                .hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "Headset [plughw:1,0]", "headset", "PLUGHW:1"})
    void shouldFindADeviceByIndexNameOrAPartOfIt(String text) throws AudioUnavailableException {
        assertThat(new DeviceChoice(text).find(devices, "speaker").index()).isEqualTo(1);
    }

    @Test
    void shouldNotGuessBetweenDevices() {
        assertThatThrownBy(() -> new DeviceChoice("usb audio").find(devices, "speaker"))
                .isInstanceOf(AudioUnavailableException.class)
                .hasMessageContaining("2 devices");
    }

    @Test
    void shouldRejectAnUnknownDevice() {
        assertThatThrownBy(() -> new DeviceChoice("9").find(devices, "microphone"))
                .isInstanceOfSatisfying(AudioUnavailableException.class, e -> {
                    assertThat(e).hasMessage("unknown microphone '9'");
                    assertThat(e.namedByUser()).isTrue();
                    assertThat(e.subject()).isEqualTo(AudioUnavailableException.Subject.NAMED_DEVICE);
                });
    }
}
