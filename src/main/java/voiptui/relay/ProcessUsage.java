package voiptui.relay;

import static voiptui.time.NanoClock.NS_PER_MS;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the processor time and memory that a process uses. One thread. */
public final class ProcessUsage {

    /** The value if the system does not report one. */
    public static final long UNKNOWN = -1;

    private static final long BYTES_PER_KB = 1024;
    /** Linux, proc(5): always in kB, which means 1,024 bytes here. */
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d{1,15}) kB$");

    private final Path statusFile;

    /**
     * Reads the usage of a process.
     *
     * @param statusFile {@code /proc/…/status} of the process; may be missing
     */
    public ProcessUsage(Path statusFile) {
        this.statusFile = statusFile;
    }

    /** Returns the usage of this process. */
    static ProcessUsage ofThisProcess() {
        return new ProcessUsage(Path.of("/proc/self/status"));
    }

    /** Returns the processor time used since the start, in milliseconds, or {@link #UNKNOWN}. */
    long cpuMs() {
        long ns = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : UNKNOWN;
        return ns < 0 ? UNKNOWN : ns / NS_PER_MS;
    }

    /** Returns the resident memory, in bytes, or {@link #UNKNOWN}. */
    public long residentBytes() {
        try {
            Matcher resident = RESIDENT.matcher(Files.readString(statusFile, StandardCharsets.ISO_8859_1));
            return resident.find() ? Long.parseLong(resident.group(1)) * BYTES_PER_KB : UNKNOWN;
        } catch (IOException notThisSystem) {
            return UNKNOWN;
        }
    }
}
