package voiptui.bench.relay;

/** Something that strangers do to a relay. One thread. */
interface Attack extends AutoCloseable {

    /** Returns what is printed for it. */
    String name();

    /** Prepares what is not measured, such as signing in. */
    default void prepare() throws Exception {}

    /** Does a part of it; called every {@value AttackBench#TURN_MS} ms while it lasts. */
    void turn() throws Exception;

    /** Returns what was done in {@code seconds}, for the report. */
    String done(double seconds);

    @Override
    void close() throws Exception;
}
