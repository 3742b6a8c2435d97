package voiptui.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes damaged copies of seeds: the same for the same random numbers. */
final class SeedMutation {

    private static final int[] EDGES = {0, 1, 0x7f, 0x80, 0xff, 0x20, '"', '{', '%', ':'};
    private static final int MAX_CHANGES = 4;

    private final List<byte[]> seeds;
    private final Random random;

    /**
     * Creates a source of inputs.
     *
     * @param seeds at least one
     */
    SeedMutation(List<byte[]> seeds, Random random) {
        this.seeds = seeds;
        this.random = random;
    }

    /** Returns a damaged copy of {@code seed}. */
    byte[] of(byte[] seed) {
        byte[] bytes = seed.clone();
        for (int changes = 1 + random.nextInt(MAX_CHANGES); changes > 0; changes--) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int length = 1 + random.nextInt(random.nextInt(4) == 0 ? 64 : 4);
        switch (random.nextInt(7)) {
            case 0 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 1 -> {
                return joined(bytes, at, new byte[0], Math.min(bytes.length, at + length));
            }
            case 2 -> {
                byte[] inserted = new byte[length];
                random.nextBytes(inserted);
                return joined(bytes, at, inserted, at);
            }
            case 3 -> {
                byte[] repeated = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + length));
                return joined(bytes, at, repeated, at);
            }
            case 4 -> {
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                int from = random.nextInt(other.length + 1);
                return joined(bytes, at, Arrays.copyOfRange(other, from, other.length), bytes.length);
            }
            case 5 -> {
                if (at < bytes.length) {
                    bytes[at] = (byte) EDGES[random.nextInt(EDGES.length)];
                }
                return bytes;
            }
            default -> {
                if (at < bytes.length) {
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                }
                return bytes;
            }
        }
    }

    /** Returns the bytes up to {@code end}, {@code middle}, and the bytes from {@code from} on. */
    private static byte[] joined(byte[] bytes, int end, byte[] middle, int from) {
        byte[] all = new byte[end + middle.length + bytes.length - from];
        System.arraycopy(bytes, 0, all, 0, end);
        System.arraycopy(middle, 0, all, end, middle.length);
        System.arraycopy(bytes, from, all, end + middle.length, bytes.length - from);
        return all;
    }
}
