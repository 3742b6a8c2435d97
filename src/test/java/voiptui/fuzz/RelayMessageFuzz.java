package voiptui.fuzz;

import java.util.Optional;
import java.util.regex.Pattern;
import voiptui.protocol.MessageJson;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.UnreadableMessage;

/**
 * One message of a relay: what reads can be written and reads as the same. What does not read but has a known type is explained in words
 * that a terminal can show.
 */
public final class RelayMessageFuzz {

    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,60}");
    private static final Pattern CALL = Pattern.compile("[0-9a-f]{32}");

    private RelayMessageFuzz() {}

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] data) {
        Optional<RelayMessage> read = MessageJson.readRelay(data);
        if (read.isEmpty()) {
            MessageJson.explainRelay(data).ifPresent(RelayMessageFuzz::checkExplanation);
            return;
        }
        RelayMessage message = read.get();
        Promise.check(data.length <= MessageJson.MAX_BYTES, "a message has a limit", data.length);
        byte[] written = MessageJson.write(message);
        // Escaped, a list may get longer than it came; a client never sends one.
        if (written.length <= MessageJson.MAX_BYTES) {
            Promise.check(
                    MessageJson.readRelay(written).equals(read),
                    "reads as it was written",
                    message,
                    MessageJson.readRelay(written));
        }
    }

    private static void checkExplanation(UnreadableMessage message) {
        Promise.check(PRINTABLE.matcher(message.problem()).matches(), "an explanation is printable", message);
        Promise.check(PRINTABLE.matcher(message.type()).matches(), "a type is a known one", message);
        Promise.check(message.call() == null || CALL.matcher(message.call()).matches(), "a call is one", message);
    }
}
