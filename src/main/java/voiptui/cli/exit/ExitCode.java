package voiptui.cli.exit;

import voiptui.event.EndReason;

/** The exit statuses of the program. */
public final class ExitCode {

    /** Ended normally: by the user, by {@code --duration}, or by the peer. */
    public static final int OK = 0;
    /** Any other failure. */
    public static final int FAILED = 1;
    /** Wrong usage. */
    public static final int USAGE = 2;
    /** The relay is unreachable, or a port is in use. */
    public static final int UNREACHABLE = 3;
    /** Refused by the relay, or the relay is not trusted. */
    public static final int REFUSED = 4;
    /** A device or file that the user named cannot be used. */
    public static final int NO_AUDIO = 5;
    /** The call was rejected, busy, not answered, or lost. */
    static final int NOT_ANSWERED = 6;
    /** Ended by Ctrl+C: 128 plus the number of the signal, as in shells. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** Returns the exit status for the end of a call. */
    public static int of(EndReason reason) {
        return switch (reason) {
            case QUIT, DURATION, PEER_LEFT, ELSEWHERE -> OK;
            case INTERRUPTED -> INTERRUPTED;
            case RELAY_UNREACHABLE -> UNREACHABLE;
            case RELAY_FULL,
                    RELAY_REFUSED,
                    RELAY_STOPPING,
                    RELAY_UNTRUSTED,
                    NAME_REFUSED,
                    SIGNED_OUT,
                    BLOCKED,
                    OWN_NAME -> REFUSED;
            case REJECTED, BUSY, NO_ANSWER, PEER_LOST, NO_CODEC, NOT_ENCRYPTED, PEER_CHANGED, ENCRYPTION_FAILED ->
                NOT_ANSWERED;
            case FAILED -> FAILED;
        };
    }
}
