package voiptui.call;

import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;

/**
 * A microphone that outlives its device: when the device is lost there is silence, until it is back.
 *
 * <p>Owned by the capture thread; {@link #close} may come from another.
 */
final class LastingSource implements AudioSource {

    private final String wanted;
    private final AudioSource silence;
    private final AudioRecovery<AudioSource> recovery;
    private volatile AudioSource device;
    private volatile boolean closed;

    LastingSource(AudioPort<AudioSource> port, AudioSource silence, AudioRecovery<AudioSource> recovery) {
        this.wanted = port.wanted();
        this.silence = silence;
        this.recovery = recovery;
        this.device = port.opened();
        if (device == null) {
            recovery.onLost(port.problem());
        }
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        AudioSource current = device;
        if (current == null) {
            current = recovery.takeFound();
            device = current;
        }
        if (current != null && closed) {
            // Found and closed at once: close() may have looked before it was here.
            current.close();
        } else if (current != null) {
            try {
                current.read(frame);
                return;
            } catch (AudioLostException lost) {
                device = null;
                current.close();
                if (!closed) {
                    recovery.onLost(lost.getMessage());
                }
            }
        }
        if (closed) {
            throw new AudioLostException("the microphone was closed");
        }
        silence.read(frame);
    }

    @Override
    public String name() {
        return wanted;
    }

    @Override
    public void close() {
        closed = true;
        recovery.close();
        silence.close();
        AudioSource current = device;
        if (current != null) {
            current.close();
        }
    }
}
