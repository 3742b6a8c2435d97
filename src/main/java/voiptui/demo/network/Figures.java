package voiptui.demo.network;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Checks and prints the figures of a profile. */
final class Figures {

    /** The longest delay, jitter or stall, in milliseconds. */
    static final double MAX_MS = 10_000;

    private Figures() {}

    static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }

    static void requireMs(String what, double ms) {
        require(ms >= 0 && ms <= MAX_MS, what + " must be from 0 to 10000 ms");
    }

    /** Returns a number without needless digits: {@code 2}, {@code 1.5}. */
    static String text(double number) {
        return BigDecimal.valueOf(number)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
