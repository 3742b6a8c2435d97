package voiptui.cli.option;

import voiptui.cli.exit.CommandFailure;
import voiptui.net.HostPort;
import voiptui.protocol.classic.ClassicProtocol;

/** The relay that clients are told to use when another one stops. */
public final class DrainTarget {

    /** The longest that a message holds. */
    private static final int MAX_LENGTH = 200;

    private DrainTarget() {}

    /**
     * Returns {@code HOST:PORT} in its usual form.
     *
     * @param option the option, for the message
     * @throws CommandFailure if the text is no host; the message is for the user
     */
    public static String parse(String option, String text) throws CommandFailure {
        try {
            String to = HostPort.parse(text, ClassicProtocol.TCP_PORT).toString();
            if (to.length() > MAX_LENGTH || !to.matches("[0-9A-Za-z.:_%\\[\\]-]+")) {
                throw new IllegalArgumentException("'" + text + "' is not a host: write HOST[:PORT]");
            }
            return to;
        } catch (IllegalArgumentException malformed) {
            throw CommandFailure.ofOption(option + ": " + malformed.getMessage());
        }
    }
}
