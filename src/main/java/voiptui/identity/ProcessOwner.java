package voiptui.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The numeric groups that this process belongs to, as Linux lists them in {@code /proc/self/status} (proc(5)). Empty on other
 * systems. Stateless; any thread.
 */
final class ProcessOwner {

    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessOwner() {}

    /** Returns the ids of the process's group and supplementary groups. */
    static Set<Integer> groups() {
        try {
            Set<Integer> groups = new HashSet<>();
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("Groups:")) {
                    numbers(line).forEach(groups::add);
                } else if (line.startsWith("Gid:")) {
                    // real, effective, saved, file system
                    groups.add(numbers(line).get(1));
                }
            }
            return groups;
        } catch (IOException | RuntimeException notLinux) {
            return Set.of();
        }
    }

    private static List<Integer> numbers(String line) {
        return Arrays.stream(line.substring(line.indexOf(':') + 1).strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .map(Integer::parseUnsignedInt)
                .toList();
    }
}
