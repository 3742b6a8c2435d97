package voiptui.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a relay closes a connection of the second protocol. */
public enum RefusalCode {
    /** What came is no message. */
    BAD_MESSAGE("it did not understand what we said"),
    /** Another version than 2. */
    BAD_VERSION("it speaks another version of the protocol"),
    /** The name is against the rules. */
    BAD_NAME("a name is 1 to 32 letters, digits, dots, dashes or underscores, and no IP address"),
    /** The name belongs to another certificate. */
    NAME_TAKEN("the name belongs to somebody else"),
    /** The relay takes known certificates only. */
    NOT_ALLOWED("it takes known clients only"),
    /** As many clients as it takes. */
    FULL("it has as many clients as it takes"),
    /** Too many connections or failures from one address. */
    TOO_MANY("there are too many connections from this address"),
    /** It failed on the inside. */
    INTERNAL("it met an internal error");

    private final String words;
    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

    RefusalCode(String words) {
        this.words = words;
    }

    /** The code on the wire and in JSON. */
    public String wire() {
        return wire;
    }

    /** Half a sentence for people, about the relay. */
    public String words() {
        return words;
    }

    /** The code of that name. */
    public static Optional<RefusalCode> of(String wire) {
        return Arrays.stream(values()).filter(code -> code.wire.equals(wire)).findFirst();
    }
}
