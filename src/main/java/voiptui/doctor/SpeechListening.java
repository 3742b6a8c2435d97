package voiptui.doctor;

import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.LevelMeter;

/** Listens to a user who was asked to speak. Blocks its caller until it has heard them, for five seconds at most. */
final class SpeechListening {

    /** The longest time that it listens, in milliseconds. */
    static final int LONGEST_MS = 5_000;
    /** The shortest. */
    static final int SHORTEST_MS = 1_000;

    private static final int STEP_MS = 100;
    /** Speech is louder than this, from a microphone that is not far away. */
    private static final double SPEECH_DBFS = -45;
    /** How much of that is heard in a few words, in milliseconds. */
    private static final int ENOUGH_SPEECH_MS = 500;

    /**
     * What was heard.
     *
     * @param peakDbfs the peak, in dB relative to full scale
     * @param speech whether it was loud for long enough to be speech
     */
    record Heard(double peakDbfs, boolean speech) {}

    private SpeechListening() {}

    /** Asks for speech, and returns what was heard. */
    static Heard run(AudioSource source, PcmFormat format, SpeechPrompt prompt) throws AudioLostException {
        prompt.ask();
        try {
            return listen(source, format, prompt);
        } finally {
            prompt.done();
        }
    }

    private static Heard listen(AudioSource source, PcmFormat format, SpeechPrompt prompt) throws AudioLostException {
        short[] frame = new short[format.frameSamples()];
        double peakDbfs = LevelMeter.FLOOR_DBFS;
        int speechMs = 0;
        for (int ms = 0; ms < LONGEST_MS && (ms < SHORTEST_MS || speechMs < ENOUGH_SPEECH_MS); ms += STEP_MS) {
            LevelMeter step = new LevelMeter();
            for (int read = 0; read < STEP_MS; read += format.frameMs()) {
                source.read(frame);
                step.add(frame);
            }
            prompt.level(step.peakDbfs());
            peakDbfs = Math.max(peakDbfs, step.peakDbfs());
            speechMs += step.peakDbfs() > SPEECH_DBFS ? STEP_MS : 0;
        }
        return new Heard(peakDbfs, speechMs >= ENOUGH_SPEECH_MS);
    }
}
