package voiptui.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import voiptui.testkit.LegCall;
import voiptui.testkit.LegCall.Leg;
import voiptui.testkit.TestRelay;

/**
 * Judges whether both sides of a call blame the leg that loses packets, and how soon: four calls at once, each with loss on
 * another of its legs, again and again. The loss is 10 to 30 %, at random.
 *
 * <p>Run by {@code src/test/bench/legs.sh}; arguments: the number of runs, the seed. Exit status 1: some were not right within
 * {@value #LIMIT_MS} ms.
 */
public final class LegBlame {

    static final long LIMIT_MS = 5_000;

    /** How long a verdict may take in all; beyond, it is taken for none. */
    private static final long PATIENCE_MS = 15_000;

    private LegBlame() {}

    /** The outcome of one leg in one run. */
    private record Outcome(Leg leg, double loss, String side, String said, String right, long ms) {

        boolean isRight() {
            return said.equals(right) && ms <= LIMIT_MS;
        }
    }

    /** Measures and prints. */
    public static void main(String[] args) throws Exception {
        int runs = Integer.parseInt(args[0]);
        Random random = new Random(Long.parseLong(args[1]));
        List<Outcome> outcomes = new ArrayList<>();
        Map<Leg, LegCall> calls = new EnumMap<>(Leg.class);
        try (TestRelay relay = TestRelay.start()) {
            try {
                for (Leg leg : Leg.values()) {
                    String name = leg.name().toLowerCase(Locale.ROOT).replace('_', '.');
                    calls.put(leg, new LegCall(relay, name, random.nextLong()));
                }
                for (int run = 1; run <= runs; run++) {
                    for (LegCall call : calls.values()) {
                        call.awaitGood();
                    }
                    List<Outcome> these = run(calls, random);
                    for (Outcome outcome : these) {
                        System.out.printf(
                                Locale.ROOT,
                                "run %2d  %-13s %4.1f %%  %-6s %5d ms  %s%s%n",
                                run,
                                outcome.leg,
                                100 * outcome.loss,
                                outcome.side,
                                outcome.ms,
                                outcome.said,
                                outcome.isRight() ? "" : "   WRONG, is " + outcome.right);
                    }
                    outcomes.addAll(these);
                    calls.values().forEach(LegCall::heal);
                }
            } finally {
                calls.values().forEach(LegCall::close);
            }
        }
        long right = outcomes.stream().filter(Outcome::isRight).count();
        long slowest = outcomes.stream().mapToLong(Outcome::ms).max().orElse(0);
        double mean = outcomes.stream().mapToLong(Outcome::ms).average().orElse(0);
        System.out.printf(
                Locale.ROOT,
                "%d of %d verdicts right within %d ms; mean %.0f ms, slowest %d ms%n",
                right,
                outcomes.size(),
                LIMIT_MS,
                mean,
                slowest);
        System.exit(right == outcomes.size() ? 0 : 1);
    }

    /** Loses packets on one leg of each call, and waits for all verdicts. */
    private static List<Outcome> run(Map<Leg, LegCall> calls, Random random) throws InterruptedException {
        List<Outcome> outcomes = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> waiting = new ArrayList<>();
        calls.forEach((leg, call) -> {
            double loss = 0.1 + 0.2 * random.nextDouble();
            LegCall.Blame[] blames = call.blames(leg);
            long startNs = System.nanoTime();
            call.lose(leg, loss);
            for (int side = 0; side < blames.length; side++) {
                LegCall.Blame blame = blames[side];
                String who = side == 0 ? "first" : "second";
                Thread thread = new Thread(() -> {
                    String said = said(blame);
                    long ms = (System.nanoTime() - startNs) / 1_000_000;
                    outcomes.add(new Outcome(leg, loss, who, said, blame.cause(), ms));
                });
                thread.start();
                waiting.add(thread);
            }
        });
        for (Thread thread : waiting) {
            thread.join();
        }
        outcomes.sort(java.util.Comparator.comparing(Outcome::leg).thenComparing(Outcome::side));
        return outcomes;
    }

    private static String said(LegCall.Blame blame) {
        try {
            return blame.await(PATIENCE_MS);
        } catch (AssertionError nothing) {
            return "nothing";
        }
    }
}
