package voiptui.session;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voiptui.net.HostPort;
import voiptui.net.IpText;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.RelayMessage;

/** Makes untrusted text from a relay safe to show. Stateless; any thread. */
final class RelayText {

    private RelayText() {}

    /** Returns the text with everything but printable ASCII replaced by question marks; empty for null. */
    static String plain(@Nullable String text) {
        return text == null ? "" : text.replaceAll("[^ -~]", "?");
    }

    /** Returns why the relay refused: our text, then the code and the relay's text. */
    static String of(RefusalCode code, String text) {
        return code.text() + " (" + code.wire() + (text.isBlank() ? "" : ": " + plain(text)) + ")";
    }

    /**
     * Returns the address to send media to: the one that the relay names, if it is an address of the same IP version, else
     * that of the control connection.
     */
    static InetAddress mediaHost(InetAddress control, RelayMessage.Udp udp) {
        return Optional.ofNullable(udp.host())
                .flatMap(IpText::parse)
                .filter(named -> named.getClass() == control.getClass())
                .orElse(control);
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
