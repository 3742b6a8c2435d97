package voiptui.cli.exit;

import voiptui.event.EndReason;

/** What the program's exit status says. */
public final class ExitCode {

    /** Ended as it should: by the user, by the time asked for, or by the peer. */
    public static final int OK = 0;
    /** Something else went wrong. */
    public static final int FAILED = 1;
    /** The command line made no sense. */
    public static final int USAGE = 2;
    /** The relay cannot be reached, or a port is taken. */
    public static final int UNREACHABLE = 3;
    /** The relay refused us. */
    public static final int REFUSED = 4;
    /** A device or file asked for by name cannot be used. */
    public static final int NO_AUDIO = 5;
    /** No call came of it, or it broke off: rejected, busy, not answered, lost. */
    static final int NOT_ANSWERED = 6;
    /** Ctrl+C, as shells have it: 128 and the number of the signal. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** The status for the end of a call. */
    public static int of(EndReason reason) {
        return switch (reason) {
            case QUIT, DURATION, PEER_LEFT, ELSEWHERE -> OK;
            case INTERRUPTED -> INTERRUPTED;
            case RELAY_UNREACHABLE -> UNREACHABLE;
            case RELAY_FULL, RELAY_REFUSED, RELAY_UNTRUSTED, NAME_REFUSED -> REFUSED;
            case REJECTED, BUSY, NO_ANSWER, PEER_LOST, NO_CODEC -> NOT_ANSWERED;
            case FAILED -> FAILED;
        };
    }
}
