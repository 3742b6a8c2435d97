package voiptui.relay.media.socket;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A map from {@link PackedAddress} to a value: an open-addressing hash table with linear probing, at most half full. Looking up allocates
 * nothing. The hash is keyed, so that nobody outside can choose addresses that collide. One thread.
 */
public final class AddressTable<V> {

    private static final int MIN_SLOTS = 64;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private long[] high = new long[MIN_SLOTS];
    private long[] low = new long[MIN_SLOTS];
    private int[] ports = new int[MIN_SLOTS];
    private @Nullable Object[] values = new Object[MIN_SLOTS];
    private int size;

    /** Returns the value of an address; null: none. */
    @SuppressWarnings("unchecked")
    public @Nullable V get(long addressHigh, long addressLow, int port) {
        return (V) values[find(addressHigh, addressLow, port)];
    }

    /** Sets the value of an address. */
    public void put(PackedAddress address, V value) {
        int slot = find(address.high(), address.low(), address.port());
        if (values[slot] == null) {
            if (2 * (size + 1) > values.length) {
                grow();
                slot = find(address.high(), address.low(), address.port());
            }
            size++;
            high[slot] = address.high();
            low[slot] = address.low();
            ports[slot] = address.port();
        }
        values[slot] = value;
    }

    /** Removes an address if it has this very value. */
    public void remove(PackedAddress address, V value) {
        int slot = find(address.high(), address.low(), address.port());
        if (values[slot] != value) {
            return;
        }
        size--;
        int mask = values.length - 1;
        // Moves what was pushed on by the removed entry back into the gap.
        for (int next = slot + 1 & mask; values[next] != null; next = next + 1 & mask) {
            int home = slotOf(high[next], low[next], ports[next]);
            if ((next - home & mask) >= (next - slot & mask)) {
                high[slot] = high[next];
                low[slot] = low[next];
                ports[slot] = ports[next];
                values[slot] = values[next];
                slot = next;
            }
        }
        values[slot] = null;
    }

    /** Removes all addresses. */
    public void clear() {
        Arrays.fill(values, null);
        size = 0;
    }

    /** Returns the number of addresses. */
    public int size() {
        return size;
    }

    /** Returns the slot of an address, or the free one where it belongs. */
    private int find(long addressHigh, long addressLow, int port) {
        int mask = values.length - 1;
        int slot = slotOf(addressHigh, addressLow, port);
        while (values[slot] != null && (low[slot] != addressLow || high[slot] != addressHigh || ports[slot] != port)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private int slotOf(long addressHigh, long addressLow, int port) {
        long hash = (addressLow ^ seed) * MIX;
        hash = (hash ^ hash >>> 32 ^ addressHigh) * MIX;
        hash = (hash ^ hash >>> 32 ^ port) * MIX;
        return (int) (hash >>> 32) & values.length - 1;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        int[] oldPorts = ports;
        @Nullable Object[] oldValues = values;
        int slots = 2 * oldValues.length;
        high = new long[slots];
        low = new long[slots];
        ports = new int[slots];
        values = new Object[slots];
        for (int i = 0; i < oldValues.length; i++) {
            if (oldValues[i] != null) {
                int slot = find(oldHigh[i], oldLow[i], oldPorts[i]);
                high[slot] = oldHigh[i];
                low[slot] = oldLow[i];
                ports[slot] = oldPorts[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
