package voiptui.audio.dsp;

import java.util.Arrays;

/** Replaces frames with silence, fading over one frame at either end, so that it does not click. Owned by one thread. */
public final class Silencer {

    private boolean silent;

    /** Silences the whole frame in place, fades it out or in where {@code silence} changes, or leaves it as it is. */
    public void apply(short[] frame, boolean silence) {
        if (silence && silent) {
            Arrays.fill(frame, (short) 0);
        } else if (silence != silent) {
            for (int i = 0; i < frame.length; i++) {
                int gain = silence ? frame.length - i : i;
                frame[i] = (short) (frame[i] * gain / frame.length);
            }
        }
        silent = silence;
    }
}
