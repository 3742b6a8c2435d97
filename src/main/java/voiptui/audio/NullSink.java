package voiptui.audio;

/** Throws sound away at the pace of real time. */
public final class NullSink implements AudioSink {

    private final FramePacer pacer;

    /** Paced by {@code pacer}, which it closes. */
    public NullSink(FramePacer pacer) {
        this.pacer = pacer;
    }

    @Override
    public void write(short[] frame) throws AudioLostException {
        if (!pacer.awaitTurn()) {
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
