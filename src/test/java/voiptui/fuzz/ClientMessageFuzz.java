package voiptui.fuzz;

import java.util.Optional;
import java.util.regex.Pattern;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.MessageJson;

/** One message of a v2 client: what reads can be written, within the limit, and reads as the same. */
public final class ClientMessageFuzz {

    /** What may be repeated to whoever sent it. */
    private static final Pattern HARMLESS = Pattern.compile("[a-z0-9-]{0,20}");

    private ClientMessageFuzz() {}

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] data) {
        Optional<ClientMessage> read = MessageJson.readClient(data);
        if (read.isEmpty()) {
            return;
        }
        ClientMessage message = read.get();
        Promise.check(data.length <= MessageJson.MAX_BYTES, "a message has a limit", data.length);
        if (message instanceof ClientMessage.Unsupported unsupported) {
            Promise.check(HARMLESS.matcher(unsupported.value()).matches(), "an unknown value is harmless", unsupported);
            return;
        }
        if (offersNothingKnown(message)) {
            return;
        }
        byte[] written = MessageJson.write(message);
        Promise.check(written.length <= MessageJson.MAX_BYTES, "what reads can be sent", written.length, message);
        Promise.check(
                MessageJson.readClient(written).equals(read),
                "reads as it was written",
                message,
                MessageJson.readClient(written));
    }

    /** Returns whether all codecs are of a later version: they are read as none, which cannot be written. */
    private static boolean offersNothingKnown(ClientMessage message) {
        return message instanceof ClientMessage.Call call
                        && call.offer().codecs().isEmpty()
                || message instanceof ClientMessage.Accept accept
                        && accept.offer().codecs().isEmpty();
    }
}
