package voiptui.relay.directory;

import voiptui.protocol.RefusalCode;

/**
 * Why a client may not sign in, or stay signed in.
 *
 * @param code the code on the wire
 * @param reason the reason in words, for the client's user and the relay's operator
 * @param blocked whether the operator has blocked the client
 */
public record Refusal(RefusalCode code, String reason, boolean blocked) {

    /** A refusal of a client that is not blocked. */
    public Refusal(RefusalCode code, String reason) {
        this(code, reason, false);
    }

    /** Returns a refusal with the code's own words. */
    public static Refusal of(RefusalCode code) {
        return new Refusal(code, code.text());
    }
}
