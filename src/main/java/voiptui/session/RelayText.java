package voiptui.session;

import voiptui.net.HostPort;
import voiptui.net.IpText;
import voiptui.protocol.RefusalCode;

/** Texts of a relay, which anybody may have written, made fit to be shown. Stateless; any thread. */
final class RelayText {

    private RelayText() {}

    /** The text with a question mark for all but printable ASCII, which relays of ours write. */
    static String plain(String text) {
        return text == null ? "" : text.replaceAll("[^ -~]", "?");
    }

    /** Why the relay said no: in our words, with its own and the code. */
    static String of(RefusalCode code, String text) {
        return code.words() + " (" + code.wire() + (text.isBlank() ? "" : ": " + plain(text)) + ")";
    }

    /** An address with its port, or an empty string when the text is none. */
    static String address(String text) {
        try {
            return IpText.parse(HostPort.parse(text, 1).host()).isPresent() ? text : "";
        } catch (IllegalArgumentException nonsense) {
            return "";
        }
    }
}
