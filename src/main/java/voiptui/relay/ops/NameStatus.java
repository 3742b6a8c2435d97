package voiptui.relay.ops;

import java.util.List;
import java.util.Optional;

/**
 * What an operator wants to know about a name.
 *
 * @param name the name
 * @param fingerprint the certificate that owns it, as text
 * @param expires whether it is free again if it is not used for long
 * @param lastSeenMs when its client was last signed in, in milliseconds since 1970; 0: never
 * @param online the addresses from which clients are signed in now
 */
public record NameStatus(String name, String fingerprint, boolean expires, long lastSeenMs, List<String> online) {

    private static final int MIN_WORDS = 4;

    /** Returns the status as a line of words. */
    String line() {
        return name + " " + fingerprint + " " + (expires ? "expires" : "kept") + " " + lastSeenMs
                + (online.isEmpty() ? "" : " " + String.join(" ", online));
    }

    /** Parses a line; empty if it is not a status. */
    public static Optional<NameStatus> parse(String line) {
        List<String> words = List.of(line.split(" "));
        if (words.size() < MIN_WORDS || !words.get(3).matches("\\d{1,15}")) {
            return Optional.empty();
        }
        return Optional.of(new NameStatus(
                words.get(0),
                words.get(1),
                words.get(2).equals("expires"),
                Long.parseLong(words.get(3)),
                words.subList(MIN_WORDS, words.size())));
    }
}
