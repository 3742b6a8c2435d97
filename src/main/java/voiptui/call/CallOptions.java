package voiptui.call;

import java.util.List;
import voiptui.protocol.MediaCodec;

/**
 * The options of a v2 call.
 *
 * @param codecs the codecs to offer, the preferred one first
 * @param attempts the number of attempts to reach the relay, shown to the user; 0 for no limit
 * @param ringTimeoutMs how long to wait for an answer; 0 for no limit
 * @param durationMs how long the call may last, counted from the first sign-in; 0 for no limit
 * @param stay whether to call the same peer again when it hangs up
 */
public record CallOptions(List<MediaCodec> codecs, int attempts, long ringTimeoutMs, long durationMs, boolean stay) {

    /** Copies the list. */
    public CallOptions {
        codecs = List.copyOf(codecs);
    }
}
