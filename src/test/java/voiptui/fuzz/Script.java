package voiptui.fuzz;

import java.nio.ByteBuffer;

/**
 * An input that is a list of datagrams, each behind a byte that tells what happens with it and its length in two bytes, big-endian. A
 * length beyond the end means all that is left.
 */
final class Script {

    /** The most datagrams that are looked at, to keep an input short. */
    private static final int MAX_DATAGRAMS = 200;

    private static final int HEADER_BYTES = 3;

    /** Takes the datagrams of a script. */
    interface Step {
        /**
         * Takes one datagram.
         *
         * @param how 0 to 255
         * @param datagram its bytes; the step's own copy
         */
        void take(int how, byte[] datagram);
    }

    private Script() {}

    /** Hands each datagram of {@code data} to {@code step}. */
    static void run(byte[] data, Step step) {
        ByteBuffer rest = ByteBuffer.wrap(data);
        for (int i = 0; i < MAX_DATAGRAMS && rest.remaining() >= HEADER_BYTES; i++) {
            int how = rest.get() & 0xff;
            byte[] datagram = new byte[Math.min(rest.getShort() & 0xffff, rest.remaining())];
            rest.get(datagram);
            step.take(how, datagram);
        }
    }
}
