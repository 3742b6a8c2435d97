package voiptui.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Finds what a user may have meant with a mistyped word, by the number of letters to insert, delete, replace or swap with their
 * neighbour (Damerau, CACM 7(3), 1964). Stateless; any thread.
 */
public final class NearestWords {

    /** The most words that are suggested. */
    private static final int MOST = 3;
    /** Longer words are no typing errors, and would take long to compare. */
    private static final int LONGEST = 64;

    private NearestWords() {}

    /**
     * Returns the words that need the fewest changes, at most three, if a third of the letters or fewer differ; a word that
     * {@code typed} is the beginning of counts as one change away. Case and leading dashes do not count.
     *
     * @param typed the mistyped word
     * @param words the words that would be right
     */
    public static List<String> to(String typed, Collection<String> words) {
        String wrong = normal(typed);
        if (wrong.isEmpty() || wrong.length() > LONGEST) {
            return List.of();
        }
        int most = Math.max(1, wrong.length() / 3);
        List<Candidate> near = words.stream()
                .distinct()
                .map(word -> new Candidate(word, changes(wrong, normal(word))))
                .filter(candidate -> candidate.changes() <= most)
                .sorted(Comparator.comparingInt(Candidate::changes).thenComparing(Candidate::word))
                .toList();
        return near.stream()
                .filter(candidate -> candidate.changes() == near.get(0).changes())
                .limit(MOST)
                .map(Candidate::word)
                .toList();
    }

    /**
     * Returns {@code ; did you mean 'phone'?}, or nothing if no word is near.
     *
     * @param typed the mistyped word
     * @param words the words that would be right
     */
    public static String question(String typed, Collection<String> words) {
        List<String> near = to(typed, words);
        return near.isEmpty()
                ? ""
                : "; did you mean "
                        + near.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" or "))
                        + "?";
    }

    private record Candidate(String word, int changes) {}

    private static String normal(String word) {
        return word.replaceFirst("^-+", "").toLowerCase(Locale.ROOT);
    }

    private static int changes(String wrong, String right) {
        if (wrong.length() >= 3 && right.startsWith(wrong)) {
            return 1;
        }
        int[][] cost = new int[wrong.length() + 1][right.length() + 1];
        for (int i = 0; i <= wrong.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : least(cost, wrong, right, i, j);
            }
        }
        return cost[wrong.length()][right.length()];
    }

    private static int least(int[][] cost, String wrong, String right, int i, int j) {
        boolean same = wrong.charAt(i - 1) == right.charAt(j - 1);
        int least = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && wrong.charAt(i - 1) == right.charAt(j - 2)
                && wrong.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
