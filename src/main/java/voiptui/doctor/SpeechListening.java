package voiptui.doctor;

import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.SpeechMeter;

/** Listens to a user who was asked to speak. Blocks its caller until it has heard them, for five seconds at most. */
final class SpeechListening {

    /** The longest time that it listens, in milliseconds. */
    static final int LONGEST_MS = 5_000;
    /** The shortest. */
    static final int SHORTEST_MS = 1_000;

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
        SpeechMeter meter = new SpeechMeter(format);
        while (meter.heardMs() < LONGEST_MS && (meter.heardMs() < SHORTEST_MS || !meter.hasSpeech())) {
            source.read(frame);
            if (meter.add(frame)) {
                prompt.level(meter.stepDbfs());
            }
        }
        return new Heard(meter.peakDbfs(), meter.hasSpeech());
    }
}
