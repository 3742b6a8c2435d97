package voiptui.relay.directory;

import java.nio.file.Path;

/**
 * The settings of a {@link Directory}.
 *
 * @param stateDir the relay's state directory; created when the first name is written
 * @param access who may sign in
 * @param limits limits for names that certificates register themselves
 */
public record DirectorySettings(Path stateDir, AccessPolicy access, NameLimits limits) {

    /**
     * Limits for names that certificates register themselves.
     *
     * @param expiryMs how long such a name is kept after it was used last, in milliseconds; 0: for ever
     * @param newPerAddress how many new names one address may register at once; they come back over six hours; 0: any number
     */
    public record NameLimits(long expiryMs, int newPerAddress) {

        /** 180 days, and 60 names. */
        public static final NameLimits DEFAULT = new NameLimits(180L * 24 * 3_600_000, 60);

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value is negative; the message is for the user
         */
        public NameLimits {
            if (expiryMs < 0) {
                throw new IllegalArgumentException("the expiry of names must not be negative");
            }
            if (newPerAddress < 0) {
                throw new IllegalArgumentException(
                        "the number of new names must not be negative, but is " + newPerAddress);
            }
        }

        /** Returns the expiry for people, such as {@code 180 days} or {@code 30 s}. */
        String expiryText() {
            long days = expiryMs / 86_400_000;
            return days > 0 ? days + " days" : expiryMs / 1000 + " s";
        }
    }

    /** Returns settings with the default limits. */
    public static DirectorySettings of(Path stateDir, AccessPolicy access) {
        return new DirectorySettings(stateDir, access, NameLimits.DEFAULT);
    }
}
