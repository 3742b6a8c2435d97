package voiptui.report;

import voiptui.event.SessionEvent;

/**
 * Texts for users about the events of a session with a relay; plain output, log files and the screen share them.
 *
 * <p>Immutable; any thread.
 */
public final class SessionText {

    /** Warning about calls through a classic relay, in short. */
    public static final String IN_THE_CLEAR = "audio is not encrypted";

    private final String relay;

    /**
     * Creates the texts of one session.
     *
     * @param relay the relay as the user named it
     */
    public SessionText(String relay) {
        this.relay = relay;
    }

    /**
     * Returns one line about {@code event}, printable (see {@link Printable}) and without a line terminator; an empty string
     * when there is nothing to report.
     */
    public String of(SessionEvent event) {
        return Printable.of(text(event));
    }

    /** Returns whether {@code event} reports something that needs attention. */
    public static boolean isWarning(SessionEvent event) {
        return event instanceof SessionEvent.SessionLost
                || event instanceof SessionEvent.RelayDraining
                || event instanceof SessionEvent.RelayNotFollowed
                || event instanceof SessionEvent.FellBackToClassic
                || event instanceof SessionEvent.RelayMessageUnreadable
                || event instanceof SessionEvent.PathChanged changed && changed.path() == SessionEvent.MediaPath.TUNNEL;
    }

    /** Returns why media is tunnelled through the TLS connection: "UDP is blocked", for example. */
    public static String whyNotUdp(SessionEvent.PathChanged changed) {
        return changed.problem() == SessionEvent.UdpProblem.LONG_PACKETS_LOST
                ? "UDP loses packets of " + changed.lostBytes() + " bytes"
                : changed.problem() == SessionEvent.UdpProblem.MEDIA_LOST ? "UDP loses the audio" : "UDP is blocked";
    }

    /** Returns what {@link #whyNotUdp} says in at most 22 characters. */
    public static String whyNotUdpInShort(SessionEvent.PathChanged changed) {
        return changed.problem() == SessionEvent.UdpProblem.LONG_PACKETS_LOST
                ? "UDP loses long packets"
                : whyNotUdp(changed);
    }

    private String text(SessionEvent event) {
        if (event instanceof SessionEvent.RelayVerified known) {
            return known.isNew()
                    ? "relay " + known.relay() + " trusted for the first time; fingerprint saved: "
                            + known.fingerprint()
                    : "relay identity verified: " + known.relay() + ", " + known.fingerprint();
        } else if (event instanceof SessionEvent.RelaySucceeded succeeded) {
            return "relay " + succeeded.relay() + " has a new identity, signed by its former one; fingerprint saved: "
                    + succeeded.fingerprint();
        } else if (event instanceof SessionEvent.RelayVouchedFor vouched) {
            return "relay " + vouched.relay()
                    + ": another one has answered under this name; the known one vouches for it; fingerprint saved: "
                    + vouched.fingerprint();
        } else if (event instanceof SessionEvent.RelayNotSaved notSaved) {
            return "warning: relay " + notSaved.relay() + " is trusted until this program ends only: "
                    + notSaved.problem();
        } else if (event instanceof SessionEvent.SignedIn signedIn) {
            return "signed in " + (signedIn.resumed() ? "again " : "") + "as " + signedIn.name()
                    + yourAddress(signedIn.address());
        } else if (event instanceof SessionEvent.SessionLost lost) {
            return text(lost);
        } else if (event instanceof SessionEvent.RelayDraining draining) {
            return "warning: relay " + draining.relay() + " is about to stop and takes no new calls"
                    + (draining.to().isEmpty() ? "" : "; it names " + draining.to() + " instead");
        } else if (event instanceof SessionEvent.RelayChanged changed) {
            return "using relay " + changed.to() + " from now on, instead of " + changed.from();
        } else if (event instanceof SessionEvent.RelayNotFollowed unused) {
            return "warning: relay " + unused.to() + " is not used: " + unused.problem();
        } else if (event instanceof SessionEvent.FellBackToClassic fellBack) {
            return "warning: relay " + fellBack.relay() + " speaks only the classic protocol: " + IN_THE_CLEAR
                    + ", and identities are not verified";
        } else if (event instanceof SessionEvent.RelayMessageUnreadable unreadable) {
            return "warning: relay " + relay + " sent a message that this version cannot use: " + unreadable.type()
                    + " (" + unreadable.problem() + "); a later version may";
        } else if (event instanceof SessionEvent.PathChanged changed) {
            return text(changed);
        }
        return "";
    }

    /** Reports attempts 1, 2, 4, 8 and so on, as {@link CallText} does. */
    private String text(SessionEvent.SessionLost lost) {
        if (Integer.bitCount(lost.attempt()) > 1) {
            return "";
        }
        return "connection to relay " + relay + " lost" + (lost.problem().isEmpty() ? "" : ": " + lost.problem())
                + (lost.retryInMs() > 0 ? "; retrying in " + CallText.seconds(lost.retryInMs()) : "");
    }

    private static String text(SessionEvent.PathChanged changed) {
        return switch (changed.path()) {
            case NONE -> "no audio path yet";
            case UDP -> "audio goes over UDP" + yourAddress(changed.address());
            case TUNNEL ->
                "warning: audio goes through the TLS connection because " + whyNotUdp(changed)
                        + ": expect stutter when packets are lost";
        };
    }

    private static String yourAddress(String address) {
        return address.isEmpty() ? "" : "; your address: " + address;
    }
}
