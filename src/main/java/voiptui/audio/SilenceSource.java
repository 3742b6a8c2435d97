package voiptui.audio;

import java.util.Arrays;

/** Delivers digital silence in real time. */
public final class SilenceSource implements AudioSource {

    private final FramePacer pacer;

    /** Creates a source paced by {@code pacer}, which is closed with it. */
    public SilenceSource(FramePacer pacer) {
        this.pacer = pacer;
    }

    @Override
    public void awaitFrames(int frames) throws AudioLostException {
        failUnless(pacer.awaitFrames(frames));
    }

    private static void failUnless(boolean open) throws AudioLostException {
        if (!open) {
            throw new AudioLostException("the silence was closed");
        }
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        failUnless(pacer.awaitTurn());
        Arrays.fill(frame, (short) 0);
    }

    @Override
    public String name() {
        return "silence";
    }

    @Override
    public void close() {
        pacer.close();
    }
}
