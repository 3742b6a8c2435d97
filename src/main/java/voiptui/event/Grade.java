package voiptui.event;

/** How good one direction of a call is for who listens, from best to worst. */
public enum Grade {
    /** Like a call in one room. */
    GOOD,
    /** Flaws are heard, but nothing has to be repeated. */
    FAIR,
    /** Words get lost. */
    POOR,
    /** Hardly anything is understood. */
    BAD;

    /** Returns whether this grade is worse than {@code other}. */
    public boolean isWorseThan(Grade other) {
        return compareTo(other) > 0;
    }
}
