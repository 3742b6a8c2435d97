package voiptui.relay.ops;

import java.util.List;
import java.util.stream.Stream;

/**
 * The relay's reply to an operator's request: on the wire a first line {@code ok}, or {@code failed} and the reason, then the
 * lines of the result.
 *
 * @param failure the reason for the operator; empty: done
 * @param lines the result
 */
public record OpsReply(String failure, List<String> lines) {

    private static final String OK = "ok";
    private static final String FAILED = "failed ";

    /** Returns a reply with a result. */
    static OpsReply of(List<String> lines) {
        return new OpsReply("", List.copyOf(lines));
    }

    /** Returns a reply that says how many were affected. */
    static OpsReply done(int count) {
        return of(List.of(Integer.toString(count)));
    }

    /** Returns a reply to a request that failed. */
    static OpsReply failed(String reason) {
        return new OpsReply(reason.replaceAll("\\R", " "), List.of());
    }

    /** Returns whether the request was carried out. */
    public boolean isDone() {
        return failure.isEmpty();
    }

    /** Returns how many were affected by the request; 0 if the reply is no number. */
    public int count() {
        try {
            return lines.isEmpty() ? 0 : Integer.parseInt(lines.get(0));
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    /** Returns the reply as on the wire. */
    String text() {
        Stream<String> first = Stream.of(isDone() ? OK : FAILED + failure);
        return String.join("\n", Stream.concat(first, lines.stream()).toList()) + "\n";
    }

    /** Parses a reply as on the wire. */
    static OpsReply parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty()) {
            return failed("the relay stopped before it answered");
        }
        String first = lines.get(0);
        return first.equals(OK)
                ? of(lines.subList(1, lines.size()))
                : failed(first.startsWith(FAILED) ? first.substring(FAILED.length()) : "the relay's answer is unknown");
    }
}
