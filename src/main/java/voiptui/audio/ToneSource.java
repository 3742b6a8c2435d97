package voiptui.audio;

/** Delivers a sine of {@value #LEVEL_DBFS} dBFS peak level in real time. Allocates nothing per frame. */
public final class ToneSource extends PacedSource {

    /** Peak level of the tone, in dBFS. */
    public static final double LEVEL_DBFS = -12;

    private static final double AMPLITUDE = (PcmFormat.FULL_SCALE - 1) * Math.pow(10, LEVEL_DBFS / 20);

    private final double hz;
    private final double radiansPerSample;
    private final double turnSine;
    private final double turnCosine;
    private double phaseRadians;

    /** Creates a tone of {@code hz} hertz, paced by {@code pacer}, which is closed with it. */
    public ToneSource(double hz, PcmFormat format, FramePacer pacer) {
        super("the tone", pacer);
        this.hz = hz;
        this.radiansPerSample = 2 * Math.PI * hz / format.sampleRateHz();
        this.turnSine = Math.sin(radiansPerSample);
        this.turnCosine = Math.cos(radiansPerSample);
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        awaitTurn();
        // A phasor, turned by the same angle from sample to sample; set anew for each frame, so that no error adds up.
        double sine = AMPLITUDE * Math.sin(phaseRadians);
        double cosine = AMPLITUDE * Math.cos(phaseRadians);
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (short) Math.rint(sine);
            double next = sine * turnCosine + cosine * turnSine;
            cosine = cosine * turnCosine - sine * turnSine;
            sine = next;
        }
        phaseRadians = (phaseRadians + frame.length * radiansPerSample) % (2 * Math.PI);
    }

    @Override
    public String name() {
        return hz == Math.rint(hz) ? "tone of " + (long) hz + " Hz" : "tone of " + hz + " Hz";
    }
}
