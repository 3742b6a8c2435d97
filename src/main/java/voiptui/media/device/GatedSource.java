package voiptui.media.device;

import java.util.Optional;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;

/**
 * A source that delivers silence until it is released.
 *
 * <p>Owned by the capture thread; any thread may call {@link #release} and {@link #close}.
 */
public final class GatedSource implements AudioSource {

    private final AudioSource silence;
    private final AudioSource source;
    private volatile boolean released;
    private boolean sourceStarted;

    /**
     * Creates a source that delivers silence.
     *
     * @param silence read until the release; closed with this source
     * @param source read from its first frame on after the release; closed with this source
     */
    public GatedSource(AudioSource silence, AudioSource source) {
        this.silence = silence;
        this.source = source;
    }

    /** Starts the source with the next frame. Does nothing when called again. */
    public void release() {
        released = true;
    }

    /** Returns whether the source was released. */
    public boolean isReleased() {
        return released;
    }

    @Override
    public void awaitFrames(int frames) throws AudioLostException {
        (sourceStarted ? source : silence).awaitFrames(frames);
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        if (!sourceStarted) {
            // Also for the first frame after the release: a paced source delivers its first frame at once, one too
            // many.
            sourceStarted = released;
            silence.read(frame);
        }
        if (sourceStarted) {
            source.read(frame);
        }
    }

    @Override
    public long latencyNs() {
        return sourceStarted ? source.latencyNs() : 0;
    }

    @Override
    public long missingNs() {
        return sourceStarted ? source.missingNs() : 0;
    }

    @Override
    public boolean isMicrophone() {
        return sourceStarted && source.isMicrophone();
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public Optional<String> warning() {
        return source.warning();
    }

    @Override
    public void close() {
        silence.close();
        source.close();
    }
}
