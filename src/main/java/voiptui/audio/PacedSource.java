package voiptui.audio;

/** A source without a device: it delivers a frame whenever a {@link FramePacer} says that one is due. */
public abstract class PacedSource implements AudioSource {

    private final FramePacer pacer;
    private final String closed;

    /**
     * Creates a source.
     *
     * @param what what it is, in the middle of a sentence: {@code the file call.wav}
     * @param pacer closed with it
     */
    protected PacedSource(String what, FramePacer pacer) {
        this.pacer = pacer;
        this.closed = what + " was closed";
    }

    @Override
    public final void awaitFrames(int frames) throws AudioLostException {
        failUnless(pacer.awaitFrames(frames));
    }

    /**
     * Blocks until the next frame is due.
     *
     * @throws AudioLostException when the source was closed
     */
    protected final void awaitTurn() throws AudioLostException {
        failUnless(pacer.awaitTurn());
    }

    private void failUnless(boolean open) throws AudioLostException {
        if (!open) {
            throw new AudioLostException(closed);
        }
    }

    @Override
    public void close() {
        pacer.close();
    }
}
