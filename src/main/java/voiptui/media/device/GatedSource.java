package voiptui.media.device;

import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;

/**
 * A source that waits with silence until it is released.
 *
 * <p>Owned by the capture thread; {@link #release} and {@link #close} may come from any.
 */
public final class GatedSource implements AudioSource {

    private final AudioSource silence;
    private final AudioSource source;
    private volatile boolean released;
    private boolean sourceBegun;

    /**
     * Starts held.
     *
     * @param silence what is heard until the release; closed with this one
     * @param source what is heard from then on, from its beginning; closed with this one
     */
    public GatedSource(AudioSource silence, AudioSource source) {
        this.silence = silence;
        this.source = source;
    }

    /** Lets the source be heard. Again: does nothing. */
    public void release() {
        released = true;
    }

    /** Whether it was released. */
    public boolean isReleased() {
        return released;
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        if (!sourceBegun) {
            // Also once after the release: the source's first frame comes at once, and would be a frame too many.
            sourceBegun = released;
            silence.read(frame);
        }
        if (sourceBegun) {
            source.read(frame);
        }
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public void close() {
        silence.close();
        source.close();
    }
}
