package voiptui.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the parts of an mdoc manual page that the tests check. */
final class ManPage {

    private static final Pattern FLAG = Pattern.compile("\\bFl (\\S+)");

    private final Map<String, List<String>> sections = new LinkedHashMap<>();

    /** Reads {@code man/NAME.1}. */
    static ManPage read(String name) throws IOException {
        ManPage page = new ManPage();
        List<String> section = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("man", name + ".1"))) {
            if (line.startsWith(".Sh ")) {
                section = new ArrayList<>();
                page.sections.put(line.substring(".Sh ".length()), section);
            } else {
                section.add(line);
            }
        }
        return page;
    }

    /** The lines of a section, or none. */
    List<String> section(String title) {
        return sections.getOrDefault(title, List.of());
    }

    /** The items of a section's lists, each with the lines below it; items of inner lists are items as well. */
    Map<String, List<String>> items(String title) {
        Map<String, List<String>> items = new LinkedHashMap<>();
        List<String> text = new ArrayList<>();
        for (String line : section(title)) {
            if (line.startsWith(".It ")) {
                text = new ArrayList<>();
                items.put(line.substring(".It ".length()), text);
            } else {
                text.add(line);
            }
        }
        return items;
    }

    /** The options that the section {@code OPTIONS} describes, as typed: {@code --json}. */
    Set<String> options() {
        Set<String> options = new LinkedHashSet<>();
        items("OPTIONS").keySet().forEach(item -> options.addAll(flags(item)));
        return options;
    }

    /** Returns the description of an option as one line of mdoc. */
    String textOfOption(String option) {
        return items("OPTIONS").entrySet().stream()
                .filter(item -> flags(item.getKey()).contains(option))
                .map(item -> String.join(" ", item.getValue()))
                .findFirst()
                .orElse("");
    }

    /** Returns the options in the synopsis; one-letter options that share a {@code Fl} are separated. */
    Set<String> synopsis() {
        Set<String> options = new LinkedHashSet<>();
        for (String option : flags(String.join(" ", section("SYNOPSIS")))) {
            if (option.startsWith("--")) {
                options.add(option);
            } else {
                option.substring(1).chars().forEach(letter -> options.add("-" + (char) letter));
            }
        }
        return options;
    }

    private static Set<String> flags(String mdoc) {
        Set<String> flags = new LinkedHashSet<>();
        Matcher flag = FLAG.matcher(mdoc);
        while (flag.find()) {
            flags.add("-" + flag.group(1));
        }
        return flags;
    }
}
