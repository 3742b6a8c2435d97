package voiptui.tui.key;

import java.util.List;

/** The actions of a phone that waits for calls. */
public enum PhoneAction implements Action {
    /** Opens the field for a name or an address. */
    DIAL("dial", "enter a name or an address; find a name", "c"),
    /** Opens the filter of the contacts. */
    FIND("find", "", "/"),
    /** Makes somebody a favorite, or no longer. */
    FAVORITE("favorite", "favorite or not; show all who are offline", "f"),
    /** Lists everybody who is offline, or no longer. */
    OFFLINE("offline", "", "o"),
    /** Opens or closes the choice of devices. */
    DEVICES("devices", "choose devices; hear yourself", "d"),
    /** Plays what the microphone hears. */
    ECHO_TEST("echo-test", "", "t"),
    /** Rejects all calls, or no longer. */
    DO_NOT_DISTURB("do-not-disturb", "do not disturb: callers are missed at once", "n"),
    /** Shows the log at full height, or no longer. */
    LOG("log", "show the log", "l"),
    /** Shows who is blocked. */
    BLOCKED("blocked", "block a caller; else, show who is blocked", "b"),
    /** Shows the keys. */
    HELP("help", "this help", "?"),
    /** Signs out; while a call rings, after a question. */
    QUIT("quit", "quit; during a call, hang up", "q");

    private final Spec spec;

    PhoneAction(String label, String help, String... defaultKeys) {
        this.spec = new Spec(label, help, List.of(defaultKeys));
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
