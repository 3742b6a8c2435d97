package voiptui.tui.terminal;

/**
 * Negotiates with a terminal that it reports when keys are released (kitty, Comprehensive keyboard handling in terminals). Where
 * it cannot, nothing changes. Returns what to write; empty: nothing. Any thread.
 */
final class KeyboardProtocol {

    /** Asks for the flags in force. Terminals that do not know the protocol ignore it. */
    private static final String ASK = "\033[?u";

    private static final int DISAMBIGUATE = 1;
    private static final int EVENT_TYPES = 2;
    private static final int ALL_KEYS = 8;
    private static final int TEXT = 16;
    /** All keys as sequences, with the text that they type: only so, Space is reported when it goes up. */
    private static final String PUSH = "\033[>" + (DISAMBIGUATE | EVENT_TYPES | ALL_KEYS | TEXT) + "u";

    private static final int RELEASES = EVENT_TYPES | ALL_KEYS;
    private static final String POP = "\033[<u";
    /** Has the terminal report that the focus comes and goes, and no longer (XTerm Control Sequences, mode 1004). */
    private static final String REPORT_FOCUS = "\033[?1004h";

    private static final String LEAVE_FOCUS = "\033[?1004l";

    private enum State {
        /** Nothing was asked, or the answer was no. */
        OFF,
        /** Asked whether the protocol is known at all. */
        ASKED,
        /** Asked whether the flags were taken. */
        PUSHED,
        /** The terminal reports releases. */
        ON,
        /** It did, and will again: the screen has been left. */
        LEFT
    }

    private State state = State.OFF;

    /** Asks whether the terminal knows the protocol. */
    synchronized String ask() {
        state = State.ASKED;
        return ASK;
    }

    /** Follows the terminal's answer. */
    synchronized String onFlags(int flags) {
        if (state == State.ASKED) {
            state = State.PUSHED;
            return PUSH + ASK;
        } else if (state == State.PUSHED) {
            boolean taken = (flags & RELEASES) == RELEASES;
            state = taken ? State.ON : State.OFF;
            return taken ? REPORT_FOCUS : POP;
        }
        return "";
    }

    /** Returns whether an answer is still due. */
    synchronized boolean isAsked() {
        return state == State.ASKED || state == State.PUSHED;
    }

    /** Returns whether the terminal reports when keys are released. */
    synchronized boolean reportsReleases() {
        return state == State.ON;
    }

    /** The screen has been entered. */
    synchronized String enter() {
        if (state != State.LEFT) {
            return "";
        }
        state = State.ON;
        return PUSH + REPORT_FOCUS;
    }

    /** The screen is about to be left: keys are to be as they were. */
    synchronized String leave() {
        State before = state;
        state = before == State.ON ? State.LEFT : before == State.LEFT ? State.LEFT : State.OFF;
        return before == State.ON ? LEAVE_FOCUS + POP : before == State.PUSHED ? POP : "";
    }
}
