package voiptui.doctor;

import org.jspecify.annotations.Nullable;
import voiptui.codec.Opus;

/** Finds out which implementation of Opus a call would use. Reads files; blocks its caller for a moment. */
public final class CodecCheck {

    private CodecCheck() {}

    /** Loads the native library as a call does, and reports the result. */
    public static Finding run() {
        return finding(Opus.load());
    }

    /**
     * Returns the finding.
     *
     * @param failure why the native library was not loaded; null if it was
     */
    static Finding finding(@Nullable String failure) {
        return failure == null
                ? Finding.ok("codec", "Opus by libopus")
                : Finding.warning(
                        "codec",
                        "Opus in Java, because the native library was not loaded: " + failure,
                        "run install.sh again; without the native library a call needs more processor time, and lost"
                                + " packets are heard more");
    }
}
