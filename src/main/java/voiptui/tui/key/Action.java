package voiptui.tui.key;

import java.util.List;

/** What a key does on one of the screens. */
public interface Action {

    /** Returns its name in the table {@code [keys]} of the configuration file. */
    String label();

    /** Returns the keys that do it unless the user has chosen another, as {@link KeyName} writes them; the first one is shown. */
    List<String> defaultKeys();

    /** Returns what it does, for the help; empty: the action before it says so. */
    String help();
}
