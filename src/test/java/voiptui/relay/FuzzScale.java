package voiptui.relay;

/** How much malformed input the fuzz tests send: little in the suite, more in {@code src/test/bench/fuzz.sh}. */
final class FuzzScale {

    private static final int SCALE = Integer.getInteger("voiptui.fuzzScale", 1);

    private FuzzScale() {}

    /** Returns the amount to send instead of {@code amount}. */
    static int of(int amount) {
        return Math.multiplyExact(amount, SCALE);
    }
}
