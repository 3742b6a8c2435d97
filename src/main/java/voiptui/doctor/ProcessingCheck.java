package voiptui.doctor;

import org.jspecify.annotations.Nullable;
import voiptui.audio.webrtc.WebRtcLibrary;

/** Finds out whether a call could cancel echo and suppress noise. Reads files; blocks its caller for a moment. */
public final class ProcessingCheck {

    private ProcessingCheck() {}

    /** Loads the native library as a call does, and reports the result. */
    public static Finding run() {
        return finding(WebRtcLibrary.load());
    }

    /**
     * Returns the finding.
     *
     * @param failure why the native library was not loaded; null if it was
     */
    static Finding finding(@Nullable String failure) {
        return failure == null
                ? Finding.ok("processing", "echo cancelling, noise suppression and gain control by WebRTC")
                : Finding.warning(
                        "processing",
                        "no echo cancelling or noise suppression, because the native library was not loaded: "
                                + failure,
                        "use a headset; or run install.sh again, as root, which installs what is missing, or install"
                                + " the library that is named above");
    }
}
