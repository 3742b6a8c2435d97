package voiptui.relay.directory;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import voiptui.identity.Fingerprint;

/**
 * What a directory of many names costs: memory, size of the file, time to load it and to look names up; see {@code
 * src/test/bench/directory.sh}. Arguments: the numbers of names.
 */
public final class DirectoryGrowth {

    private static final int FINGERPRINT_BYTES = 32;
    private static final LocalDate SINCE = LocalDate.of(2026, 11, 27);
    private static final int LOOK_UPS = 1_000_000;
    private static final int SCANS = 20;
    private static final double NS_PER_MS = 1e6;
    private static final double BYTES_PER_MB = 1e6;

    private DirectoryGrowth() {}

    /** Measures each number of names. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("voiptui-directory");
        try {
            for (String names : arguments) {
                measure(folder, Integer.parseInt(names));
            }
        } finally {
            Files.deleteIfExists(folder.resolve(NameFile.FILE_NAME));
            Files.deleteIfExists(folder);
        }
    }

    private static void measure(Path folder, int names) throws IOException {
        Path file = folder.resolve(NameFile.FILE_NAME);
        write(file, names);
        String loaded = load(folder);
        long heap = usedHeap();
        NameRegistry registry = new NameRegistry(AccessPolicy.OPEN, entries(names));
        double memory = (usedHeap() - heap) / BYTES_PER_MB;
        Map<String, NameEntry> entries = registry.entries();
        Random random = new Random(1);
        long beganNs = System.nanoTime();
        int refused = 0;
        for (int i = 0; i < LOOK_UPS; i++) {
            String name = name(random.nextInt(names));
            refused += registry.refusal(name, entries.get(name).fingerprint()).isPresent() ? 1 : 0;
        }
        double lookUpNs = (double) (System.nanoTime() - beganNs) / LOOK_UPS;
        beganNs = System.nanoTime();
        for (int i = 0; i < SCANS; i++) {
            registry.knows("stranger");
        }
        double scanMs = (System.nanoTime() - beganNs) / NS_PER_MS / SCANS;
        beganNs = System.nanoTime();
        int sorted = registry.names().size();
        double sortMs = (System.nanoTime() - beganNs) / NS_PER_MS;
        System.out.printf(
                Locale.ROOT,
                "%,d names: file %.1f MB, %s; %.0f MB of heap; to look a name up %.2f µs; whether a certificate is known %.1f ms;"
                        + " all names in order %.0f ms (%d refused, %d names)%n",
                names,
                Files.size(file) / BYTES_PER_MB,
                loaded,
                memory,
                lookUpNs / 1_000,
                scanMs,
                sortMs,
                refused,
                sorted);
    }

    private static String load(Path folder) {
        long beganNs = System.nanoTime();
        try {
            new NameFile(folder).refresh(System.err::println);
            return String.format(Locale.ROOT, "loaded in %.0f ms", (System.nanoTime() - beganNs) / NS_PER_MS);
        } catch (IOException refused) {
            return "not loaded: " + refused.getMessage();
        }
    }

    private static Map<String, NameEntry> entries(int names) {
        Map<String, NameEntry> entries = new LinkedHashMap<>();
        byte[] certificate = new byte[FINGERPRINT_BYTES];
        Random random = new Random(names);
        for (int i = 0; i < names; i++) {
            random.nextBytes(certificate);
            entries.put(name(i), new NameEntry(Fingerprint.ofDer(certificate).text(), SINCE));
        }
        return entries;
    }

    private static void write(Path file, int names) throws IOException {
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (Map.Entry<String, NameEntry> entry : entries(names).entrySet()) {
                lines.write(entry.getKey() + " " + entry.getValue().fingerprint() + " # since " + SINCE + "\n");
            }
        }
    }

    private static String name(int index) {
        return "phone-" + index;
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
