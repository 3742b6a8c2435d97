package voiptui.call;

import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;

/**
 * A speaker that outlives its device: when the device is lost the sound goes nowhere, at the same pace, until it is back.
 *
 * <p>Owned by the playout thread; {@link #close} may come from another.
 */
final class LastingSink implements AudioSink {

    private final String wanted;
    private final AudioSink nowhere;
    private final AudioRecovery<AudioSink> recovery;
    private volatile AudioSink device;
    private volatile boolean closed;

    LastingSink(AudioPort<AudioSink> port, AudioSink nowhere, AudioRecovery<AudioSink> recovery) {
        this.wanted = port.wanted();
        this.nowhere = nowhere;
        this.recovery = recovery;
        this.device = port.opened();
        if (device == null) {
            recovery.onLost(port.problem());
        }
    }

    @Override
    public void awaitRoom() throws AudioLostException {
        AudioSink current = device;
        if (current == null) {
            current = recovery.takeFound();
            device = current;
        }
        if (current != null && closed) {
            // Found and closed at once: close() may have looked before it was here.
            current.close();
        } else if (current != null) {
            try {
                current.awaitRoom();
                return;
            } catch (AudioLostException lost) {
                onLost(current, lost);
            }
        }
        failIfClosed();
        nowhere.awaitRoom();
    }

    @Override
    public void write(short[] frame) throws AudioLostException {
        AudioSink current = device;
        if (current != null && !closed) {
            try {
                current.write(frame);
                return;
            } catch (AudioLostException lost) {
                onLost(current, lost);
            }
        }
        failIfClosed();
        nowhere.write(frame);
    }

    private void onLost(AudioSink lost, AudioLostException why) {
        device = null;
        lost.close();
        if (!closed) {
            recovery.onLost(why.getMessage());
        }
    }

    private void failIfClosed() throws AudioLostException {
        if (closed) {
            throw new AudioLostException("the speaker was closed");
        }
    }

    @Override
    public void drain() {
        AudioSink current = device;
        if (current != null) {
            current.drain();
        }
    }

    @Override
    public String name() {
        return wanted;
    }

    @Override
    public void close() {
        closed = true;
        recovery.close();
        nowhere.close();
        AudioSink current = device;
        if (current != null) {
            current.close();
        }
    }
}
