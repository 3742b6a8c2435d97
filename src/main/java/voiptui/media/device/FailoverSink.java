package voiptui.media.device;

import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;

/**
 * A speaker that survives the loss of its device: frames are discarded at the same pace until the device is reopened or
 * another is chosen.
 *
 * <p>Owned by the playout thread; any thread may call {@link #close}.
 */
final class FailoverSink implements AudioSink {

    private final DeviceSupervisor<AudioSink> supervisor;
    private final AudioSink discard;
    /** The device that had room for the next frame; null when there is none. */
    private @Nullable AudioSink device;

    /**
     * Plays on the supervisor's device.
     *
     * @param supervisor has the device; closed with this sink
     * @param discard takes the frames while there is no device; closed with this sink
     */
    FailoverSink(DeviceSupervisor<AudioSink> supervisor, AudioSink discard) {
        this.supervisor = supervisor;
        this.discard = discard;
    }

    @Override
    public void awaitRoom() throws AudioLostException {
        AudioSink current = supervisor.current();
        device = current;
        if (current != null) {
            try {
                current.awaitRoom();
                return;
            } catch (AudioLostException lost) {
                onLost(current, lost);
            }
        }
        failIfClosed();
        discard.awaitRoom();
    }

    @Override
    public void write(short[] frame) throws AudioLostException {
        AudioSink current = device;
        if (current != null && !supervisor.isClosed()) {
            try {
                current.write(frame);
                return;
            } catch (AudioLostException lost) {
                onLost(current, lost);
            }
        }
        failIfClosed();
        discard.write(frame);
    }

    private void onLost(AudioSink lost, AudioLostException cause) {
        supervisor.onLost(lost, cause.getMessage());
        device = null;
    }

    private void failIfClosed() throws AudioLostException {
        if (supervisor.isClosed()) {
            throw new AudioLostException("the speaker was closed");
        }
    }

    @Override
    public boolean takesHalfFrames() {
        return device != null && device.takesHalfFrames();
    }

    @Override
    public long queuedNs() {
        return device == null ? 0 : device.queuedNs();
    }

    @Override
    public int underruns() {
        return device == null ? 0 : device.underruns();
    }

    @Override
    public void drain() {
        if (device != null) {
            device.drain();
        }
    }

    @Override
    public String name() {
        return "speaker";
    }

    @Override
    public void close() {
        supervisor.close();
        discard.close();
    }
}
