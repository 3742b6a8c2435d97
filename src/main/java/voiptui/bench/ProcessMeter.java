package voiptui.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import voiptui.relay.ProcessUsage;

/** What another Java process uses, from Linux's {@code /proc} and the JDK's {@code jcmd}. Any thread. */
public final class ProcessMeter {

    /** USER_HZ, which is 100 on every Linux that Java runs on. */
    private static final double MS_PER_TICK = 10;

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private final long pid;

    /** Reads what a process uses. */
    public ProcessMeter(long pid) {
        this.pid = pid;
    }

    /** Returns the CPU time since its start, of all threads, in milliseconds. */
    public double cpuMs() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The name in parentheses may have blanks; utime and stime are the 14th and 15th field.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MS_PER_TICK;
    }

    /** Returns the resident memory, in bytes; {@link ProcessUsage#UNKNOWN} if the process is gone. */
    public long residentBytes() {
        return new ProcessUsage(Path.of("/proc", Long.toString(pid), "status")).residentBytes();
    }

    /** Returns the bytes of the heap that are in use, after a collection of all of it, which stops the process for a moment. */
    public long liveHeapBytes() throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        Matcher total = TOTAL.matcher(said);
        if (!total.find()) {
            throw new IOException("jcmd said: " + said);
        }
        return Long.parseLong(total.group(1));
    }
}
