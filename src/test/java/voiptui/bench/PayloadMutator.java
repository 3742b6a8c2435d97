package voiptui.bench;

import java.util.List;
import java.util.Random;

/** Damages valid payloads in every way that a path, or somebody on it, may: flips, cuts, splices, noise. One thread. */
final class PayloadMutator {

    /** Where a format has its header, and where it has what was added to it later. */
    private static final int EDGE_BYTES = 6;

    private static final int TAIL_BYTES = 64;

    private final List<byte[]> seeds;
    private final Random random;
    private final byte[] payload;
    private int bytes;

    /** Creates a mutator of {@code seeds} to payloads of at most {@code maxBytes} bytes. */
    PayloadMutator(List<byte[]> seeds, int maxBytes, Random random) {
        this.seeds = seeds;
        this.random = random;
        this.payload = new byte[maxBytes];
    }

    /** Returns the payload that {@link #next} has made. */
    byte[] payload() {
        return payload;
    }

    /** Makes the next payload and returns its length. */
    int next() {
        copy(seed(), 0, 0);
        int changes = 1 + random.nextInt(4);
        for (int change = 0; change < changes; change++) {
            switch (random.nextInt(10)) {
                case 0 -> bytes = random.nextInt(bytes + 1);
                case 1 -> splice();
                case 2 -> noise();
                case 3 -> extend();
                case 4, 5 -> flip(0, Math.min(bytes, EDGE_BYTES));
                case 6, 7 -> flip(Math.max(0, bytes - TAIL_BYTES), bytes);
                case 8 -> overwrite();
                default -> flip(0, bytes);
            }
        }
        return bytes;
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private void copy(byte[] from, int fromAt, int at) {
        int count = Math.min(from.length - fromAt, payload.length - at);
        System.arraycopy(from, fromAt, payload, at, count);
        bytes = at + count;
    }

    private void flip(int from, int to) {
        for (int flips = 1 + random.nextInt(4); flips > 0 && to > from; flips--) {
            payload[from + random.nextInt(to - from)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    /** Puts the end of another payload after the beginning of this one. */
    private void splice() {
        byte[] other = seed();
        copy(other, random.nextInt(other.length + 1), random.nextInt(bytes + 1));
    }

    /** Overwrites a run with noise, or with bytes that lengths are made of. */
    private void overwrite() {
        int from = random.nextInt(bytes + 1);
        int to = Math.min(bytes, from + 1 + random.nextInt(16));
        int value = random.nextInt(3) == 0 ? random.nextBoolean() ? 0xff : 0 : -1;
        for (int at = from; at < to; at++) {
            payload[at] = (byte) (value < 0 ? random.nextInt() : value);
        }
    }

    private void extend() {
        int to = Math.min(payload.length, bytes + 1 + random.nextInt(random.nextInt(10) == 0 ? payload.length : 32));
        for (int at = bytes; at < to; at++) {
            payload[at] = (byte) random.nextInt();
        }
        bytes = to;
    }

    /** Leaves nothing but the first byte, now and then not even that. */
    private void noise() {
        bytes = random.nextInt(random.nextInt(10) == 0 ? payload.length + 1 : 160);
        for (int at = random.nextInt(4) == 0 ? 0 : 1; at < bytes; at++) {
            payload[at] = (byte) random.nextInt();
        }
    }
}
