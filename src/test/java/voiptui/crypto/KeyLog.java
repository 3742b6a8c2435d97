package voiptui.crypto;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the keys that a running phone of this process sends with, by looking through its objects. The program itself has no way to
 * give them away.
 */
public final class KeyLog {

    private final Map<SrtpKeys, Boolean> found = new IdentityHashMap<>();

    /** Looks for keys in the objects of the program that can be reached from {@code phone}, and remembers new ones. */
    public void look(Object phone) {
        Map<Object, Boolean> seen = new IdentityHashMap<>();
        Deque<Object> left = new ArrayDeque<>(List.of(phone));
        while (!left.isEmpty()) {
            Object next = left.pop();
            if (seen.put(next, true) == null) {
                if (next instanceof SrtpSender sender) {
                    found.put(keysOf(sender), true);
                }
                addFields(next, left);
            }
        }
    }

    private static SrtpKeys keysOf(SrtpSender sender) {
        Deque<Object> fields = new ArrayDeque<>();
        addFields(sender, fields);
        return (SrtpKeys)
                fields.stream().filter(SrtpKeys.class::isInstance).findFirst().orElseThrow();
    }

    private static void addFields(Object object, Deque<Object> to) {
        for (Class<?> type = object.getClass(); isOurs(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    try {
                        field.setAccessible(true);
                        Object value = field.get(object);
                        if (value != null && isOurs(value.getClass())) {
                            to.push(value);
                        }
                    } catch (IllegalAccessException impossible) {
                        throw new AssertionError(impossible);
                    }
                }
            }
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("voiptui.");
    }

    /** Returns how many sets of keys were found. */
    public int size() {
        return found.size();
    }

    /** Returns what decrypts packets that were sent with the keys found, one for each set. */
    public List<SrtpUnprotector> unprotectors() {
        List<SrtpUnprotector> all = new ArrayList<>();
        found.keySet().forEach(keys -> all.add(new SrtpUnprotector(keys)));
        return all;
    }
}
