package voiptui.report;

import voiptui.event.SessionEvent;

/**
 * What there is to say to people about each event of the line to a relay: the same words in plain lines, in a log and on a
 * screen.
 *
 * <p>Immutable; any thread.
 */
public final class SessionText {

    /** What a call through a classic relay comes to, in short. */
    public static final String IN_THE_CLEAR = "sound goes in the clear";
    /** Why media goes through the TLS connection. */
    public static final String NO_UDP = "UDP does not get through";

    private final String relay;

    /**
     * Words about one line.
     *
     * @param relay the relay as the user named it
     */
    public SessionText(String relay) {
        this.relay = relay;
    }

    /**
     * One line about {@code event}, without the line's end and without anything that could steer a terminal (see {@link
     * Printable}); an empty string when there is nothing to say.
     */
    public String of(SessionEvent event) {
        return Printable.of(words(event));
    }

    /** Whether {@code event} tells of something that a person should look after. */
    public static boolean isWarning(SessionEvent event) {
        return event instanceof SessionEvent.SessionLost
                || event instanceof SessionEvent.FellBackToClassic
                || event instanceof SessionEvent.PathChanged changed && changed.path() == SessionEvent.MediaPath.TUNNEL;
    }

    private String words(SessionEvent event) {
        if (event instanceof SessionEvent.RelayVerified known) {
            return known.isNew()
                    ? "relay " + known.relay() + " is new here: its fingerprint is kept, " + known.fingerprint()
                    : "relay " + known.relay() + " is the one we know, " + known.fingerprint();
        } else if (event instanceof SessionEvent.SignedIn signedIn) {
            return "signed in " + (signedIn.resumed() ? "again " : "") + "as " + signedIn.name()
                    + (signedIn.seenAs().isEmpty() ? "" : ", seen at " + signedIn.seenAs());
        } else if (event instanceof SessionEvent.SessionLost lost) {
            return words(lost);
        } else if (event instanceof SessionEvent.FellBackToClassic fellBack) {
            return "warning: relay " + fellBack.relay() + " speaks the classic protocol only: " + IN_THE_CLEAR
                    + ", and nobody proves who he is";
        } else if (event instanceof SessionEvent.PathChanged changed) {
            return words(changed);
        }
        return "";
    }

    /** Told at the 1st, 2nd, 4th, 8th … try, as a call's is. */
    private String words(SessionEvent.SessionLost lost) {
        if (Integer.bitCount(lost.attempt()) > 1) {
            return "";
        }
        return "line to relay " + relay + " lost" + (lost.problem().isEmpty() ? "" : ": " + lost.problem())
                + (lost.retryInMs() > 0 ? "; trying again in " + CallText.seconds(lost.retryInMs()) : "");
    }

    private static String words(SessionEvent.PathChanged changed) {
        return switch (changed.path()) {
            case NONE -> "no way for media at the moment";
            case UDP -> "media goes by UDP" + (changed.seenAs().isEmpty() ? "" : ", seen from " + changed.seenAs());
            case TUNNEL ->
                "warning: media goes through the TLS connection, since " + NO_UDP
                        + ": a lost packet delays all that follow";
        };
    }
}
