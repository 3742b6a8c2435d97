package voiptui.relay.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets the contents of a state file be replaced only by a version without invalid lines, so that a slip of the editor lets nobody in
 * and takes no name away. The first version is taken as it is, without its invalid lines. Owned by the thread {@code relay-state}.
 */
final class ReadingGuard {

    private boolean loaded;
    /** What is wrong with the version that was read last; null: nothing. */
    private @Nullable String problem;

    /**
     * Reads a version of the file.
     *
     * @param parse returns the contents, and gives a message for each invalid line, which it skips, to its argument
     * @param warn receives a line for the operator
     * @return the new contents; empty if they stay as they were
     */
    <T> Optional<T> read(Function<Consumer<String>, T> parse, Consumer<String> warn) {
        List<String> problems = new ArrayList<>();
        T contents = parse.apply(loaded ? problems::add : warn);
        if (!problems.isEmpty()) {
            problem = problems.get(0) + (problems.size() > 1 ? "; " + (problems.size() - 1) + " more" : "")
                    + "; what was read before stays in force";
            warn.accept(problem);
            return Optional.empty();
        }
        problem = null;
        loaded = true;
        return Optional.of(contents);
    }

    /** Returns what is wrong with the version that was read last, so that the contents stayed as they were. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
