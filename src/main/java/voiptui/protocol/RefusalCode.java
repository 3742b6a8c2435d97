package voiptui.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a relay refuses a v2 client and closes its connection. */
public enum RefusalCode {
    /** Invalid message. */
    BAD_MESSAGE("it did not understand our message"),
    /** A version other than 2. */
    BAD_VERSION("it speaks another version of the protocol"),
    /** Invalid name. */
    BAD_NAME("a name is 1 to 32 letters, digits, dots, dashes or underscores, and no IP address"),
    /** The name belongs to another certificate. */
    NAME_TAKEN("that name is taken"),
    /** Only known certificates may sign in, or this one has too many names or is blocked. */
    NOT_ALLOWED("it does not admit this client"),
    /** The relay is full. */
    FULL("the relay is full"),
    /** Too many connections or failures from one address. */
    TOO_MANY("too many connections from this address"),
    /** The relay lets calls end, and stops; it takes nobody in. */
    DRAINING("the relay is about to stop"),
    /** The relay had an internal error. */
    INTERNAL("internal error of the relay"),
    /** A reason of a later version; its code is in the text. */
    OTHER("for a reason that this version does not know");

    private final String text;
    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

    RefusalCode(String text) {
        this.text = text;
    }

    /** Returns the code as on the wire and in JSON. */
    public String wire() {
        return wire;
    }

    /** Returns a clause for people that follows a colon. */
    public String text() {
        return text;
    }

    /** Returns the code with that name. */
    public static Optional<RefusalCode> of(String wire) {
        return Arrays.stream(values()).filter(code -> code.wire.equals(wire)).findFirst();
    }
}
