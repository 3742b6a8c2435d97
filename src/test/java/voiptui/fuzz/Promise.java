package voiptui.fuzz;

/** Checks what a parser promises. Faster than an assertion library, as it runs some hundred thousand times a second. */
final class Promise {

    private Promise() {}

    /**
     * Does nothing if {@code kept}.
     *
     * @throws AssertionError otherwise, with {@code promise} and {@code details}
     */
    static void check(boolean kept, String promise, Object... details) {
        if (!kept) {
            StringBuilder text = new StringBuilder(promise);
            for (Object detail : details) {
                text.append("; ").append(detail);
            }
            throw new AssertionError(text.toString());
        }
    }
}
