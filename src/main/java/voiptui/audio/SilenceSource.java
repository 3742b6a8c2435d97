package voiptui.audio;

import java.util.Arrays;

/** Delivers digital silence in real time. */
public final class SilenceSource extends PacedSource {

    /** Creates a source paced by {@code pacer}, which is closed with it. */
    public SilenceSource(FramePacer pacer) {
        super("the silence", pacer);
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        awaitTurn();
        Arrays.fill(frame, (short) 0);
    }

    @Override
    public String name() {
        return "silence";
    }
}
