package voiptui.tui.key;

import com.googlecode.lanterna.input.KeyStroke;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which key does what on each screen. Immutable. */
public final class Keymap {

    /** As without any configuration. */
    public static final Keymap DEFAULT = new Keymap(Map.of());

    /** Keys of the phone that move the selection or call, and those of the callers that mean something else. */
    private static final Set<String> MOVING = Set.of("j", "k", "g", "G", "Enter", "Tab");

    private static final Set<String> ANSWERING = Set.of("y", "Enter");

    /** The keys of each action, the one that is shown first. */
    private final Map<Action, List<String>> keys = new HashMap<>();
    /** By screen and key. */
    private final Map<Class<?>, Map<String, Action>> actions = new HashMap<>();

    private Keymap(Map<String, String> chosen) {
        actions().forEach(action -> {
            String key = chosen.get(action.label());
            List<String> names = key == null ? action.defaultKeys() : List.of(key);
            keys.put(action, names);
            names.forEach(name -> actions.computeIfAbsent(action.getClass(), screen -> new HashMap<>())
                    .put(name, action));
        });
    }

    /** A key that cannot be chosen. */
    public static final class UnusableKeyException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String label;

        private UnusableKeyException(String label, String problem) {
            super(problem);
            this.label = label;
        }

        /** Returns the name of the action that it was chosen for. */
        public String label() {
            return label;
        }
    }

    /**
     * Returns a map with other keys for some actions.
     *
     * @param chosen the keys by the names of actions, all of {@link #labels}
     * @throws UnusableKeyException if one is no key, or another action has it: one line
     */
    public static Keymap of(Map<String, String> chosen) throws UnusableKeyException {
        Map<String, String> named = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : chosen.entrySet()) {
            KeyStroke key = KeyName.parse(entry.getValue());
            if (key == null) {
                throw new UnusableKeyException(
                        entry.getKey(), "unknown key '" + entry.getValue() + "'; use " + KeyName.FORMS);
            }
            named.put(entry.getKey(), KeyName.of(key));
        }
        Keymap map = new Keymap(named);
        for (String label : named.keySet()) {
            map.check(label, List.of(CallAction.values()), Set.of());
            map.check(label, List.of(PhoneAction.values()), MOVING);
            map.check(
                    label,
                    Stream.concat(Arrays.stream(CallerAction.values()), Stream.of(PhoneAction.QUIT))
                            .toList(),
                    ANSWERING);
            map.check(label, List.of(TopAction.values()), Set.of("Enter"));
        }
        return map;
    }

    /** Checks that no other action of a screen has the key of that one, and that the screen does not need it. */
    private void check(String label, Collection<? extends Action> screen, Set<String> taken)
            throws UnusableKeyException {
        for (Action chosen : screen) {
            if (!chosen.label().equals(label)) {
                continue;
            }
            String key = shown(chosen);
            if (taken.contains(key)) {
                throw new UnusableKeyException(
                        label, key + " cannot be the key of " + label + ", since it has another meaning there");
            }
            for (Action other : screen) {
                if (other != chosen && keysOf(other).contains(key)) {
                    throw new UnusableKeyException(
                            label, key + " is the key of both " + label + " and " + other.label() + ": change one");
                }
            }
        }
    }

    private static Stream<Action> actions() {
        return Stream.<Action[]>of(CallAction.values(), PhoneAction.values(), CallerAction.values(), TopAction.values())
                .flatMap(Arrays::stream);
    }

    /** Returns the names of all actions, in the order of the screens; one name may stand for an action of several. */
    public static Set<String> labels() {
        return actions().map(Action::label).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns the key that does what that name stands for by default. */
    public static String defaultKey(String label) {
        return actions()
                .filter(action -> action.label().equals(label))
                .map(action -> action.defaultKeys().get(0))
                .findFirst()
                .orElse("");
    }

    /** Returns what a key does on a screen; null: nothing. */
    public <A extends Enum<A> & Action> @Nullable A find(Class<A> screen, KeyStroke key) {
        Action action = actions.getOrDefault(screen, Map.of()).get(KeyName.of(key));
        return action == null ? null : screen.cast(action);
    }

    /** Returns whether a key does that. */
    public boolean is(Action action, KeyStroke key) {
        return keysOf(action).contains(KeyName.of(key));
    }

    /** Returns whether the key of an action is that of another one on a screen. */
    public <A extends Enum<A> & Action> boolean isTaken(Class<A> screen, Action action) {
        return actions.getOrDefault(screen, Map.of()).containsKey(shown(action));
    }

    private List<String> keysOf(Action action) {
        return keys.getOrDefault(action, List.of());
    }

    /** Returns the key of an action, as it is shown. */
    public String shown(Action action) {
        List<String> names = keysOf(action);
        return names.isEmpty() ? "" : names.get(0);
    }

    /** Returns the keys of two actions side by side, as {@code +-}. */
    public String shown(Action one, Action other) {
        String first = shown(one);
        String second = shown(other);
        return first.length() == 1 && second.length() == 1 ? first + second : first + " " + second;
    }

    /** Returns the rows of a help: the keys, and what they do. */
    public List<String[]> help(Collection<? extends Action> shownActions) {
        Map<String, String> rows = new LinkedHashMap<>();
        String text = "";
        for (Action action : shownActions) {
            text = action.help().isEmpty() ? text : action.help();
            rows.merge(text, shown(action), (before, key) -> before.equals(key) ? before : before + "  " + key);
        }
        return rows.entrySet().stream()
                .map(row -> new String[] {row.getValue(), row.getKey()})
                .toList();
    }
}
