package voiptui.tui.key;

import java.util.List;

/** The actions in a call, in the order of the help. */
public enum CallAction implements Action {
    /** Talks, with push to talk. */
    TALK("talk", "talk: hold it, or press it again to end", "Space"),
    /** Mutes or unmutes. */
    MUTE("mute", "mute or unmute the microphone", "m"),
    /** Hangs up. */
    QUIT("quit", "quit; asks first during a call", "q"),
    /** Holds or resumes. */
    HOLD("hold", "hold: neither side hears the other", "h"),
    /** Replays the last seconds of the other side. */
    SAY_AGAIN("say-again", "say again: replay the last 8 s; live", ","),
    /** Ends the replay. */
    LIVE("live", "", "."),
    /** Opens or closes the choice of devices. */
    DEVICES("devices", "choose microphone and speaker", "d"),
    /** Turns the speaker up. */
    VOLUME_UP("volume-up", "speaker volume up, down", "+", "="),
    /** Turns the speaker down. */
    VOLUME_DOWN("volume-down", "", "-"),
    /** Turns the microphone down. */
    GAIN_DOWN("gain-down", "microphone gain down, up", "["),
    /** Turns the microphone up. */
    GAIN_UP("gain-up", "", "]"),
    /** Changes the voice processing. */
    PROCESSING("processing", "voice processing: off, noise only, all", "p"),
    /** Starts or stops a recording. */
    RECORD("record", "start or stop recording to a WAV file", "r"),
    /** Plays the test tone. */
    TONE("tone", "play a test tone; only you hear it", "t"),
    /** Shows the words to compare. */
    VERIFY("verify", "compare words, to verify who it is", "v"),
    /** Opens the field for a text to the other side. */
    TEXT("text", "write a text, end-to-end encrypted", "Enter"),
    /** Shows the log at full height, or no longer. */
    LOG("log", "show the log at full height; statistics", "l"),
    /** Shows more numbers. */
    STATISTICS("statistics", "", "s"),
    /** Shows the keys. */
    HELP("help", "this help", "?");

    private final Spec spec;

    CallAction(String label, String help, String... defaultKeys) {
        this.spec = new Spec(label, help, List.of(defaultKeys));
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
