package voiptui.media;

import voiptui.time.PacketTime;

/**
 * Audio settings of a call.
 *
 * @param delay limits of the playout delay
 * @param silenceThreshold level below which the microphone counts as silent, as a fraction of full scale
 */
public record MediaConfig(Delay delay, double silenceThreshold) {

    /**
     * The limits between which the playout delay adapts to the network.
     *
     * @param minMs the shortest, in milliseconds
     * @param maxMs the longest, in milliseconds; not below {@code minMs}
     */
    public record Delay(int minMs, int maxMs) {

        /** How much more than the longest delay may wait after a stall, in milliseconds. */
        private static final int RESERVE_MS = 2_000;

        /** Returns the most packets that may wait for playout. */
        int capacityPackets() {
            return (maxMs + RESERVE_MS) / PacketTime.MS;
        }
    }
}
