package voiptui.audio;

/** Discards audio in real time. */
public final class NullSink implements AudioSink {

    private final FramePacer pacer;
    private final PlayoutSlot slot;

    /** Creates a sink paced by {@code pacer}, which is closed with it. */
    public NullSink(FramePacer pacer) {
        this(pacer, 1);
    }

    /**
     * As above, several frames at a time: nobody hears when they come.
     *
     * @param framesAtOnce at least 1
     */
    public NullSink(FramePacer pacer, int framesAtOnce) {
        this.pacer = pacer;
        this.slot = new PlayoutSlot(pacer, framesAtOnce);
    }

    @Override
    public void awaitRoom() throws AudioLostException {
        failUnless(slot.await());
    }

    @Override
    public void write(short[] frame) throws AudioLostException {
        failUnless(slot.use());
    }

    private static void failUnless(boolean open) throws AudioLostException {
        if (!open) {
            throw new AudioLostException("the null speaker was closed");
        }
    }

    @Override
    public void drain() {
        // nothing is waiting to be played
    }

    @Override
    public String name() {
        return "null";
    }

    @Override
    public void close() {
        pacer.close();
    }
}
