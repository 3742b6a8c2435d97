package voiptui.media.record;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import voiptui.audio.FrameQueue;
import voiptui.audio.PcmFormat;
import voiptui.voice.StreamHistory;

/**
 * Interleaves the near side of a call, as it was sent, and the {@linkplain FarSide far side}, as it was sent there, as left and right
 * of one stereo stream.
 *
 * <p>The near side waits with the far side while that waits for missing packets, so that both stay aligned: {@value #MAX_WAIT_FRAMES}
 * frames (10.5 s) at most. Their clocks are independent, and the far side is left whole: where it is {@value #DRIFT_FRAMES} frames
 * (60 ms) late, the near side gets a silent frame, where it is early, the near side loses one, once a second; when it is
 * {@value #STALL_FRAMES} frames (240 ms) late, the microphone has stalled, and silence takes its place at once.
 *
 * <p>Owned by the recorder thread. Allocates nothing per frame.
 */
final class RecordingMixer {

    /** The most frames of the near side that wait. */
    static final int MAX_WAIT_FRAMES = 1_050;

    static final int DRIFT_FRAMES = 6;
    static final int STALL_FRAMES = 24;
    private static final int CORRECTION_FRAMES = 100;

    private final FrameQueue near;
    private final PcmFormat format;
    private final short[] nearFrame;
    private final short[] farFrame;
    private @Nullable FarSide far;
    /** Frames taken from the near side. */
    private long taken;

    private int sinceCorrection;
    private int healed;
    private int missing;

    /** Creates a mixer without a far side, which is silent. */
    RecordingMixer(FrameQueue near, PcmFormat format) {
        this.near = near;
        this.format = format;
        this.nearFrame = new short[format.frameSamples()];
        this.farFrame = new short[format.frameSamples()];
    }

    /** Takes the far side from {@code history} from now on, if it is another than before; null: there is none. */
    void use(@Nullable StreamHistory history, DoubleSupplier playoutDelayMs) {
        FarSide before = far;
        if (before == null ? history == null : before.history() == history) {
            return;
        }
        close();
        far = history == null ? null : new FarSide(history, playoutDelayMs, format);
    }

    /**
     * Mixes the next frame if both sides have it.
     *
     * @param stereo receives the interleaved samples; twice as long as a mono frame
     * @return whether there was a frame
     */
    boolean next(short[] stereo, long nowNs) {
        FarSide other = far;
        if (other == null) {
            return near.size() > 0 && mix(stereo, true);
        }
        other.update(taken, taken + near.size(), nowNs);
        if (!other.isReady(nowNs) && near.size() < MAX_WAIT_FRAMES) {
            return false;
        }
        long behind = other.framesBehind(taken);
        boolean corrects = sinceCorrection >= CORRECTION_FRAMES;
        if (behind >= STALL_FRAMES && near.size() == 0 || behind >= DRIFT_FRAMES && corrects) {
            sinceCorrection = 0;
            return mix(stereo, false);
        }
        if (behind <= -DRIFT_FRAMES && corrects && near.poll(nearFrame)) {
            sinceCorrection = 0;
            taken++;
        }
        return near.size() > 0 && mix(stereo, true);
    }

    /** As {@link #next}, after the last frame was queued: waits for nothing, and pads the shorter side with silence. */
    boolean last(short[] stereo) {
        boolean isFarOver = far == null || far.isAtEnd();
        if (near.size() == 0 && !isFarOver) {
            // Time goes on without the microphone.
            boolean mixed = mix(stereo, false);
            taken++;
            return mixed;
        }
        return near.size() > 0 && mix(stereo, true);
    }

    private boolean mix(short[] stereo, boolean takesNear) {
        Arrays.fill(farFrame, (short) 0);
        if (far != null) {
            far.next(taken, farFrame);
        }
        if (takesNear) {
            near.poll(nearFrame);
            taken++;
        } else {
            Arrays.fill(nearFrame, (short) 0);
        }
        sinceCorrection++;
        for (int i = 0; i < nearFrame.length; i++) {
            stereo[2 * i] = nearFrame[i];
            stereo[2 * i + 1] = farFrame[i];
        }
        return true;
    }

    /** Returns how many packets of the other side came only because they were asked for again. */
    int healed() {
        return healed + (far == null ? 0 : far.healed());
    }

    /** Returns how many packets of the other side never came. */
    int missing() {
        return missing + (far == null ? 0 : far.missing());
    }

    /** Asks for nothing any more. */
    void close() {
        if (far != null) {
            healed += far.healed();
            missing += far.missing();
            far.close();
            far = null;
        }
    }
}
