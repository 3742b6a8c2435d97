package voiptui.media.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.device.AudioBackend;
import voiptui.audio.device.AudioDevice;
import voiptui.audio.device.DeviceChoice;
import voiptui.event.AudioDirection;
import voiptui.time.NanoClock;

class SystemDevicesTest {

    /** A driver that throws when a device vanishes while it lists them, and one that does not answer. */
    private static final AudioBackend FAILING = new AudioBackend() {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public List<AudioDevice> inputs() {
            throw new IllegalArgumentException("Mixer not supported: USB Headset");
        }

        @Override
        public List<AudioDevice> outputs() throws AudioUnavailableException {
            throw new AudioUnavailableException(AudioUnavailableException.Subject.SOUND_SYSTEM, "no answer");
        }

        @Override
        public AudioSource openSource(@Nullable DeviceChoice choice, PcmFormat format)
                throws AudioUnavailableException {
            throw new AudioUnavailableException(AudioUnavailableException.Subject.SOUND_SYSTEM, "no answer");
        }

        @Override
        public AudioSink openSink(@Nullable DeviceChoice choice, PcmFormat format) throws AudioUnavailableException {
            throw new AudioUnavailableException(AudioUnavailableException.Subject.SOUND_SYSTEM, "no answer");
        }
    };

    @Test
    void shouldListNothingWhenTheDriverFails() {
        SystemDevices devices = new SystemDevices(PcmFormat.OPUS, false, NanoClock.SYSTEM, FAILING, false);

        assertThat(devices.devices(AudioDirection.INPUT)).isEmpty();
        assertThat(devices.devices(AudioDirection.OUTPUT)).isEmpty();
    }
}
