package voiptui.demo.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What a network did to packets, one after the other. Immutable; any thread.
 *
 * <p>As a text file: a line for each packet, either its delay in milliseconds or {@code lost}. What follows a {@code #} is a comment;
 * empty lines do not count. A packet whose delay is shorter than that of the one before may overtake it.
 */
public final class NetworkTrace {

    /** The most packets in a file: over five hours of speech. */
    public static final int MAX_PACKETS = 1_000_000;

    /** The longest delay in a file, in milliseconds. */
    public static final double MAX_DELAY_MS = Figures.MAX_MS;

    private static final int MAX_FILE_BYTES = 32 << 20;
    private static final int MAX_QUOTED_CHARACTERS = 20;
    private static final Pattern DELAY = Pattern.compile("\\d{1,5}(\\.\\d{1,9})?");

    /** Milliseconds; NaN for a lost packet. */
    private final float[] delaysMs;

    private NetworkTrace(float[] delaysMs) {
        this.delaysMs = delaysMs;
    }

    /**
     * Reads a trace.
     *
     * @throws IOException with a message for the user if the file cannot be read or is not a trace
     */
    public static NetworkTrace read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("no such file: " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("not a regular file: " + file);
        }
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IOException(file + " is too large: at most " + MAX_PACKETS + " packets");
        }
        // Bytes that are not UTF-8 turn into a line that is refused.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            return parse(lines, file.toString());
        } catch (java.nio.file.AccessDeniedException denied) {
            throw new IOException("cannot read " + file + ": permission denied", denied);
        }
    }

    private static NetworkTrace parse(BufferedReader lines, String name) throws IOException {
        float[] delaysMs = new float[1024];
        int packets = 0;
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            int comment = line.indexOf('#');
            String word = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (word.isEmpty()) {
                continue;
            }
            if (packets == MAX_PACKETS) {
                throw new IOException(name + " is too long: at most " + MAX_PACKETS + " packets");
            }
            if (packets == delaysMs.length) {
                delaysMs = Arrays.copyOf(delaysMs, 2 * packets);
            }
            delaysMs[packets++] = parseLine(word, name, number);
        }
        if (packets == 0) {
            throw new IOException(name + " describes no packet; write a line for each: a delay in ms, or 'lost'");
        }
        return new NetworkTrace(Arrays.copyOf(delaysMs, packets));
    }

    private static float parseLine(String word, String name, int number) throws IOException {
        if (word.equals("lost")) {
            return Float.NaN;
        }
        float delayMs = DELAY.matcher(word).matches() ? Float.parseFloat(word) : Float.POSITIVE_INFINITY;
        if (delayMs > MAX_DELAY_MS) {
            String quoted =
                    word.length() <= MAX_QUOTED_CHARACTERS ? word : word.substring(0, MAX_QUOTED_CHARACTERS) + "...";
            throw new IOException(name + ", line " + number + ": '" + quoted.replaceAll("\\p{Cntrl}", "?")
                    + "' is neither a delay from 0 to 10000 ms nor 'lost'");
        }
        return delayMs;
    }

    /** Returns the number of packets. */
    public int packets() {
        return delaysMs.length;
    }

    /** Returns the delay of a packet in milliseconds, or NaN if it was lost. */
    public double delayMs(int packet) {
        return delaysMs[packet];
    }
}
