package voiptui.jitter;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Adds a packet to a store in which ten others wait, and takes the oldest. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PacketStoreBenchmark {

    private static final int WAITING = 10;
    private static final int FRAME_UNITS = 960;
    private static final int BYTES = 80;

    private final PacketStore store = new PacketStore(64, 1_275);
    private final byte[] payload = new byte[1_275];
    private long timestamp;

    @Benchmark
    public int addAndTake() {
        do {
            store.add(timestamp, PacketOrigin.ORIGINAL, payload, BYTES);
            timestamp += FRAME_UNITS;
        } while (store.count() <= WAITING);
        return store.take(payload);
    }

    /** As above, with every two packets in the wrong order. */
    @Benchmark
    public int addReorderedAndTakeTwo() {
        do {
            store.add(timestamp + FRAME_UNITS, PacketOrigin.ORIGINAL, payload, BYTES);
            store.add(timestamp, PacketOrigin.ORIGINAL, payload, BYTES);
            timestamp += 2 * FRAME_UNITS;
        } while (store.count() <= WAITING);
        return store.take(payload) + store.take(payload);
    }
}
