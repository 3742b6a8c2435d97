package voiptui.crypto;

import static org.lwjgl.system.JNI.invokeP;
import static org.lwjgl.system.JNI.invokePPI;
import static org.lwjgl.system.JNI.invokePPPI;
import static org.lwjgl.system.JNI.invokePPPPI;
import static org.lwjgl.system.JNI.invokePPPPPI;
import static org.lwjgl.system.JNI.invokePV;
import static org.lwjgl.system.MemoryUtil.NULL;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import voiptui.natives.SystemLibrary;

/**
 * What we use of OpenSSL's libcrypto: AES/GCM (EVP_EncryptInit(3)). Addresses are those of native memory, and nothing here checks them.
 * Any thread; a context belongs to one at a time. Allocates nothing.
 */
final class LibCrypto {

    /** OPENSSL_INIT_NO_LOAD_CONFIG: neither OPENSSL_CONF nor the system's file changes what we get. */
    private static final long NO_CONFIG = 0x80;
    /** OPENSSL_INIT_NO_ATEXIT: threads may still encrypt while the process exits. */
    private static final long NO_CLEAN_UP_AT_EXIT = 0x8_0000;
    /** 1.1.1b, which knows these flags (OPENSSL_VERSION_NUMBER(3)). */
    private static final long OLDEST = 0x1010_102fL;

    private static final int GET_TAG = 0x10;
    private static final int SET_TAG = 0x11;
    private static final int OK = 1;
    private static final int MAX_VERSION_BYTES = 80;
    private static final Pattern VERSION = Pattern.compile("OpenSSL [0-9.]+[a-z]*");

    private final String version;
    private final long aes128;
    private final long aes256;
    private final long newContext;
    private final long freeContext;
    private final long init;
    private final long update;
    private final long finish;
    private final long control;

    private LibCrypto(SystemLibrary library) {
        long number = invokeP(library.function("OpenSSL_version_num"));
        Matcher text =
                VERSION.matcher(SystemLibrary.text(invokeP(0, library.function("OpenSSL_version")), MAX_VERSION_BYTES));
        if (number < OLDEST || !text.lookingAt()) {
            throw new UnsatisfiedLinkError("OpenSSL is older than 1.1.1b, or something else");
        }
        this.version = text.group();
        // Before any other function, which would initialize the library in its own way.
        require(
                invokePPI(NO_CONFIG | NO_CLEAN_UP_AT_EXIT, NULL, library.function("OPENSSL_init_crypto")) == OK,
                "OPENSSL_init_crypto");
        this.aes128 = invokeP(library.function("EVP_aes_128_gcm"));
        this.aes256 = invokeP(library.function("EVP_aes_256_gcm"));
        require(aes128 != NULL && aes256 != NULL, "EVP_aes_gcm");
        this.newContext = library.function("EVP_CIPHER_CTX_new");
        this.freeContext = library.function("EVP_CIPHER_CTX_free");
        this.init = library.function("EVP_CipherInit_ex");
        this.update = library.function("EVP_CipherUpdate");
        this.finish = library.function("EVP_CipherFinal_ex");
        this.control = library.function("EVP_CIPHER_CTX_ctrl");
    }

    /**
     * Loads the library. Reads files.
     *
     * @throws UnsatisfiedLinkError if it is not there, or too old; says why
     * @throws IllegalStateException if it cannot be initialized
     */
    static LibCrypto load() {
        return new LibCrypto(SystemLibrary.open("libcrypto.so.3", "libcrypto.so.1.1"));
    }

    private static void require(boolean holds, String function) {
        if (!holds) {
            throw new IllegalStateException("libcrypto: " + function + " failed");
        }
    }

    /** Returns name and version, such as {@code OpenSSL 3.0.17}. */
    String version() {
        return version;
    }

    /**
     * Returns a context with a key.
     *
     * @param key its bytes
     * @param keyBytes 16 or 32
     * @throws IllegalStateException if there is no memory for it
     */
    long createContext(long key, int keyBytes) {
        long context = invokeP(newContext);
        require(context != NULL, "EVP_CIPHER_CTX_new");
        if (invokePPPPPI(context, keyBytes == 32 ? aes256 : aes128, NULL, key, NULL, 1, init) != OK) {
            freeContext(context);
            throw new IllegalStateException("libcrypto: EVP_CipherInit_ex failed");
        }
        return context;
    }

    /** Wipes and releases a context. */
    void freeContext(long context) {
        invokePV(context, freeContext);
    }

    /** Starts a packet with an initialization vector of 12 bytes; returns false on failure, as the others do. */
    boolean start(long context, boolean encrypts, long iv) {
        return invokePPPPPI(context, NULL, NULL, NULL, iv, encrypts ? 1 : 0, init) == OK;
    }

    /** Takes bytes into account that are authenticated but not encrypted. */
    boolean authenticate(long context, long data, int bytes, long length) {
        return invokePPPPI(context, NULL, length, data, bytes, update) == OK;
    }

    /**
     * Encrypts or decrypts in place.
     *
     * @param length where an int is written: how many bytes were
     */
    boolean transform(long context, long data, int bytes, long length) {
        return invokePPPPI(context, data, length, data, bytes, update) == OK;
    }

    /** Ends a packet; when decrypting, false if the tag does not fit. Writes nothing to {@code data}. */
    boolean finish(long context, long data, long length) {
        return invokePPPI(context, data, length, finish) == OK;
    }

    /** Writes the tag of what was encrypted. */
    boolean getTag(long context, long tag) {
        return invokePPI(context, GET_TAG, SrtpProfile.TAG_BYTES, tag, control) == OK;
    }

    /** Takes the tag of what is decrypted. */
    boolean setTag(long context, long tag) {
        return invokePPI(context, SET_TAG, SrtpProfile.TAG_BYTES, tag, control) == OK;
    }
}
