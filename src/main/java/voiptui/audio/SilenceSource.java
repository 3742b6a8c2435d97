package voiptui.audio;

import java.util.Arrays;

/** Digital silence at the pace of real time. */
public final class SilenceSource implements AudioSource {

    private final FramePacer pacer;

    /** Paced by {@code pacer}, which it closes. */
    public SilenceSource(FramePacer pacer) {
        this.pacer = pacer;
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        if (!pacer.awaitTurn()) {
            throw new AudioLostException("the silence was closed");
        }
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
