package voiptui.media.device;

import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;

/**
 * A microphone that outlives its device: when the device is lost there is silence, until it is back or another is chosen.
 *
 * <p>Owned by the capture thread; {@link #close} may come from another.
 */
final class FailoverSource implements AudioSource {

    private final DeviceSupervisor<AudioSource> keeper;
    private final AudioSource silence;

    /** Hears what {@code keeper} has, else {@code silence}; closes both. */
    FailoverSource(DeviceSupervisor<AudioSource> keeper, AudioSource silence) {
        this.keeper = keeper;
        this.silence = silence;
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        AudioSource device = keeper.current();
        if (device != null) {
            try {
                device.read(frame);
                return;
            } catch (AudioLostException lost) {
                keeper.onLost(device, lost.getMessage());
            }
        }
        if (keeper.isClosed()) {
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
        keeper.close();
        silence.close();
    }
}
