package voiptui.audio;

/** Throws sound away at the pace of real time. */
public final class NullSink implements AudioSink {

    private final FramePacer pacer;
    private final PlayoutSlot turn;

    /** Paced by {@code pacer}, which it closes. */
    public NullSink(FramePacer pacer) {
        this.pacer = pacer;
        this.turn = new PlayoutSlot(pacer);
    }

    @Override
    public void awaitRoom() throws AudioLostException {
        failUnless(turn.await());
    }

    @Override
    public void write(short[] frame) throws AudioLostException {
        failUnless(turn.use());
    }

    private static void failUnless(boolean open) throws AudioLostException {
        if (!open) {
            throw new AudioLostException("the null speaker was closed");
        }
    }

    @Override
    public void drain() {
        // nothing is waiting to be heard
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
