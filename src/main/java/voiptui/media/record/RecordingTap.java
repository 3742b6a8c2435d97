package voiptui.media.record;

import voiptui.audio.FrameQueue;

/**
 * Where a recording listens in on a way of the sound. Costs the audio thread nothing while there is no recording, and a
 * copy of the frame while there is one.
 */
public final class RecordingTap {

    private volatile FrameQueue queue;

    /** A frame passes by. Called by the audio thread; never waits, never allocates. */
    public void onFrame(short[] frame) {
        FrameQueue open = queue;
        if (open != null) {
            open.offer(frame);
        }
    }

    /** From now on frames go to {@code recording}; nowhere where it is {@code null}. Any thread. */
    public void leadTo(FrameQueue recording) {
        queue = recording;
    }
}
