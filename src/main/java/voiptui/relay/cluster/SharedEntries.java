package voiptui.relay.cluster;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.ClientName;
import voiptui.relay.cluster.node.SharedValue;
import voiptui.relay.directory.NameClaim;
import voiptui.relay.presence.RemotePresence.State;

/**
 * The keys and values that the relays of a cluster share ({@code protocol.md}, section 7): the owners of names, and what each relay says of
 * its own clients and blocks. What is malformed counts as nothing. Stateless; any thread.
 */
final class SharedEntries {

    /** The longest list of blocks that is taken from one relay, in characters. */
    private static final int MAX_BLOCKS = 1_000_000;

    private static final String FINGERPRINT = "SHA256:[A-Za-z0-9+/]{43}";
    private static final Pattern OWNER = Pattern.compile("name ([^ ]{1,32})");
    private static final Pattern CLIENT = Pattern.compile("at (" + FINGERPRINT + ") ([^ ]{1,32})");
    private static final Pattern BLOCKS = Pattern.compile("blocks (" + FINGERPRINT + ")");
    private static final Pattern OWNER_VALUE = Pattern.compile(FINGERPRINT);

    /** A name at a relay. */
    record Client(String relay, String name) {}

    private SharedEntries() {}

    /** Returns the key of a name's owner. */
    static String ownerKey(String name) {
        return "name " + name;
    }

    /** Returns the name whose owner the key is for; null: another kind of key. */
    static @Nullable String ownedName(String key) {
        Matcher parts = OWNER.matcher(key);
        return parts.matches() && isName(parts.group(1)) ? parts.group(1) : null;
    }

    /** Returns whether a text is a name as relays write it, in lower case: each name has one key. */
    private static boolean isName(String text) {
        return ClientName.parse(text).filter(text::equals).isPresent();
    }

    /** Returns the value for a name's owner. */
    static String value(NameClaim claim) {
        return SharedValue.of(claim.sinceMs(), claim.fingerprint());
    }

    /** Returns a name's owner; null: malformed. */
    static @Nullable NameClaim claim(String value) {
        String fingerprint = SharedValue.text(value);
        return OWNER_VALUE.matcher(fingerprint).matches()
                ? new NameClaim(fingerprint, SharedValue.number(value))
                : null;
    }

    /** Returns the key of a name's presence at a relay. */
    static String clientKey(Client client) {
        return "at " + client.relay() + " " + client.name();
    }

    /** Returns whose presence the key is for; null: another kind of key. */
    static @Nullable Client client(String key) {
        Matcher parts = CLIENT.matcher(key);
        return parts.matches() && isName(parts.group(2)) ? new Client(parts.group(1), parts.group(2)) : null;
    }

    /** Returns the value for a presence. */
    static String value(State state) {
        return SharedValue.of(0, state == State.IDLE ? "idle" : "busy");
    }

    /** Returns a presence. */
    static State state(String value) {
        return SharedValue.text(value).equals("idle") ? State.IDLE : State.BUSY;
    }

    /** Returns the key of a relay's blocks. */
    static String blocksKey(String relay) {
        return "blocks " + relay;
    }

    /** Returns the relay whose blocks the key is for; null: another kind of key. */
    static @Nullable String blockingRelay(String key) {
        Matcher parts = BLOCKS.matcher(key);
        return parts.matches() ? parts.group(1) : null;
    }

    /** Returns the value for blocks. */
    static String value(Set<String> blocks) {
        return SharedValue.of(0, String.join(" ", new TreeSet<>(blocks)));
    }

    /** Returns blocks. */
    static Set<String> blocks(String value) {
        String entries = SharedValue.text(value);
        return entries.isEmpty() || entries.length() > MAX_BLOCKS ? Set.of() : Set.of(entries.split(" "));
    }

    /** Returns the values of the names that the entries say to be signed in at a relay, by name. */
    static Map<String, String> clientsAt(Map<String, String> entries, String relay) {
        Map<String, String> values = new TreeMap<>();
        entries.forEach((key, value) -> {
            Client client = client(key);
            if (client != null && client.relay().equals(relay)) {
                values.put(client.name(), value);
            }
        });
        return values;
    }
}
