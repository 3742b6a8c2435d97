package voiptui.tui.key;

import java.util.List;

/** What a key does on one of the screens. */
public interface Action {

    /**
     * What the configuration and the help say about an action.
     *
     * @param label its name in the table {@code [keys]} of the configuration file
     * @param help what it does, for the help; empty: the action before it says so
     * @param defaultKeys the keys that do it unless the user has chosen another, as {@link KeyName} writes them; the first one is shown
     */
    record Spec(String label, String help, List<String> defaultKeys) {}

    /** Returns what the configuration and the help say about it. */
    Spec spec();

    /** Returns its name in the table {@code [keys]} of the configuration file. */
    default String label() {
        return spec().label();
    }

    /** Returns the keys that do it unless the user has chosen another. */
    default List<String> defaultKeys() {
        return spec().defaultKeys();
    }

    /** Returns what it does, for the help; empty: the action before it says so. */
    default String help() {
        return spec().help();
    }
}
