package voiptui.voice;

import java.util.List;
import voiptui.codec.EncoderSettings;

/**
 * How the sender uses the path. Immutable; any thread.
 *
 * @param encoder settings of the encoder
 * @param copies how many packets later each redundant copy of a frame is sent (RFC 2198), in ascending order; empty: none is sent
 */
public record SendSettings(EncoderSettings encoder, List<Integer> copies) {

    /** Checks and copies the list. */
    public SendSettings {
        copies = List.copyOf(copies);
    }
}
