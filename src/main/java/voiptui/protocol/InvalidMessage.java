package voiptui.protocol;

/** The input is no message. Has no stack trace: bytes from outside raise it. */
final class InvalidMessage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidMessage() {
        super(null, null, false, false);
    }
}
