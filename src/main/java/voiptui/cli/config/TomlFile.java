package voiptui.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.identity.FileProblem;

/**
 * A file in TOML 1.0 with one level of tables. The only class that loads the library, which takes a tenth of a second: used only if
 * there is a file.
 */
final class TomlFile {

    /** The largest file that is read, in bytes. */
    static final int MAX_BYTES = 256 * 1024;

    /**
     * A value.
     *
     * @param value a text, number, truth value, or a list of them; a table in a table as a map
     * @param line its line in the file, from 1
     */
    record Entry(Object value, int line) {}

    private TomlFile() {}

    /**
     * Reads a file.
     *
     * @return the entries by table and key; those outside of tables are in the table with an empty name
     * @throws CommandFailure if it cannot be read or is no TOML: one line, with the line of the first error
     */
    static Map<String, Map<String, Entry>> read(Path file) throws CommandFailure {
        TomlParseResult parsed;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("it is larger than 256 kB");
            }
            parsed = Toml.parse(file);
        } catch (IOException unreadable) {
            throw CommandFailure.of(ExitCode.USAGE, FileProblem.of("read", file, unreadable));
        }
        if (parsed.hasErrors()) {
            TomlParseError first = parsed.errors().get(0);
            throw new CommandFailure(
                    ExitCode.USAGE,
                    file + ":" + first.position().line() + ": "
                            + String.valueOf(first.getMessage()).replaceAll("\\s+", " "));
        }
        Map<String, Map<String, Entry>> tables = new LinkedHashMap<>();
        Map<String, Entry> outside = new LinkedHashMap<>();
        tables.put("", outside);
        parsed.keySet().forEach(key -> {
            Entry entry = entry(parsed, key);
            if (parsed.get(List.of(key)) instanceof TomlTable table) {
                Map<String, Entry> entries = new LinkedHashMap<>();
                table.keySet().forEach(inner -> entries.put(inner, entry(table, inner)));
                entries.putIfAbsent("", entry);
                tables.put(key, entries);
            } else {
                outside.put(key, entry);
            }
        });
        return tables;
    }

    private static Entry entry(TomlTable table, String key) {
        TomlPosition position = table.inputPositionOf(List.of(key));
        Object value = table.get(List.of(key));
        return new Entry(plain(value == null ? "" : value), position == null ? 1 : position.line());
    }

    private static Object plain(Object value) {
        return value instanceof TomlArray array
                ? array.toList()
                : value instanceof TomlTable table ? table.toMap() : value;
    }
}
