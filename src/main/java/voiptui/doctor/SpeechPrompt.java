package voiptui.doctor;

/** Asks the user to speak while a microphone is tried out. Called on the thread of the check. */
public interface SpeechPrompt {

    /** Asks the user to speak; the microphone listens from now on. */
    void ask();

    /**
     * Shows what the microphone picks up. Called ten times a second.
     *
     * @param peakDbfs peak over the last 100 ms, in dB relative to full scale
     */
    void level(double peakDbfs);

    /** Takes the question back: the microphone no longer listens. */
    void done();
}
