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
        if (event instanceof RelayEvent.Refused
                || event instanceof RelayEvent.SignInRefused
                || event instanceof RelayEvent.Warning) {
            return Optional.of(new LogLine(atMs, words(event), true));
        }
        String words = words(event);
        return words.isEmpty() ? Optional.empty() : Optional.of(new LogLine(atMs, words, false));
    }

    private static String words(RelayEvent event) {
        if (event instanceof RelayEvent.Started started) {
            return "listening on " + started.control() + " (TCP) and " + started.media() + " (UDP)";
        }
        if (event instanceof RelayEvent.ClassicRegistered registered) {
            return registered.client() + " registered" + (registered.again() ? " again" : "") + ", to talk with "
                    + registered.target();
        }
        if (event instanceof RelayEvent.ClassicPaired paired) {
            return paired.client() + " and " + paired.peer() + " are connected";
        }
        if (event instanceof RelayEvent.ClassicSourceLearned learned) {
            return "packets of " + learned.client() + " come from " + learned.source();
        }
        if (event instanceof RelayEvent.ClassicLeft left) {
            return left.client() + " left; " + remaining(left.clients());
        }
        if (event instanceof RelayEvent.ClassicExpired expired) {
            return expired.client() + " forgotten, no heartbeat for " + expired.silentMs() / 1000 + " s; "
                    + remaining(expired.clients());
        }
        if (event instanceof RelayEvent.Refused refused) {
            return refused.client() + ": " + refused.reply() + ", " + refused.reason();
        }
        return stationWords(event);
    }

    private static String stationWords(RelayEvent event) {
        if (event instanceof RelayEvent.ClientSignedIn signedIn) {
            return signedIn.name() + (signedIn.resumed() ? " is back" : " signed in") + " from " + signedIn.from();
        }
        if (event instanceof RelayEvent.ClientLost lost) {
            return lost.name() + " at " + lost.from() + " lost its connection";
        }
        if (event instanceof RelayEvent.ClientSignedOut signedOut) {
            return signedOut.name() + (signedOut.lost() ? " did not come back; " : " signed out; ")
                    + signedOut.clients() + " signed in now";
        }
        if (event instanceof RelayEvent.SignInRefused refused) {
            return refused.from() + " as " + refused.name() + " refused: " + refused.reason();
        }
        if (event instanceof RelayEvent.CallRinging ringing) {
            return ringing.caller() + " rings " + ringing.callee();
        }
        if (event instanceof RelayEvent.CallConnected connected) {
            return connected.caller() + " and " + connected.callee() + " are connected (" + connected.codec() + ")";
        }
        if (event instanceof RelayEvent.CallEnded ended) {
            return "call from " + ended.caller() + " to " + ended.callee() + " ended: " + ended.reason();
        }
        if (event instanceof RelayEvent.PathBound bound) {
            return "media of " + bound.name() + " comes from " + bound.source();
        }
        if (event instanceof RelayEvent.TunnelUsed tunnel) {
            return "media of " + tunnel.name() + " goes through its connection";
        }
        return event instanceof RelayEvent.Warning warning ? Printable.of(warning.text()) : "";
    }

    private static String remaining(int clients) {
        return clients == 0 ? "nobody is registered now" : clients + " registered now";
    }
}
