package voiptui.audio.wav;

import java.io.IOException;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.FramePacer;
import voiptui.audio.PlayoutSlot;

/** Writes a WAV file in real time instead of playing; a file without audio is removed. See {@link WavWriter} for the file. */
public final class WavSink implements AudioSink {

    private final WavWriter file;
    private final FramePacer pacer;
    private final PlayoutSlot slot;

    /** Writes to {@code file}, paced by {@code pacer}; both are closed with this sink. */
    public WavSink(WavWriter file, FramePacer pacer) {
        this.file = file;
        this.pacer = pacer;
        this.slot = new PlayoutSlot(pacer);
    }

    @Override
    public void awaitRoom() throws AudioLostException {
        failUnless(slot.await());
    }

    private void failUnless(boolean open) throws AudioLostException {
        if (!open) {
            throw new AudioLostException("the recording " + file.path() + " was closed");
        }
    }

    @Override
    public void write(short[] frame) throws AudioLostException {
        failUnless(slot.use());
        try {
            file.write(frame);
        } catch (IOException e) {
            throw new AudioLostException("cannot write " + file.path() + ": " + FileErrorText.of(e));
        }
    }

    @Override
    public void drain() {
        // every frame is in the file once it is written
    }

    @Override
    public String name() {
        return "file " + file.path();
    }

    @Override
    public void close() {
        pacer.close();
        file.close();
        file.deleteIfEmpty();
    }
}
