package voiptui.call;

/** Thrown when a call cannot be set up, for example because a device or a port is not available. */
public final class CallSetupException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param cause what failed; its message is one line for the user
     */
    public CallSetupException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
