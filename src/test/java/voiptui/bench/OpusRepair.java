package voiptui.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import voiptui.codec.EncoderSettings;
import voiptui.codec.FrameDecoder;
import voiptui.codec.FrameDecoder.Recovered;
import voiptui.codec.FrameEncoder;
import voiptui.codec.Opus;
import voiptui.demo.speech.SpeechSimilarity;
import voiptui.testkit.Wav;

/**
 * Prints what in-band FEC and deep redundancy cost and what they recover, when every later packet is there in time. Judged by
 * {@link SpeechSimilarity}. Without settings, prints bit rates and how far the redundancy reaches, on average.
 *
 * <p>Usage: {@code OpusRepair [WAV at 48 kHz] [out=DIRECTORY] [BITRATE_BPS,LOSS_PERCENT,FEC,DRED_MS...]}; FEC is 0 or 1. Writes
 * to the directory what was said and heard, aligned, at 48 kHz.
 */
public final class OpusRepair {

    private static final int RATE_HZ = 48_000;
    private static final int FRAME = 960;
    /** The encoder's look-ahead (RFC 6716, 2). */
    private static final int DELAY_SAMPLES = 312;
    /** Headers of RTP, UDP and IPv4. */
    private static final int HEADER_BYTES = 40;

    private static final int SEEDS = 2;

    private final short[] said;
    private final Path out;

    private OpusRepair(short[] said, Path out) {
        this.said = said;
        this.out = out;
    }

    /** A pattern of losses. */
    private enum LossPattern {
        CLEAN("0%", 0, 1),
        LOSS_10("10%", 0.1, 1),
        LOSS_20("20%", 0.2, 1),
        LOSS_30("30%", 0.3, 1),
        BURSTS_OF_3("10%x3", 0.1, 3),
        BURSTS_OF_4("20%x4", 0.2, 4);

        private final String label;
        private final double loss;
        private final int burst;

        LossPattern(String label, double loss, int burst) {
            this.label = label;
            this.loss = loss;
            this.burst = burst;
        }

        boolean[] losses(int packets, long seed) {
            Random random = new Random(seed);
            boolean[] lost = new boolean[packets];
            for (int at = 5; at < packets - 5; at++) {
                if (random.nextDouble() < loss / burst / (1 - loss * (burst - 1) / burst)) {
                    Arrays.fill(lost, at, Math.min(packets - 5, at + burst), true);
                    at += burst - 1;
                }
            }
            return lost;
        }
    }

    public static void main(String[] args) throws IOException {
        String problem = Opus.load();
        if (problem != null) {
            throw new IOException("libopus: " + problem);
        }
        short[] said = Wav.speech(20, 1, RATE_HZ);
        Path out = null;
        List<EncoderSettings> all = new ArrayList<>();
        for (String arg : args) {
            if (arg.startsWith("out=")) {
                out = Path.of(arg.substring(4));
            } else if (arg.endsWith(".wav")) {
                said = Wav.read(Path.of(arg));
            } else {
                int[] values = Arrays.stream(arg.split(","))
                        .mapToInt(Integer::parseInt)
                        .toArray();
                all.add(new EncoderSettings(values[0], values[1], values[2] == 1, values[3], false));
            }
        }
        OpusRepair bench = new OpusRepair(said, out);
        if (all.isEmpty()) {
            bench.printRates();
            return;
        }
        System.out.printf(
                "%6s %4s %3s %5s %8s  %s%n", "bit/s", "loss", "fec", "dred", "all-in", "likeness (fec/dred/concealed)");
        for (EncoderSettings settings : all) {
            bench.measure(settings);
        }
        bench.measureTime();
    }

    private void printRates() {
        int[] durationsMs = {0, 100, 200, 500, 1_000};
        for (int fec = 0; fec <= 1; fec++) {
            System.out.printf(
                    "all-in kbit/s %s in-band FEC, by DRED of %s ms%n",
                    fec == 1 ? "with" : "without", Arrays.toString(durationsMs));
            for (int bitRateBps = 24_000; bitRateBps <= 32_000; bitRateBps += 4_000) {
                for (int lossPercent : new int[] {1, 2, 3, 5, 10, 20, 30}) {
                    System.out.printf("%6d %3d%% ", bitRateBps, lossPercent);
                    for (int dredMs : durationsMs) {
                        byte[][] packets =
                                encode(new EncoderSettings(bitRateBps, lossPercent, fec == 1, dredMs, false));
                        System.out.printf(" %5.1f (%3.0f)", allInKbps(packets), meanReachMs(packets));
                    }
                    System.out.println();
                }
            }
        }
    }

    private static double allInKbps(byte[][] packets) {
        return Arrays.stream(packets)
                        .mapToInt(packet -> packet.length + HEADER_BYTES)
                        .average()
                        .orElse(0)
                * 8
                * 50
                / 1000;
    }

    /** Returns how far the deep redundancy reaches back, on average. */
    private static double meanReachMs(byte[][] packets) {
        FrameDecoder decoder = Opus.library().decoder();
        short[] audio = new short[6 * FRAME];
        double sum = 0;
        int count = 0;
        for (int i = 60; i < packets.length; i += 23) {
            int reach = 1_000;
            while (reach > 0 && !reaches(decoder, packets[i], reach, audio)) {
                reach -= 10;
            }
            sum += reach;
            count++;
        }
        return sum / count;
    }

