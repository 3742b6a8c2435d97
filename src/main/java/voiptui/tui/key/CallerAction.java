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

    private final Spec spec;

    CallerAction(String label, String help, String... defaultKeys) {
        this.spec = new Spec(label, help, List.of(defaultKeys));
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
