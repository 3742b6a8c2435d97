package voiptui.report.log;

/** How much a relay logs; each level includes the ones before it. */
public enum LogLevel {
    /** Nothing but what ends the relay. */
    ERROR,
    /** Refusals, and problems that the operator should know about. */
    WARN,
    /** What happens: sign-ins, calls, totals. */
    INFO,
    /** Routine events such as heartbeats, and messages of libraries. */
    DEBUG;

    /** Returns whether a log of this level has lines of {@code level}. */
    boolean includes(LogLevel level) {
        return level.ordinal() <= ordinal();
    }
}
