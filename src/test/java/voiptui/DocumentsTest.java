package voiptui;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the documents about the code against the code: its files, packages and threads. */
class DocumentsTest {

    private static final Path DOCUMENTS = Path.of("src/site/markdown");
    private static final Path SOURCES = Path.of("src/main/java/voiptui");

    private static final Pattern FILE = Pattern.compile("`([a-z/0-9]+/\\w+\\.java)`");
    private static final Pattern QUALIFIED_CLASS = Pattern.compile("`((?:[a-z0-9]+\\.)+[A-Z]\\w*)`");
    private static final Pattern PACKAGE_ROW = Pattern.compile("(?m)^\\| `([a-z.]+)` \\| [^|]+ \\| ([a-z. –]+) \\|$");
    private static final Pattern THREAD_ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| `[a-zA-Z/]+\\.java`[^|]* \\|");
    private static final Pattern THREAD_IN_CODE = Pattern.compile("(?:Thread\\(|thread\\()[^;]*?\"([a-z-]+[a-z])\"");
    private static final Pattern IMPORTS = Pattern.compile("[Ii]mports ((?:\\{@code [a-z.]+}|[^;.])*)");
    private static final Pattern CODE = Pattern.compile("\\{@code ([a-z.]+)}");

    @ParameterizedTest
    @ValueSource(strings = {"architecture.md", "decisions.md", "glossary.md", "performance.md"})
    void shouldNameOnlyClassesThatExist(String document) throws IOException {
        String text = read(document);
        List<String> named =
                FILE.matcher(text).results().map(match -> match.group(1)).toList();
        List<String> qualified = QUALIFIED_CLASS
                .matcher(text)
                .results()
                .map(match -> match.group(1).replace('.', '/') + ".java")
                .toList();

        assertThat(named.size() + qualified.size()).isPositive();
        assertThat(named).allSatisfy(file -> assertThat(SOURCES.resolve(file)).exists());
        assertThat(qualified)
                .allSatisfy(file -> assertThat(SOURCES.resolve(file)).exists());
    }

    @Test
    void shouldListEachPackageWithWhatItMayImport() throws IOException {
        Map<String, Set<String>> documented = PACKAGE_ROW
                .matcher(read("architecture.md"))
                .results()
                .filter(row -> !row.group(1).equals("cli"))
                .collect(toMap(row -> row.group(1), row -> words(row.group(2))));

        assertThat(documented)
                .isEqualTo(ArchitectureTest.MAY_IMPORT.entrySet().stream()
                        .collect(toMap(Map.Entry::getKey, entry -> words(entry.getValue()))));
    }

    static Stream<String> packages() {
        return ArchitectureTest.packages();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void shouldSayInEachPackageWhatItImports(String name) throws IOException {
        String text = Files.readString(SOURCES.resolve(name.replace('.', '/')).resolve("package-info.java"))
                .replaceAll("\\s*\\n \\* ?", " ");
        Matcher sentence = IMPORTS.matcher(text);
        assertThat(sentence.find()).as("sentence with the imports").isTrue();
        Set<String> said = CODE.matcher(sentence.group(1))
                .results()
                .map(match -> match.group(1))
                .collect(toCollection(TreeSet::new));

        assertThat(said).isEqualTo(words(ArchitectureTest.MAY_IMPORT.get(name)));
    }

    @Test
    void shouldListEachThread() throws IOException {
        Set<String> documented = new TreeSet<>();
        THREAD_ROW
                .matcher(read("architecture.md"))
                .results()
                .map(row -> row.group(1))
                .forEach(documented::add);
        Set<String> started = new TreeSet<>();
        try (var files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                THREAD_IN_CODE
                        .matcher(Files.readString(file))
                        .results()
                        .map((MatchResult start) -> start.group(1))
                        .forEach(started::add);
            }
        }

        assertThat(started).hasSizeGreaterThan(10);
        assertThat(documented).containsAll(started);
    }

    private static String read(String document) throws IOException {
        return Files.readString(DOCUMENTS.resolve(document));
    }

    private static Set<String> words(String text) {
        Set<String> words = new TreeSet<>(Arrays.asList(text.strip().split("\\s+")));
        words.removeAll(Set.of("–", ""));
        return words;
    }
}
