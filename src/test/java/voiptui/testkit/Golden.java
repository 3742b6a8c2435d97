package voiptui.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the expected output in {@code src/test/resources/golden}. */
public final class Golden {

    private Golden() {}

    /** The lines of a text file without the comments ({@code #} at the beginning of a line) and the empty ones. */
    public static List<String> lines(String file) {
        return text(file)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /**
     * The {@code [sections]} of a file of hexadecimal bytes, in order. {@code XX*N} stands for N times the same byte,
     * and {@code #} begins a comment.
     */
    public static Map<String, byte[]> hex(String file) {
        Map<String, ByteArrayOutputStream> sections = new LinkedHashMap<>();
        ByteArrayOutputStream section = null;
        for (String line : text(file).lines().toList()) {
            String content = line.replaceFirst("#.*", "").strip();
            if (content.startsWith("[")) {
                section = new ByteArrayOutputStream();
                sections.put(content.substring(1, content.length() - 1), section);
            } else if (!content.isEmpty()) {
                for (String word : content.split("\\s+")) {
                    String[] parts = word.split("\\*");
                    for (int n = parts.length == 1 ? 1 : Integer.parseInt(parts[1]); n > 0; n--) {
                        section.write(Integer.parseInt(parts[0], 16));
                    }
                }
            }
        }
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        sections.forEach((name, content) -> bytes.put(name, content.toByteArray()));
        return bytes;
    }

    private static String text(String file) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no golden file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
