package voiptui.media.record;

import org.jspecify.annotations.Nullable;
import voiptui.audio.FrameQueue;

/**
 * Copies the frames of an audio thread to a recording, if one is running. Without a recording it costs nothing, with one a
 * copy of the frame.
 */
public final class RecordingTap {

    /** Null while there is no recording. */
    private volatile @Nullable FrameQueue queue;

    /** Copies a frame. Audio thread; never blocks, never allocates. */
    public void onFrame(short[] frame) {
        FrameQueue open = queue;
        if (open != null) {
            open.offer(frame);
        }
    }

    /** Copies frames to {@code recording} from now on; null: copies none. Any thread. */
    public void copyTo(@Nullable FrameQueue recording) {
        queue = recording;
    }
}
