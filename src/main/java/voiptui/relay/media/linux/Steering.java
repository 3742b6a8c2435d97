package voiptui.relay.media.linux;

import static org.lwjgl.system.MemoryUtil.memPutByte;
import static org.lwjgl.system.MemoryUtil.memPutInt;
import static org.lwjgl.system.MemoryUtil.memPutLong;
import static org.lwjgl.system.MemoryUtil.memPutShort;

import java.util.SplittableRandom;
import voiptui.relay.media.socket.PackedAddress;

/**
 * Which media thread reads what a sender sends: a hash of its address and port, computed here, and by the system when it chooses one of
 * several sockets on one port (socket(7), SO_ATTACH_REUSEPORT_CBPF). All that one sender sends is read by one thread, in its order. The
 * hash is keyed, so that nobody outside can choose senders that all belong to one thread. Any thread; allocates nothing.
 *
 * <p>A sender whose IPv6 packets have extension headers may be read by another thread, which does not know it.
 */
public class Steering {

    // linux/bpf_common.h, linux/filter.h
    private static final int LOAD_BYTE = 0x30;
    private static final int LOAD_HALF = 0x28;
    private static final int LOAD_WORD = 0x20;
    private static final int LOAD_HALF_AT_X = 0x48;
    private static final int LOAD_X_HEADER_LENGTH = 0xb1;
    private static final int LOAD_X_SCRATCH = 0x61;
    private static final int STORE_SCRATCH = 0x02;
    private static final int ADD_X = 0x0c;
    private static final int MULTIPLY = 0x24;
    private static final int SHIFT_RIGHT = 0x74;
    private static final int MODULO = 0x94;
    private static final int XOR = 0xa4;
    private static final int XOR_X = 0xac;
    private static final int JUMP = 0x05;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int COPY_TO_X = 0x07;
    private static final int RETURN = 0x16;

    /** SKF_NET_OFF: what is loaded counts from the beginning of the IP header. */
    private static final int IP_HEADER = -0x100000;

    private static final int IPV4_SENDER_AT = 12;
    private static final int IPV6_SENDER_AT = 8;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int MAPPED_WORD = 0xffff;

    /** sizeof(struct sock_filter). */
    private static final int STEP_BYTES = 8;
    /** sizeof(struct sock_fprog): the number of steps, and where they are. */
    static final int HEADER_BYTES = 16;

    private static final int STEPS_AT = 8;

    private final int threads;
    private final int addressFactor;
    private final int sumFactor;
    private final int mixFactor;

    /** Creates a rule. */
    Steering(int threads, SplittableRandom key) {
        this.threads = threads;
        this.addressFactor = key.nextInt() | 1;
        this.sumFactor = key.nextInt() | 1;
        this.mixFactor = key.nextInt() | 1;
    }

    /** Returns a rule with a random key. */
    public static Steering among(int threads) {
        return new Steering(threads, new SplittableRandom());
    }

    /** Returns how many threads there are. */
    public final int threads() {
        return threads;
    }

    /** Returns the number of the thread, from 0, that reads what comes from an address. */
    public final int threadOf(PackedAddress sender) {
        return threadOf(sender.high(), sender.low(), sender.port());
    }

    /** The same for an address as numbers; see {@link PackedAddress}. */
    public final int threadOf(long high, long low, int port) {
        if (threads == 1) {
            return 0;
        }
        int address = mixed(mixed(mixed(mixed(0, (int) (high >>> 32)), (int) high), (int) (low >>> 32)), (int) low);
        int hash = (address + port) * sumFactor;
        hash = (hash ^ hash >>> 16) * mixFactor;
        return (hash >>> 16) % threads;
    }

    /** Mixes each word with the key, so that nobody can choose words that cancel each other. */
    private int mixed(int hash, int word) {
        int product = (hash ^ word) * addressFactor;
        return product ^ product >>> 16;
    }

