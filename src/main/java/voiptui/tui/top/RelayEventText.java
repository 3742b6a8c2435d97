package voiptui.tui.top;

import java.util.Optional;
import voiptui.event.RelayEvent;
import voiptui.report.Printable;
import voiptui.tui.widget.LogLines;

/** The log lines of a relay's screen. Pure. */
final class RelayEventText {

    private RelayEventText() {}

    /** Returns the line about an event; empty for routine events and statistics. */
    static Optional<LogLines.Line> of(RelayEvent event, long atMs) {
        boolean warning = event instanceof RelayEvent.Refused
                || event instanceof RelayEvent.SignInRefused
                || event instanceof RelayEvent.SenderLimited
                || event instanceof RelayEvent.ClientExpelled
                || event instanceof RelayEvent.Suppressed
                || event instanceof RelayEvent.RelayLost
                || event instanceof RelayEvent.RelayRefused
                || event instanceof RelayEvent.Warning;
        String text = text(event);
        return text.isEmpty() ? Optional.empty() : Optional.of(new LogLines.Line(atMs, text, warning));
    }

    private static String text(RelayEvent event) {
        if (event instanceof RelayEvent.Started started) {
            return "listening on " + started.control() + " (TCP) and " + started.media() + " (UDP)";
        }
        if (event instanceof RelayEvent.ClassicRegistered registered) {
            return "classic client " + registered.client() + " registered" + (registered.again() ? " again" : "")
                    + " to call " + registered.target();
        }
        if (event instanceof RelayEvent.ClassicPaired paired) {
            return paired.client() + " and " + paired.peer() + " are connected";
        }
        if (event instanceof RelayEvent.ClassicSourceLearned learned) {
            return "media from " + learned.client() + " arrives from " + learned.source();
        }
        if (event instanceof RelayEvent.ClassicLeft left) {
            return "classic client " + left.client() + " left; " + remaining(left.clients());
        }
        if (event instanceof RelayEvent.ClassicExpired expired) {
            return "classic client " + expired.client() + " expired: no heartbeat for " + expired.silentMs() / 1000
                    + " s; " + remaining(expired.clients());
        }
        if (event instanceof RelayEvent.Refused refused) {
            return refused.client() + ": " + refused.reply() + ", " + refused.reason();
        }
        return v2Text(event);
    }

    private static String v2Text(RelayEvent event) {
        if (event instanceof RelayEvent.ClientSignedIn signedIn) {
            return signedIn.name() + (signedIn.resumed() ? " reconnected" : " signed in") + " from " + signedIn.from();
        }
        if (event instanceof RelayEvent.ClientLost lost) {
            return lost.name() + " at " + lost.from() + " lost its connection";
        }
        if (event instanceof RelayEvent.ClientSignedOut signedOut) {
            return signedOut.name() + (signedOut.lost() ? " did not reconnect; " : " signed out; ")
                    + signedOut.clients() + " signed in";
        }
        if (event instanceof RelayEvent.ClientExpelled expelled) {
            return "signed out " + expelled.name() + " at " + expelled.from() + ": " + expelled.reason();
        }
        if (event instanceof RelayEvent.SignInRefused refused) {
            return "refused to sign in " + refused.name() + " from " + refused.from() + ": " + refused.reason();
        }
        if (event instanceof RelayEvent.MetricsServed served) {
            return "metrics at http://" + served.address() + "/metrics";
        }
        if (event instanceof RelayEvent.FilesReread) {
            return "names and blocks read again";
        }
        if (event instanceof RelayEvent.CallRinging ringing) {
            return ringing.caller() + " is calling " + ringing.callee();
        }
        if (event instanceof RelayEvent.CallConnected connected) {
            return connected.caller() + " and " + connected.callee() + " are connected (" + connected.codec() + ")";
        }
        if (event instanceof RelayEvent.CallEnded ended) {
            return "call from " + ended.caller() + " to " + ended.callee() + " ended: " + ended.reason();
        }
        if (event instanceof RelayEvent.PathBound bound) {
            return "media from " + bound.name() + " arrives from " + bound.source();
        }
        if (event instanceof RelayEvent.TunnelUsed tunnel) {
            return "media of " + tunnel.name() + " goes through the TLS tunnel";
        }
        if (event instanceof RelayEvent.SenderLimited limited) {
            return limited.client() + " sends too much from " + limited.source() + ": " + limited.packets()
                    + " packets dropped";
        }
        if (event instanceof RelayEvent.RelayReached reached) {
            return "relay " + reached.relay() + " can be reached";
        }
        if (event instanceof RelayEvent.RelayLost lost) {
            return "relay " + lost.relay() + " can no longer be reached";
        }
        if (event instanceof RelayEvent.RelayRefused refused) {
            return "a relay is not allowed in the cluster: " + refused.fingerprint();
        }
        if (event instanceof RelayEvent.Suppressed more) {
            return (more.address().isEmpty() ? "several addresses" : more.address()) + ": " + more.count()
                    + " more events " + more.kind();
        }
        return event instanceof RelayEvent.Warning warning ? Printable.of(warning.text()) : "";
    }

    private static String remaining(int clients) {
        return clients == 0 ? "no clients registered" : clients + " registered";
    }
}
