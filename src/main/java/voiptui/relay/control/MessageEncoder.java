package voiptui.relay.control;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.FrameHeader;
import voiptui.protocol.MessageJson;
import voiptui.protocol.RelayMessage;

/**
 * Encodes messages as frames. Remembers the list that it encoded last: a change of presence goes to all who watch, one
 * after another, and is encoded for the first of them only. Owned by the control thread.
 */
final class MessageEncoder {

    private @Nullable List<RelayMessage> last;
    private byte[] lastFrames = new byte[0];

    /** Returns the frame of one message. */
    byte[] frame(RelayMessage message) {
        byte[] json = MessageJson.write(message);
        if (!FrameHeader.isAllowed(FrameHeader.JSON, json.length)) {
            throw new IllegalArgumentException("a message of " + json.length + " bytes: " + message);
        }
        return FrameHeader.frame(FrameHeader.JSON, json);
    }

    /** Returns the frames of messages, one after another; not to be changed by the caller. */
    byte[] frames(List<RelayMessage> messages) {
        if (messages != last) {
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            messages.forEach(message -> frames.writeBytes(frame(message)));
            lastFrames = frames.toByteArray();
            last = messages;
        }
        return lastFrames;
    }
}
