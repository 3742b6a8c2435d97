package voiptui.tui.key;

import java.util.List;

/** The actions about somebody who calls. */
public enum CallerAction implements Action {
    /** Answers. */
    ANSWER("answer", "answer; y: although the fingerprint changed", "a"),
    /** Rejects. */
    REJECT("reject", "reject an incoming call", "x"),
    /** Rejects this call, and all others of the caller. */
    BLOCK("block", "block a caller; else, show who is blocked", "b");

    private final String label;
    private final String help;
    private final List<String> defaultKeys;

    CallerAction(String label, String help, String... defaultKeys) {
        this.label = label;
        this.help = help;
        this.defaultKeys = List.of(defaultKeys);
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public List<String> defaultKeys() {
        return defaultKeys;
    }

    @Override
    public String help() {
        return help;
    }
}
