package voiptui.media.device;

import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;

/**
 * A speaker that outlives its device: when the device is lost the sound goes nowhere, at the same pace, until it is back
 * or another is chosen.
 *
 * <p>Owned by the playout thread; {@link #close} may come from another.
 */
final class FailoverSink implements AudioSink {

    private final DeviceSupervisor<AudioSink> keeper;
    private final AudioSink nowhere;
    private AudioSink device;

    /** Plays on what {@code keeper} has, else {@code nowhere}; closes both. */
    FailoverSink(DeviceSupervisor<AudioSink> keeper, AudioSink nowhere) {
        this.keeper = keeper;
        this.nowhere = nowhere;
    }

    @Override
    public void awaitRoom() throws AudioLostException {
        device = keeper.current();
        if (device != null) {
            try {
                device.awaitRoom();
                return;
            } catch (AudioLostException lost) {
                onLost(lost);
            }
        }
        failIfClosed();
        nowhere.awaitRoom();
    }

    @Override
    public void write(short[] frame) throws AudioLostException {
        if (device != null && !keeper.isClosed()) {
            try {
                device.write(frame);
                return;
            } catch (AudioLostException lost) {
                onLost(lost);
            }
        }
        failIfClosed();
        nowhere.write(frame);
    }

    private void onLost(AudioLostException why) {
        keeper.onLost(device, why.getMessage());
        device = null;
    }

    private void failIfClosed() throws AudioLostException {
        if (keeper.isClosed()) {
            throw new AudioLostException("the speaker was closed");
        }
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
        keeper.close();
        nowhere.close();
    }
}