    private static boolean reaches(FrameDecoder decoder, byte[] packet, int distanceMs, short[] audio) {
        return decoder.recover(packet, packet.length, distanceMs * FRAME / 20, audio, FRAME / 2) == Recovered.DRED;
    }

    private void measure(EncoderSettings settings) throws IOException {
        byte[][] packets = encode(settings);
        StringBuilder row = new StringBuilder(String.format(
                "%6d %3d%% %3s %5d %8.1f ",
                settings.bitRateBps(),
                settings.lossPercent(),
                settings.inBandFec() ? "yes" : "no",
                settings.dredMs(),
                allInKbps(packets)));
        for (LossPattern path : LossPattern.values()) {
            double quality = 0;
            Map<Recovered, Integer> how = new EnumMap<>(Recovered.class);
            for (int seed = 1; seed <= SEEDS; seed++) {
                short[] heard = decode(packets, path.losses(packets.length, seed), how);
                quality += SpeechSimilarity.ofAligned(Arrays.copyOf(said, heard.length), heard, RATE_HZ) / SEEDS;
                if (out != null) {
                    write(settings, path, seed, heard);
                }
            }
            row.append(String.format(
                    " | %s %.3f (%d/%d/%d)",
                    path.label,
                    quality,
                    how.getOrDefault(Recovered.FEC, 0),
                    how.getOrDefault(Recovered.DRED, 0),
                    how.getOrDefault(Recovered.NONE, 0)));
        }
        System.out.println(row);
    }

    private void write(EncoderSettings settings, LossPattern path, int seed, short[] heard) throws IOException {
        Wav.write(out.resolve("said.wav"), Arrays.copyOf(said, heard.length), RATE_HZ);
        String name = String.join(
                "_",
                Integer.toString(settings.bitRateBps()),
                Integer.toString(settings.lossPercent()),
                settings.inBandFec() ? "1" : "0",
                Integer.toString(settings.dredMs()),
                path.name(),
                Integer.toString(seed));
        Wav.write(out.resolve(name + ".wav"), heard, RATE_HZ);
    }

    private byte[][] encode(EncoderSettings settings) {
        FrameEncoder encoder = Opus.library().encoder(Opus.FRAME_MS);
        encoder.adapt(settings);
        ByteBuffer packet = ByteBuffer.allocate(encoder.maxPayloadBytes());
        byte[][] packets = new byte[said.length / FRAME][];
        for (int i = 0; i < packets.length; i++) {
            int bytes = encoder.encode(Arrays.copyOfRange(said, i * FRAME, (i + 1) * FRAME), packet, 0);
            packets[i] = Arrays.copyOf(packet.array(), bytes);
        }
        return packets;
    }

    private static short[] decode(byte[][] packets, boolean[] lost, Map<Recovered, Integer> how) {
        FrameDecoder decoder = Opus.library().decoder();
        short[] audio = new short[6 * FRAME];
        short[] heard = new short[packets.length * FRAME];
        for (int i = 0; i < packets.length; i++) {
            if (!lost[i]) {
                decoder.decode(packets[i], packets[i].length, audio);
            } else {
                int later = i + 1;
                while (lost[later]) {
                    later++;
                }
                byte[] packet = packets[later];
                Recovered recovered = decoder.recover(packet, packet.length, (later - i) * FRAME, audio, FRAME);
                if (recovered == Recovered.NONE) {
                    decoder.conceal(audio, FRAME);
                }
                how.merge(recovered, 1, Integer::sum);
            }
            System.arraycopy(audio, 0, heard, i * FRAME, FRAME);
        }
        return Arrays.copyOfRange(heard, DELAY_SAMPLES, heard.length);
    }

    /** Prints the time of a recovery from a packet not read before, and of others from the same packet. */
    private void measureTime() {
        byte[][] packets = encode(new EncoderSettings(40_000, 20, false, 1_000, false));
        FrameDecoder decoder = Opus.library().decoder();
        short[] audio = new short[6 * FRAME];
        for (int frames : new int[] {1, 4, 10, 25}) {
            List<Long> first = new ArrayList<>();
            List<Long> further = new ArrayList<>();
            List<Long> decode = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                for (int i = 50; i + frames < packets.length; i += frames + 1) {
                    byte[] later = packets[i + frames];
                    for (int left = frames; left > 0; left--) {
                        long from = System.nanoTime();
                        Recovered how = decoder.recover(later, later.length, left * FRAME, audio, FRAME);
                        long ns = System.nanoTime() - from;
                        if (how == Recovered.DRED) {
                            (left == frames ? first : further).add(ns);
                        }
                    }
                    long from = System.nanoTime();
                    decoder.decode(later, later.length, audio);
                    decode.add(System.nanoTime() - from);
                }
            }
            System.out.printf(
                    "%d lost: first of a packet %.3f ms, further %.3f ms, decode %.3f ms (median)%n",
                    frames, medianMs(first), medianMs(further), medianMs(decode));
        }
        List<Long> conceal = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            decoder.decode(packets[i % packets.length], packets[i % packets.length].length, audio);
            long from = System.nanoTime();
            decoder.conceal(audio, FRAME);
            conceal.add(System.nanoTime() - from);
        }
        System.out.printf("conceal %.3f ms (median)%n", medianMs(conceal));
    }

    private static double medianMs(List<Long> ns) {
        ns.sort(Comparator.naturalOrder());
        return ns.isEmpty() ? 0 : ns.get(ns.size() / 2) / 1e6;
    }
}
