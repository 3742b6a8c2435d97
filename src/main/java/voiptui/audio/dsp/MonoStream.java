package voiptui.audio.dsp;

import java.io.IOException;

/** A stream of mono samples from -1 to 1 at some rate. Owned by one thread. */
public interface MonoStream {

    /**
     * Reads up to {@code count} samples into {@code samples} from {@code offset} on.
     *
     * @return how many, fewer than {@code count} only at the end of the stream
     */
    int read(float[] samples, int offset, int count) throws IOException;
}
