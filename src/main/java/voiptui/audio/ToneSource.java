package voiptui.audio;

/** A steady sine, {@value #LEVEL_DBFS} dBFS at its peaks, at the pace of real time. Allocates nothing per frame. */
public final class ToneSource implements AudioSource {

    /** How loud the tone is at its peaks. */
    public static final double LEVEL_DBFS = -12;

    private static final double AMPLITUDE = (PcmFormat.FULL_SCALE - 1) * Math.pow(10, LEVEL_DBFS / 20);

    private final double hz;
    private final double radiansPerSample;
    private final FramePacer pacer;
    private double phaseRadians;

    /** A tone of {@code hz} hertz in {@code format}, paced by {@code pacer}, which it closes. */
    public ToneSource(double hz, PcmFormat format, FramePacer pacer) {
        this.hz = hz;
        this.radiansPerSample = 2 * Math.PI * hz / format.sampleRateHz();
        this.pacer = pacer;
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        if (!pacer.awaitTurn()) {
            throw new AudioLostException("the tone was closed");
        }
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (short) Math.round(AMPLITUDE * Math.sin(phaseRadians));
            phaseRadians += radiansPerSample;
            if (phaseRadians >= 2 * Math.PI) {
                phaseRadians -= 2 * Math.PI;
            }
        }
    }

    @Override
    public String name() {
        return hz == Math.rint(hz) ? "tone of " + (long) hz + " Hz" : "tone of " + hz + " Hz";
    }

    @Override
    public void close() {
        pacer.close();
    }
}
