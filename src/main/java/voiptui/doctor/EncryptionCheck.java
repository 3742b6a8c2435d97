package voiptui.doctor;

import org.jspecify.annotations.Nullable;
import voiptui.crypto.AesGcm;

/** Finds out what would encrypt the packets of a call. Reads files; blocks its caller for a moment. */
public final class EncryptionCheck {

    private EncryptionCheck() {}

    /** Loads OpenSSL as a call does, and reports the result. */
    public static Finding run() {
        return finding(AesGcm.openSslVersion(), AesGcm.load());
    }

    /**
     * Returns the finding: Java encrypts as well, and takes a little more of the processor.
     *
     * @param version name and version of OpenSSL; null if it is not used
     * @param failure why it is not; null if it is
     */
    static Finding finding(@Nullable String version, @Nullable String failure) {
        return Finding.ok(
                "encryption",
                version != null ? "AES-GCM by " + version : "AES-GCM by Java, as OpenSSL was not loaded: " + failure);
    }
}
