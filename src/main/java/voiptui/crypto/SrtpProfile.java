package voiptui.crypto;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A protection profile of DTLS-SRTP: cipher and lengths of keys (RFC 5764, 4.1.2; RFC 7714, 14.2). The preferred one comes first. */
public enum SrtpProfile {
    /** AES-256 in Galois/counter mode. */
    AEAD_AES_256_GCM(0x0008, 32),
    /** AES-128 in Galois/counter mode. */
    AEAD_AES_128_GCM(0x0007, 16);

    /** Length of a master salt and of a session salt. */
    static final int SALT_BYTES = 12;
    /** Length of the authentication tag that a packet grows by. */
    public static final int TAG_BYTES = 16;

    private final int id;
    private final int keyBytes;

    SrtpProfile(int id, int keyBytes) {
        this.id = id;
        this.keyBytes = keyBytes;
    }

    /** Returns the profiles to offer on this machine: without AES-256 where the processor has no instructions for AES. */
    public static List<SrtpProfile> offered() {
        return offered(System.getProperty("os.arch", ""));
    }

    static List<SrtpProfile> offered(String architecture) {
        return switch (architecture.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "aarch64" -> List.of(values());
            default -> List.of(AEAD_AES_128_GCM);
        };
    }

    /** Returns the profile with this number. */
    static Optional<SrtpProfile> of(int id) {
        return Arrays.stream(values()).filter(profile -> profile.id == id).findFirst();
    }

    /** Returns the number on the wire. */
    int id() {
        return id;
    }

    /** Returns the length of a key in bytes. */
    int keyBytes() {
        return keyBytes;
    }

    /** Returns the length of the keying material for both directions, in bytes (RFC 5764, 4.2). */
    int materialBytes() {
        return 2 * (keyBytes + SALT_BYTES);
    }
}
