package voiptui.natives;

import static org.lwjgl.system.linux.DynamicLinkLoader.RTLD_LOCAL;
import static org.lwjgl.system.linux.DynamicLinkLoader.RTLD_NOW;

import org.lwjgl.system.MemoryUtil;
import org.lwjgl.system.Platform;
import org.lwjgl.system.Pointer;
import org.lwjgl.system.linux.DynamicLinkLoader;

/**
 * A library of the operating system, which the dynamic linker finds by its soname: {@link NativeLibraries} restricts where LWJGL looks
 * for its own libraries, and is not asked. On Linux with 64 bits only; once opened, it stays. Immutable; any thread.
 */
public final class SystemLibrary {

    private final String soname;
    private final long handle;

    private SystemLibrary(String soname, long handle) {
        this.soname = soname;
        this.handle = handle;
    }

    /**
     * Opens the first of several libraries that is there. Reads files.
     *
     * @param sonames names with a version, such as {@code libcrypto.so.3}: functions of another version may differ
     * @throws UnsatisfiedLinkError if there is none, or LWJGL's own library cannot be loaded, or the platform is another one
     */
    public static SystemLibrary open(String... sonames) {
        NativeLibraries.prepare();
        if (Platform.get() != Platform.LINUX || !Pointer.BITS64) {
            throw new UnsatisfiedLinkError("libraries of the system are used on Linux with 64 bits only");
        }
        for (String soname : sonames) {
            long handle = DynamicLinkLoader.dlopen(soname, RTLD_NOW | RTLD_LOCAL);
            if (handle != MemoryUtil.NULL) {
                return new SystemLibrary(soname, handle);
            }
        }
        throw new UnsatisfiedLinkError("no " + String.join(" or ", sonames));
    }

    /**
     * Returns the address of a function.
     *
     * @throws UnsatisfiedLinkError if the library has none of this name
     */
    public long function(String name) {
        long address = DynamicLinkLoader.dlsym(handle, name);
        if (address == MemoryUtil.NULL) {
            throw new UnsatisfiedLinkError("no " + name + " in " + soname);
        }
        return address;
    }

    /**
     * Returns a text of the library, up to its first character that is not printable ASCII.
     *
     * @param address of the first byte; {@link MemoryUtil#NULL}: the text is empty
     * @param maxBytes where to stop reading
     */
    public static String text(long address, int maxBytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; address != MemoryUtil.NULL && i < maxBytes; i++) {
            byte next = MemoryUtil.memGetByte(address + i);
            if (next < ' ' || next > '~') {
                break;
            }
            text.append((char) next);
        }
        return text.toString();
    }
}
