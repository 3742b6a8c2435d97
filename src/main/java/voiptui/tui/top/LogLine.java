package voiptui.tui.top;

import java.util.Optional;
import voiptui.event.RelayEvent;
import voiptui.report.Printable;

/**
 * One line of what happened, for people.
 *
 * @param atMs when, in milliseconds since 1970
 * @param text what, in words
 * @param warning whether the relay's owner should look at it
 */
record LogLine(long atMs, String text, boolean warning) {

    /** The line about {@code event}, if there is anything to say: nothing routine and no numbers. */
    static Optional<LogLine> of(RelayEvent event, long atMs) {
        if (event instanceof RelayEvent.Refused || event instanceof RelayEvent.Warning) {
            return Optional.of(new LogLine(atMs, words(event), true));
        }
        String words = words(event);
        return words.isEmpty() ? Optional.empty() : Optional.of(new LogLine(atMs, words, false));
    }

    private static String words(RelayEvent event) {
        if (event instanceof RelayEvent.Started started) {
            return "listening on " + started.control() + " (TCP) and " + started.media() + " (UDP)";
        }
        if (event instanceof RelayEvent.Registered registered) {
            return registered.client() + " registered" + (registered.again() ? " again" : "") + ", to talk with "
                    + registered.target();
        }
        if (event instanceof RelayEvent.Paired paired) {
            return paired.client() + " and " + paired.peer() + " are connected";
        }
        if (event instanceof RelayEvent.SourceLearned learned) {
            return "packets of " + learned.client() + " come from " + learned.source();
        }
        if (event instanceof RelayEvent.Left left) {
            return left.client() + " left; " + remaining(left.clients());
        }
        if (event instanceof RelayEvent.Expired expired) {
            return expired.client() + " forgotten, no heartbeat for " + expired.silentMs() / 1000 + " s; "
                    + remaining(expired.clients());
        }
        if (event instanceof RelayEvent.Refused refused) {
            return refused.client() + ": " + refused.reply() + ", " + refused.why();
        }
        return event instanceof RelayEvent.Warning warning ? Printable.of(warning.text()) : "";
    }

    private static String remaining(int clients) {
        return clients == 0 ? "nobody is registered now" : clients + " registered now";
    }
}
