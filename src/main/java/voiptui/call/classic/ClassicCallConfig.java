package voiptui.call.classic;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import voiptui.media.MediaConfig;

/**
 * What a call needs to know before it starts.
 *
 * @param relayControl where the relay takes control connections (TCP)
 * @param relayMedia where the relay takes media (UDP)
 * @param target the address of the client to talk with
 * @param bind the local address to speak from, or {@code null} for whichever the system takes
 * @param localPort the local UDP port; 0 for any free one
 * @param attempts how many times to try to register before giving up
 * @param timeoutMs how long to wait for each answer of the relay
 * @param heartbeatMs time between two heartbeats
 * @param durationMs how long the call may last from the registration on; 0 for as long as it takes
 * @param stay whether to wait for the next peer when one has hung up
 * @param jitterBufferFrames the most packets that wait to be played
 * @param prefillMs the playout delay to aim at
 * @param silenceThreshold the level, as a fraction of full scale, below which the microphone counts as silent
 */
public record ClassicCallConfig(
        InetSocketAddress relayControl,
        InetSocketAddress relayMedia,
        InetAddress target,
        InetAddress bind,
        int localPort,
        int attempts,
        int timeoutMs,
        long heartbeatMs,
        long durationMs,
        boolean stay,
        int jitterBufferFrames,
        int prefillMs,
        double silenceThreshold) {

    /** How its sound is to be treated. */
    public MediaConfig sound() {
        return new MediaConfig(jitterBufferFrames, prefillMs, silenceThreshold);
    }
}
