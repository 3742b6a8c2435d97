package voiptui.call;

import java.util.List;
import voiptui.protocol.MediaCodec;

/**
 * What a call of the second protocol needs to know before it starts.
 *
 * @param codecs the ways of coding sound to offer, the preferred one first
 * @param attempts how many tries to reach the relay there are at most, for people; 0 for no limit
 * @param ringTimeoutMs how long to wait for an answer; 0 for as long as it takes
 * @param durationMs how long the call may last from the moment that the relay takes it on; 0 for as long as it takes
 * @param stay whether to wait for the same peer again when it has hung up
 */
public record CallOptions(List<MediaCodec> codecs, int attempts, long ringTimeoutMs, long durationMs, boolean stay) {

    /** Copies the list. */
    public CallOptions {
        codecs = List.copyOf(codecs);
    }
}
