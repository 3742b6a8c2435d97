package voiptui.session;

import org.jspecify.annotations.Nullable;
import voiptui.net.HostPort;
import voiptui.net.IpText;
import voiptui.protocol.RefusalCode;

/** Makes untrusted text from a relay safe to show. Stateless; any thread. */
final class RelayText {

    private RelayText() {}

    /** Returns the text with everything but printable ASCII replaced by question marks; empty for null. */
    static String plain(@Nullable String text) {
        return text == null ? "" : text.replaceAll("[^ -~]", "?");
    }

    /** Returns why the relay refused: our text, then the code and the relay's text. */
    static String of(RefusalCode code, String text) {
        if (code == RefusalCode.OTHER) {
            return code.text() + " (" + plain(text) + ")";
        }
        return code.text() + " (" + code.wire() + (text.isBlank() ? "" : ": " + plain(text)) + ")";
    }

    /** Returns {@code text} if it is an IP address with a port, else an empty string. */
    static String address(String text) {
        try {
            return IpText.parse(HostPort.parse(text, 1).host()).isPresent() ? text : "";
        } catch (IllegalArgumentException nonsense) {
            return "";
        }
    }
}
