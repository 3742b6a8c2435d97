package voiptui.media.record;

import java.util.Arrays;
import voiptui.audio.FrameQueue;

/**
 * Puts two sides that come at their own pace next to each other: left and right of one stereo sound.
 *
 * <p>A frame of each makes one of the mix. Each side has a clock of its own, the microphone's and the speaker's, so:
 *
 * <ul>
 *   <li>A side that delivers nothing while {@value #STANDSTILL_FRAMES} frames of the other wait (240 ms, more than any
 *       pause that is made up for afterwards, see {@link voiptui.audio.FramePacer}) stands still: it is silent in the mix
 *       until it delivers again.
 *   <li>A side that was {@value #AHEAD_FRAMES} frames (60 ms) ahead of the other for a whole second loses one: its clock
 *       is faster, or it made up for a pause that the mix has filled with silence already.
 * </ul>
 *
 * <p>So nothing of either side is more than a quarter of a second away from what was heard at its time. Owned by the
 * recorder's thread. Allocates nothing.
 */
final class StereoMixer {

    static final int STANDSTILL_FRAMES = 12;
    static final int AHEAD_FRAMES = 3;
    private static final int WATCHED_FRAMES = 50;

    private final FrameQueue left;
    private final FrameQueue right;
    private final short[] leftFrame;
    private final short[] rightFrame;
    private boolean leftStandsStill;
    private boolean rightStandsStill;
    private int watched;
    private int leastLeftAhead = Integer.MAX_VALUE;
    private int leastRightAhead = Integer.MAX_VALUE;

    /** Takes frames of {@code frameSamples} from both. */
    StereoMixer(FrameQueue left, FrameQueue right, int frameSamples) {
        this.left = left;
        this.right = right;
        this.leftFrame = new short[frameSamples];
        this.rightFrame = new short[frameSamples];
    }

    /**
     * Makes the next frame, if it is there already.
     *
     * @param stereo the samples of both, side by side; twice as long as a frame
     * @return whether there was one
     */
    boolean next(short[] stereo) {
        int leftWaits = left.size();
        int rightWaits = right.size();
        leftStandsStill = leftWaits == 0 && (leftStandsStill || rightWaits >= STANDSTILL_FRAMES);
        rightStandsStill = rightWaits == 0 && (rightStandsStill || leftWaits >= STANDSTILL_FRAMES);
        if (leftWaits > 0 && rightWaits > 0) {
            watch(leftWaits - rightWaits);
        }
        if ((leftWaits == 0 && !leftStandsStill) || (rightWaits == 0 && !rightStandsStill)) {
            return false;
        }
        return take(stereo);
    }

    /** As {@link #next}, when no more frames will come: what one side has too few is silent. */
    boolean last(short[] stereo) {
        return take(stereo);
    }

    private void watch(int leftAhead) {
        leastLeftAhead = Math.min(leastLeftAhead, leftAhead);
        leastRightAhead = Math.min(leastRightAhead, -leftAhead);
        if (++watched == WATCHED_FRAMES) {
            if (leastLeftAhead >= AHEAD_FRAMES) {
                left.poll(leftFrame);
            } else if (leastRightAhead >= AHEAD_FRAMES) {
                right.poll(rightFrame);
            }
            watched = 0;
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
        boolean there = side.poll(frame);
        if (!there) {
            Arrays.fill(frame, (short) 0);
        }
        return there;
    }
}
