package voiptui.audio;

import java.io.IOException;

/** Records to a WAV file at the pace of real time, with nothing to be heard. See {@link WavWriter} for the file. */
public final class WavSink implements AudioSink {

    private final WavWriter file;
    private final FramePacer pacer;

    /** Writes to {@code file}, paced by {@code pacer}; closes both. */
    public WavSink(WavWriter file, FramePacer pacer) {
        this.file = file;
        this.pacer = pacer;
    }

    @Override
    public void write(short[] frame) throws AudioLostException {
        if (!pacer.awaitTurn()) {
            throw new AudioLostException("the recording " + file.path() + " was closed");
        }
        try {
            file.write(frame);
        } catch (IOException e) {
            throw new AudioLostException("cannot write " + file.path() + " any more: " + FileProblem.of(e));
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