    private int[][] steps() {
        int ipv4Prefix = mixed(mixed(mixed(0, 0), 0), MAPPED_WORD);
        return new int[][] {
            {LOAD_BYTE, 0, 0, IP_HEADER},
            {SHIFT_RIGHT, 0, 0, 4},
            {JUMP_IF_EQUAL, 0, 7, 4},
            // IPv4
            {LOAD_X_HEADER_LENGTH, 0, 0, IP_HEADER},
            {LOAD_HALF_AT_X, 0, 0, IP_HEADER},
            {STORE_SCRATCH, 0, 0, 0},
            {LOAD_WORD, 0, 0, IP_HEADER + IPV4_SENDER_AT},
            {XOR, 0, 0, ipv4Prefix},
            {MULTIPLY, 0, 0, addressFactor},
            {JUMP, 0, 0, 25},
            // IPv6
            {LOAD_HALF, 0, 0, IP_HEADER + IPV6_HEADER_BYTES},
            {STORE_SCRATCH, 0, 0, 0},
            {LOAD_WORD, 0, 0, IP_HEADER + IPV6_SENDER_AT},
            {MULTIPLY, 0, 0, addressFactor},
            {COPY_TO_X, 0, 0, 0},
            {SHIFT_RIGHT, 0, 0, 16},
            {XOR_X, 0, 0, 0},
            {COPY_TO_X, 0, 0, 0},
            {LOAD_WORD, 0, 0, IP_HEADER + IPV6_SENDER_AT + 4},
            {XOR_X, 0, 0, 0},
            {MULTIPLY, 0, 0, addressFactor},
            {COPY_TO_X, 0, 0, 0},
            {SHIFT_RIGHT, 0, 0, 16},
            {XOR_X, 0, 0, 0},
            {COPY_TO_X, 0, 0, 0},
            {LOAD_WORD, 0, 0, IP_HEADER + IPV6_SENDER_AT + 8},
            {XOR_X, 0, 0, 0},
            {MULTIPLY, 0, 0, addressFactor},
            {COPY_TO_X, 0, 0, 0},
            {SHIFT_RIGHT, 0, 0, 16},
            {XOR_X, 0, 0, 0},
            {COPY_TO_X, 0, 0, 0},
            {LOAD_WORD, 0, 0, IP_HEADER + IPV6_SENDER_AT + 12},
            {XOR_X, 0, 0, 0},
            {MULTIPLY, 0, 0, addressFactor},
            // The last word of either, mixed, and the port
            {COPY_TO_X, 0, 0, 0},
            {SHIFT_RIGHT, 0, 0, 16},
            {XOR_X, 0, 0, 0},
            {LOAD_X_SCRATCH, 0, 0, 0},
            {ADD_X, 0, 0, 0},
            {MULTIPLY, 0, 0, sumFactor},
            {COPY_TO_X, 0, 0, 0},
            {SHIFT_RIGHT, 0, 0, 16},
            {XOR_X, 0, 0, 0},
            {MULTIPLY, 0, 0, mixFactor},
            {SHIFT_RIGHT, 0, 0, 16},
            {MODULO, 0, 0, threads},
            {RETURN, 0, 0, 0},
        };
    }

    /** Returns the room that {@link #putProgram} needs, in bytes. */
    int programBytes() {
        return HEADER_BYTES + steps().length * STEP_BYTES;
    }

    /** Writes the rule as the system wants it: a {@code sock_fprog} and its steps. */
    void putProgram(long at) {
        int[][] steps = steps();
        memPutShort(at, (short) steps.length);
        memPutLong(at + STEPS_AT, at + HEADER_BYTES);
        long step = at + HEADER_BYTES;
        for (int[] parts : steps) {
            memPutShort(step, (short) parts[0]);
            memPutByte(step + 2, (byte) parts[1]);
            memPutByte(step + 3, (byte) parts[2]);
            memPutInt(step + 4, parts[3]);
            step += STEP_BYTES;
        }
    }
}
