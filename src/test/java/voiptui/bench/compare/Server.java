package voiptui.bench.compare;

import java.io.IOException;

/** A server that is measured. Owned by one thread. */
interface Server {

    /**
     * Has the server forward the packets of a call, and connects its sockets.
     *
     * @throws IOException if the server does not answer, or refuses
     */
    void setUp(Call call) throws IOException;

    /** Keeps a call from being taken for abandoned. */
    default void refresh(Call call) throws IOException {}
}
