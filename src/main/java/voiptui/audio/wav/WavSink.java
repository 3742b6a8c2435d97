package voiptui.audio.wav;

import java.io.IOException;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.FramePacer;
import voiptui.audio.PlayoutSlot;

/** Records to a WAV file at the pace of real time, with nothing to be heard. See {@link WavWriter} for the file. */
public final class WavSink implements AudioSink {

    private final WavWriter file;
    private final FramePacer pacer;
    private final PlayoutSlot turn;

    /** Writes to {@code file}, paced by {@code pacer}; closes both. */
    public WavSink(WavWriter file, FramePacer pacer) {
        this.file = file;
        this.pacer = pacer;
        this.turn = new PlayoutSlot(pacer);
    }

    @Override
    public void awaitRoom() throws AudioLostException {
        failUnless(turn.await());
    }

    private void failUnless(boolean open) throws AudioLostException {
        if (!open) {
            throw new AudioLostException("the recording " + file.path() + " was closed");
        }
    }

    @Override
    public void write(short[] frame) throws AudioLostException {
        failUnless(turn.use());
        try {
            file.write(frame);
        } catch (IOException e) {
            throw new AudioLostException("cannot write " + file.path() + " any more: " + FileErrorText.of(e));
        }
    }

    @Override
    public void drain() {
        // every frame is in the file as soon as it is written
    }

    @Override
    public String name() {
        return "file " + file.path();
    }

    @Override
    public void close() {
        pacer.close();
        file.close();
    }
}
