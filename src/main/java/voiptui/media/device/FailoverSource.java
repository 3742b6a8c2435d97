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
    /** Delivered the latest frame. */
    private AudioSource latest;
    /** Whether it was not the one that delivered the frame before. */
    private boolean replaced;

    /**
     * Reads from the supervisor's device.
     *
     * @param supervisor has the device; closed with this source
     * @param silence read while there is no device; closed with this source
     */
    FailoverSource(DeviceSupervisor<AudioSource> supervisor, AudioSource silence) {
        this.supervisor = supervisor;
        this.silence = silence;
        this.latest = silence;
    }

    @Override
    public void awaitFrames(int frames) throws AudioLostException {
        AudioSource device = supervisor.current();
        if (device == null) {
            silence.awaitFrames(frames);
            return;
        }
        try {
            device.awaitFrames(frames);
        } catch (AudioLostException lost) {
            onLost(device, lost);
        }
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        AudioSource device = supervisor.current();
        if (device != null) {
            try {
                device.read(frame);
                replaced = latest != device;
                latest = device;
                return;
            } catch (AudioLostException lost) {
                onLost(device, lost);
            }
        }
        if (supervisor.isClosed()) {
            throw new AudioLostException("the microphone was closed");
        }
        silence.read(frame);
        latest = silence;
    }

    private void onLost(AudioSource device, AudioLostException cause) {
        supervisor.onLost(device, cause.getMessage());
    }

    @Override
    public long latencyNs() {
        return latest.latencyNs();
    }

    @Override
    public long missingNs() {
        return latest.missingNs();
    }

    /** Returns false for the first frame of another device, too. */
    @Override
    public boolean isMicrophone() {
        return latest.isMicrophone() && !replaced;
    }

    @Override
    public String name() {
        return supervisor.chosen();
    }

    @Override
    public void close() {
        supervisor.close();
        silence.close();
    }
}
