package voiptui.tui.key;

import java.util.List;

/** The actions on the screen of a relay, in the order of the help. */
public enum TopAction implements Action {
    /** Stops the relay. */
    STOP("quit", "stop the relay; asks first if it has clients", "q"),
    /** Sorts the clients otherwise. */
    SORT("sort", "sort clients by age, packets/s or address", "s"),
    /** Shows the keys. */
    HELP("help", "this help", "?");

    private final Spec spec;

    TopAction(String label, String help, String... defaultKeys) {
        this.spec = new Spec(label, help, List.of(defaultKeys));
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
