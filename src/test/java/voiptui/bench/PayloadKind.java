package voiptui.bench;

import java.util.List;
import java.util.Random;

/** A kind of bytes from the network that {@link PayloadMutation} damages. One thread. */
interface PayloadKind {

    /** Returns its name on the command line. */
    String name();

    /** Returns valid payloads to begin with, of as many sorts as there are. */
    List<byte[]> seeds();

    /** Returns the longest payload to try, in bytes. */
    int maxBytes();

    /**
     * Takes a damaged payload on the way that a real one goes.
     *
     * @param payload the bytes, from index 0
     * @param bytes how many there are
     * @param random decides what else is to be decided
     * @throws AssertionError if something is done with it that must not be
     */
    void take(byte[] payload, int bytes, Random random);

    /**
     * Checks that what came before and after the damaged payloads is as it should be.
     *
     * @return what was done with them and what was found, in a line
     * @throws AssertionError if they have done harm
     */
    String check();
}
