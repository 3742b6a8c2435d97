package voiptui.media.record;

import java.util.Arrays;
import voiptui.audio.FrameQueue;

/**
 * Interleaves two mono streams with independent clocks, the microphone's and the speaker's, as left and right of one stereo
 * stream.
 *
 * <p>A frame of each makes one stereo frame, except:
 *
 * <ul>
 *   <li>A side that delivers nothing while {@value #STALL_FRAMES} frames of the other wait is stalled: it is silent in the
 *       mix until it delivers again. (240 ms, longer than any stall that a {@link voiptui.audio.FramePacer} catches up on.)
 *   <li>A side that has been {@value #AHEAD_FRAMES} frames (60 ms) ahead of the other for a second loses a frame: its clock
 *       is faster, or it caught up on a stall that the mix has filled with silence.
 * </ul>
 *
 * <p>So the two sides are never more than a quarter of a second apart. Owned by the recorder thread. Allocates nothing.
 */
final class StereoMixer {

    static final int STALL_FRAMES = 24;
    static final int AHEAD_FRAMES = 6;
    private static final int OBSERVED_FRAMES = 100;

    private final FrameQueue left;
    private final FrameQueue right;
    private final short[] leftFrame;
    private final short[] rightFrame;
    private boolean leftStalled;
    private boolean rightStalled;
    private int observed;
    private int leastLeftAhead = Integer.MAX_VALUE;
    private int leastRightAhead = Integer.MAX_VALUE;

    /** Creates a mixer for frames of {@code frameSamples} samples. */
    StereoMixer(FrameQueue left, FrameQueue right, int frameSamples) {
        this.left = left;
        this.right = right;
        this.leftFrame = new short[frameSamples];
        this.rightFrame = new short[frameSamples];
    }

    /**
     * Mixes the next frame if it is complete.
     *
     * @param stereo receives the interleaved samples; twice as long as a mono frame
     * @return whether there was a frame
     */
    boolean next(short[] stereo) {
        int leftQueued = left.size();
        int rightQueued = right.size();
        leftStalled = leftQueued == 0 && (leftStalled || rightQueued >= STALL_FRAMES);
        rightStalled = rightQueued == 0 && (rightStalled || leftQueued >= STALL_FRAMES);
        if (leftQueued > 0 && rightQueued > 0) {
            observe(leftQueued - rightQueued);
        }
        if ((leftQueued == 0 && !leftStalled) || (rightQueued == 0 && !rightStalled)) {
            return false;
        }
        return take(stereo);
    }

    /** As {@link #next}, after the last frame was queued: pads the shorter side with silence. */
    boolean last(short[] stereo) {
        return take(stereo);
    }

    private void observe(int leftAhead) {
        leastLeftAhead = Math.min(leastLeftAhead, leftAhead);
        leastRightAhead = Math.min(leastRightAhead, -leftAhead);
        if (++observed == OBSERVED_FRAMES) {
            if (leastLeftAhead >= AHEAD_FRAMES) {
                left.poll(leftFrame);
            } else if (leastRightAhead >= AHEAD_FRAMES) {
                right.poll(rightFrame);
            }
            observed = 0;
            leastLeftAhead = Integer.MAX_VALUE;
            leastRightAhead = Integer.MAX_VALUE;
        }
    }

    private boolean take(short[] stereo) {
        boolean fromLeft = pollOrSilence(left, leftFrame);
        boolean fromRight = pollOrSilence(right, rightFrame);
        for (int i = 0; i < leftFrame.length; i++) {
            stereo[2 * i] = leftFrame[i];
            stereo[2 * i + 1] = rightFrame[i];
        }
        return fromLeft || fromRight;
    }

    private static boolean pollOrSilence(FrameQueue side, short[] frame) {
        boolean available = side.poll(frame);
        if (!available) {
            Arrays.fill(frame, (short) 0);
        }
        return available;
    }
}
