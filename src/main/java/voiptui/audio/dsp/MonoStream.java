package voiptui.audio.dsp;

import java.io.IOException;

/** A finite stream of mono samples; full scale is -1 to 1. Owned by one thread. */
public interface MonoStream {

    /**
     * Reads up to {@code count} samples into {@code samples} from index {@code offset}.
     *
     * @return the number of samples read; fewer than {@code count} only at the end of the stream
     * @throws IOException when the stream cannot be read
     */
    int read(float[] samples, int offset, int count) throws IOException;
}
