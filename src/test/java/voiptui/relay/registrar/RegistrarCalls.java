package voiptui.relay.registrar;

import java.util.List;
import voiptui.relay.call.Call;

/** The calls behind a registrar, for tests that look at their state. */
public final class RegistrarCalls {

    private RegistrarCalls() {}

    /** Returns the calls that have not ended, oldest first. */
    public static List<Call> of(Registrar registrar) {
        return registrar.calls();
    }
}
