package voiptui.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;

/** A microphone that delivers frames on demand and fails after a given number. */
public final class FakeSource implements AudioSource {

    /** The waits that are noted: later ones must not allocate. */
    private static final int KEPT = 10;

    private final int frames;
    private final IntConsumer beforeFrame;
    private short[] sound = {0};
    private @Nullable String warning;
    private boolean microphone = true;
    private long missingNs;
    private int read;
    private final List<Integer> awaited = new ArrayList<>();
    private volatile int closed;

    /**
     * Delivers {@code frames} frames.
     *
     * @param beforeFrame called with each frame's number, from 0
     */
    public FakeSource(int frames, IntConsumer beforeFrame) {
        this.frames = frames;
        this.beforeFrame = beforeFrame;
    }

    /** Delivers {@code endless} from its beginning, again and again; silence unless told so. */
    public FakeSource playing(short... endless) {
        sound = endless;
        return this;
    }

    /** Has something wrong with it that does not keep it from being used. */
    public FakeSource warningOf(String problem) {
        warning = problem;
        return this;
    }

    @Override
    public Optional<String> warning() {
        return Optional.ofNullable(warning);
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        if (read == frames || closed > 0) {
            throw new AudioLostException("the fake microphone was unplugged");
        }
        beforeFrame.accept(read);
        if (sound.length == 1) {
            Arrays.fill(frame, sound[0]);
        } else {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = sound[(int) (((long) read * frame.length + i) % sound.length)];
            }
        }
        read++;
    }

    @Override
    public void awaitFrames(int count) {
        if (awaited.size() < KEPT) {
            awaited.add(count);
        }
    }

    /** How many frames were waited for, each time. */
    public List<Integer> awaited() {
        return awaited;
    }

    /** How often it was closed. */
    public int closed() {
        return closed;
    }

    /** Stands in for a microphone, as a file, a tone or silence does. */
    public FakeSource insteadOfAMicrophone() {
        microphone = false;
        return this;
    }

    /** Has so much audio missing before each frame. */
    public FakeSource missing(long nsBeforeEachFrame) {
        missingNs = nsBeforeEachFrame;
        return this;
    }

    @Override
    public long missingNs() {
        return missingNs;
    }

    @Override
    public boolean isMicrophone() {
        return microphone;
    }

    @Override
    public String name() {
        return "fake microphone";
    }

    @Override
    public void close() {
        closed++;
    }
}
