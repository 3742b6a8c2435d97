package voiptui.demo.network;

import java.util.SplittableRandom;

/** How the delay of a packet varies around the base delay, each packet for itself. Immutable; any thread. */
public sealed interface Jitter {

    /** No variation. */
    Jitter NONE = new Uniform(0);

    /** How many deviations a {@link Normal} delay may be from its mean. */
    double MAX_DEVIATIONS = 3;

    /**
     * Draws the addition to the base delay of one packet.
     *
     * @return milliseconds; negative only for {@link Normal}
     */
    double drawMs(SplittableRandom random);

    /** Returns the description for users, such as {@code "gamma jitter of 50 ms"}; empty for none. */
    String describe();

    /**
     * Every addition between none and a limit is equally likely.
     *
     * @param maxMs the longest addition, in milliseconds
     */
    record Uniform(double maxMs) implements Jitter {

        /** Checks the limit. */
        public Uniform {
            Figures.requireMs("jitter", maxMs);
        }

        @Override
        public double drawMs(SplittableRandom random) {
            return maxMs * random.nextDouble();
        }

        @Override
        public String describe() {
            return maxMs == 0 ? "" : "up to " + Figures.text(maxMs) + " ms of jitter";
        }
    }

    /**
     * Normally distributed around the base delay, cut off at {@value #MAX_DEVIATIONS} deviations.
     *
     * @param deviationMs the standard deviation, in milliseconds
     */
    record Normal(double deviationMs) implements Jitter {

        /** Checks the deviation. */
        public Normal {
            Figures.requireMs("jitter", deviationMs);
        }

        @Override
        public double drawMs(SplittableRandom random) {
            double deviations;
            do {
                deviations = gaussian(random);
            } while (Math.abs(deviations) > MAX_DEVIATIONS);
            return deviations * deviationMs;
        }

        @Override
        public String describe() {
            return "jitter of " + Figures.text(deviationMs) + " ms";
        }
    }

    /**
     * Gamma-distributed additions: queues on the way are mostly short and sometimes long.
     *
     * @param meanMs the mean addition, in milliseconds
     * @param deviationMs its standard deviation, in milliseconds
     */
    record Gamma(double meanMs, double deviationMs) implements Jitter {

        /** Checks mean and deviation. */
        public Gamma {
            Figures.requireMs("jitter", meanMs);
            Figures.requireMs("jitter", deviationMs);
            Figures.require(meanMs > 0 && deviationMs > 0, "gamma jitter must be positive");
        }

        /** Returns the distribution of shape 2, the sum of two exponential waits, with the given mean. */
        public static Gamma ofMean(double meanMs) {
            return new Gamma(meanMs, meanMs / Math.sqrt(2));
        }

        @Override
        public double drawMs(SplittableRandom random) {
            double shape = meanMs * meanMs / (deviationMs * deviationMs);
            return deviationMs * deviationMs / meanMs * gamma(shape, random);
        }

        @Override
        public String describe() {
            return "gamma jitter of " + Figures.text(meanMs) + " ms";
        }
    }

    private static double gaussian(SplittableRandom random) {
        // Box and Muller, 1958.
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }

    /** Draws from the gamma distribution of scale 1 (Marsaglia and Tsang, ACM TOMS 26, 2000). */
    private static double gamma(double shape, SplittableRandom random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = gaussian(random);
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
