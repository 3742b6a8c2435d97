package voiptui.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Feeds damaged payloads to the parts that take bytes from the network, in a process of its own, which native code may take
 * down. Exits with 0 if it lived and everything works as before. Usage: {@code PayloadMutation COUNT SEED [KIND...]}.
 */
public final class PayloadMutation {

    private PayloadMutation() {}

    /** Returns all kinds, by name. */
    private static Map<String, PayloadKind> kinds() throws IOException {
        Map<String, PayloadKind> kinds = new LinkedHashMap<>();
        OpusPayloads opus = new OpusPayloads();
        for (PayloadKind kind : List.of(
                opus,
                DatagramPayloads.of(DatagramSort.RED, opus),
                DatagramPayloads.of(DatagramSort.RTX, opus),
                DatagramPayloads.of(DatagramSort.RTCP, opus),
                DatagramPayloads.all(opus))) {
            kinds.put(kind.name(), kind);
        }
        return kinds;
    }

    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[0]);
        long seed = Long.parseLong(args[1]);
        Map<String, PayloadKind> kinds = kinds();
        if (args.length > 2) {
            kinds.keySet().retainAll(List.of(args).subList(2, args.length));
        }
        for (PayloadKind kind : kinds.values()) {
            run(kind, count, seed);
        }
    }

    private static void run(PayloadKind kind, int count, long seed) {
        Random random = new Random(seed);
        PayloadMutator mutator = new PayloadMutator(kind.seeds(), kind.maxBytes(), random);
        long startNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            int bytes = mutator.next();
            try {
                kind.take(mutator.payload(), bytes, random);
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError(kind.name() + " payload " + i + " of seed " + seed, failed);
            }
        }
        double seconds = (System.nanoTime() - startNs) / 1e9;
        System.out.printf("%s: %,d payloads in %.1f s; %s%n", kind.name(), count, seconds, kind.check());
    }
}
