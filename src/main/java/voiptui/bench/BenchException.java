package voiptui.bench;

/** Thrown if a relay cannot be measured. The message is one line for the user: what is wrong, then what to do. */
public final class BenchException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public BenchException(String message) {
        super(message);
    }
}
