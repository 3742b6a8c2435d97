package voiptui.media.device;

import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;

/**
 * A microphone that survives the loss of its device: it delivers silence until the device is reopened or another is chosen.
 *
 * <p>Owned by the capture thread; any thread may call {@link #close}.
 */
final class FailoverSource implements AudioSource {

    private final DeviceSupervisor<AudioSource> supervisor;
    private final AudioSource silence;

    /**
     * Reads from the supervisor's device.
     *
     * @param supervisor has the device; closed with this source
     * @param silence read while there is no device; closed with this source
     */
    FailoverSource(DeviceSupervisor<AudioSource> supervisor, AudioSource silence) {
        this.supervisor = supervisor;
        this.silence = silence;
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        AudioSource device = supervisor.current();
        if (device != null) {
            try {
                device.read(frame);
                return;
            } catch (AudioLostException lost) {
                supervisor.onLost(device, lost.getMessage());
            }
        }
        if (supervisor.isClosed()) {
            throw new AudioLostException("the microphone was closed");
        }
        silence.read(frame);
    }

    @Override
    public String name() {
        return "microphone";
    }

    @Override
    public void close() {
        supervisor.close();
        silence.close();
    }
}
