package voiptui.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import voiptui.codec.OpusPacket;
import voiptui.codec.PayloadCheck;

/** The payload of an Opus packet: what is accepted obeys RFC 6716, 3.4, as a second, plain reading of it tells. */
public final class OpusPayloadFuzz {

    private static final int MAX_SAMPLES = OpusPacket.MAX_DURATION_MS * 48;
    private static final int SHORTEST_FRAME = 120;

    private OpusPayloadFuzz() {}

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] data) {
        // What lies behind a packet, in a buffer that is used again, makes no difference.
        byte[] buffer = Arrays.copyOf(data, data.length + 300);
        Arrays.fill(buffer, data.length, buffer.length, (byte) 0xfb);
        int samples = OpusPacket.samples(data, data.length);
        Promise.check(OpusPacket.samples(buffer, data.length) == samples, "reads the packet only", samples);
        List<Integer> frames = framesOf(data);
        Promise.check(
                samples == (frames.isEmpty() ? OpusPacket.MALFORMED : frames.size() * frameSamples(data[0])),
                "accepts what RFC 6716 accepts",
                samples,
                frames);
        if (samples == OpusPacket.MALFORMED) {
            return;
        }
        Promise.check(samples % SHORTEST_FRAME == 0 && samples <= MAX_SAMPLES, "up to 120 ms", samples);
        Promise.check(PayloadCheck.frames(data, data.length) == frames.size(), "counts the frames", frames);
        int padding = PayloadCheck.paddingStart(data, data.length);
        Promise.check(padding >= 1 && padding <= data.length, "padding is within the packet", padding);
        Promise.check(
                PayloadCheck.hasFec(data, data.length) == PayloadCheck.hasFec(buffer, data.length)
                        && PayloadCheck.hasDred(data, data.length) == PayloadCheck.hasDred(buffer, data.length),
                "reads the packet only");
        Promise.check(
                padding < data.length || !PayloadCheck.hasDred(data, data.length), "redundancy is in the padding");
    }

    /** Returns the lengths of the frames; none if the packet is malformed. */
    private static List<Integer> framesOf(byte[] packet) {
        if (packet.length == 0) {
            return List.of();
        }
        int rest = packet.length - 1;
        List<Integer> frames = new ArrayList<>();
        switch (packet[0] & 3) {
            case 0 -> frames.add(rest);
            case 1 -> {
                if (rest % 2 != 0) {
                    return List.of();
                }
                frames.addAll(List.of(rest / 2, rest / 2));
            }
            case 2 -> {
                Cursor cursor = new Cursor(packet, 1, packet.length);
                int first = cursor.length();
                if (first < 0) {
                    return List.of();
                }
                frames.addAll(List.of(first, packet.length - cursor.at - first));
            }
            default -> addCounted(packet, frames);
        }
        boolean fits = frames.stream().allMatch(length -> length >= 0 && length <= OpusPacket.MAX_FRAME_BYTES);
        return fits && frames.size() * frameSamples(packet[0]) <= MAX_SAMPLES ? frames : List.of();
    }

    private static void addCounted(byte[] packet, List<Integer> frames) {
        if (packet.length < 2) {
            return;
        }
        int count = packet[1] & 0x3f;
        int at = 2;
        int end = packet.length;
        if ((packet[1] & 0x40) != 0) {
            int padding = 255;
            while (padding == 255) {
                if (at >= end) {
                    return;
                }
                padding = packet[at++] & 0xff;
                end -= padding == 255 ? 254 : padding;
            }
        }
        if (count == 0 || at > end) {
            return;
        }
        if ((packet[1] & 0x80) == 0) {
            if ((end - at) % count == 0) {
                for (int i = 0; i < count; i++) {
                    frames.add((end - at) / count);
                }
            }
            return;
        }
        Cursor cursor = new Cursor(packet, at, end);
        int total = 0;
        for (int i = 1; i < count; i++) {
            int length = cursor.length();
            if (length < 0) {
                frames.clear();
                return;
            }
            frames.add(length);
            total += length;
        }
        frames.add(end - cursor.at - total);
    }

    /** Reads frame lengths of one or two bytes (RFC 6716, 3.2.1). */
    private static final class Cursor {
        private final byte[] packet;
        private final int end;
        private int at;

        Cursor(byte[] packet, int at, int end) {
            this.packet = packet;
            this.at = at;
            this.end = end;
        }

        /** Returns the next length; -1 if it is cut off. */
        int length() {
            if (at >= end) {
                return -1;
            }
            int first = packet[at++] & 0xff;
            if (first < 252) {
                return first;
            }
            return at < end ? first + 4 * (packet[at++] & 0xff) : -1;
        }
    }

    /** The table of RFC 6716, 3.1, in samples at 48 kHz. */
    private static int frameSamples(byte toc) {
        int[] silk = {480, 960, 1_920, 2_880};
        int[] hybrid = {480, 960};
        int[] celt = {120, 240, 480, 960};
        int config = (toc & 0xff) >> 3;
        return config < 12 ? silk[config % 4] : config < 16 ? hybrid[config % 2] : celt[config % 4];
    }
}
