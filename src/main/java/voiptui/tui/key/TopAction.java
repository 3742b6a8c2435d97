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

    private final String label;
    private final String help;
    private final List<String> defaultKeys;

    TopAction(String label, String help, String... defaultKeys) {
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
