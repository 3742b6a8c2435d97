package voiptui.testkit;

import com.google.gson.JsonObject;
import java.util.List;

/** What a {@link ScriptedRelay} does that a relay should not. Called by several of its threads; nothing, unless overridden. */
public interface Interference {

    /** Passes everything on as it is. */
    Interference NONE = new Interference() {};

    /** Returns what the client named {@code to} is told in place of {@code message}. */
    default JsonObject tell(String to, JsonObject message) {
        return message;
    }

    /** Returns what the other side receives in place of a media datagram of the client named {@code from}. */
    default List<byte[]> carry(String from, byte[] datagram) {
        return List.of(datagram);
    }
}
