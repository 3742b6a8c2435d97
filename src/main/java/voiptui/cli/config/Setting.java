package voiptui.cli.config;

/**
 * The value of an option that is not from the command line.
 *
 * @param value the value, as it would be typed
 * @param source where it is from
 * @param place the variable, or the file and its line; empty for a built-in default
 */
record Setting(String value, Source source, String place) {

    /** Where a value is from. */
    enum Source {
        /** A variable of the environment. */
        ENVIRONMENT,
        /** The configuration file. */
        FILE,
        /** Built in. */
        DEFAULT
    }

    /** Returns where the value is from, for people. */
    String origin() {
        return source == Source.DEFAULT ? "default" : place;
    }
}
