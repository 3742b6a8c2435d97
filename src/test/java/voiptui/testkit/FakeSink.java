package voiptui.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;

/** A speaker that accepts frames at any rate, records them and fails after a given number. */
public final class FakeSink implements AudioSink {

    private final int frames;
    private final IntConsumer beforeFrame;
    private final List<short[]> heard = new ArrayList<>();
    private boolean remembering = true;
    private boolean takingHalves;
    private int awaited;
    private int drained;
    private volatile int closed;

    /**
     * Takes {@code frames} frames.
     *
     * @param beforeFrame called with each frame's number, from 0, when there is room for it: one frame's time has
     *     passed
     */
    public FakeSink(int frames, IntConsumer beforeFrame) {
        this.frames = frames;
        this.beforeFrame = beforeFrame;
    }

    /** Remembers nothing, and so allocates nothing. */
    public FakeSink forgetting() {
        remembering = false;
        return this;
    }

    /** Takes half frames as well. */
    public FakeSink takingHalfFrames() {
        takingHalves = true;
        return this;
    }

    @Override
    public boolean takesHalfFrames() {
        return takingHalves;
    }

    @Override
    public void awaitRoom() throws AudioLostException {
        if (awaited == frames || closed > 0) {
            throw new AudioLostException("the fake speaker was unplugged");
        }
        beforeFrame.accept(awaited++);
    }

    @Override
    public void write(short[] frame) throws AudioLostException {
        if (closed > 0) {
            throw new AudioLostException("the fake speaker was closed");
        }
        if (remembering) {
            heard.add(frame.clone());
        }
    }

    /** The frames heard so far. */
    public List<short[]> heard() {
        return heard;
    }

    /** Returns the samples of all frames. */
    public short[] sound() {
        return Sounds.join(heard);
    }

    /** How often it was asked to play out what it has. */
    public int drained() {
        return drained;
    }

    /** How often it was closed. */
    public int closed() {
        return closed;
    }

    @Override
    public void drain() {
        drained++;
    }

    @Override
    public String name() {
        return "fake speaker";
    }

    @Override
    public void close() {
        closed++;
    }
}
