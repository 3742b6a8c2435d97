package voiptui.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import voiptui.codec.EncoderSettings;
import voiptui.codec.FrameDecoder;
import voiptui.codec.FrameDecoder.Recovered;
import voiptui.codec.FrameEncoder;
import voiptui.codec.Opus;
import voiptui.testkit.Speech;
import voiptui.testkit.Wav;
import voiptui.testkit.pesq.PesqEstimate;

/**
 * Prints the estimated opinion of ways to send speech through losses, when every later packet is there in time. The first rows compare
 * the estimate with scores of wideband PESQ for recorded speech.
 *
 * <p>Usage: {@code OpinionTable [WAV] [losses=LABEL,...] [BITRATE_BPS,LOSS_PERCENT,FEC,DRED_MS[,COPY_DISTANCE...]]...}; FEC is 0 or 1.
 */
public final class OpinionTable {

    private static final int RATE_HZ = 48_000;
    private static final int FRAME = 960;
    private static final int HEADER_BYTES = 40;
    private static final int COPY_HEADER_BYTES = 4;
    private static final int SEEDS = 4;
    /** The longest part that is judged at once. */
    private static final int PART_SECONDS = 8;

    /** A pattern of losses. */
    private record Losses(String label, double loss, double burst) {

        boolean[] draw(int packets, long seed) {
            Random random = new Random(seed * 7919);
            boolean[] lost = new boolean[packets];
            boolean bad = false;
            double toGood = burst > 1 ? 1 / burst : 1 - loss;
            double toBad = loss / (1 - loss) * toGood;
            for (int i = 5; i < packets - 10; i++) {
                bad = bad ? random.nextDouble() >= toGood : random.nextDouble() < toBad;
                lost[i] = bad;
            }
            return lost;
        }
    }

    private static final List<Losses> ALL_LOSSES = List.of(
            new Losses("clean", 0, 1),
            new Losses("5%", 0.05, 1),
            new Losses("10%", 0.1, 1),
            new Losses("20%", 0.2, 1),
            new Losses("30%", 0.3, 1),
            new Losses("10%x3", 0.1, 3),
            new Losses("20%x4", 0.2, 4));

    private record Way(EncoderSettings encoder, List<Integer> copies, double[] known) {}

    /** Ways whose scores by wideband PESQ are known; NaN: not measured. */
    private static final List<Way> KNOWN = List.of(
            known(32_000, 0, false, 0, List.of(), 4.44, 3.14, 2.30, 1.68, 1.40, 2.42, 1.67),
            known(32_000, 10, true, 0, List.of(), 4.4, 3.98, 3.64, 3.04, 2.37, 2.83, 1.97),
            known(32_000, 20, true, 1000, List.of(), 4.4, 3.55, 3.12, 2.68, 2.36, 3.37, 2.93),
            known(24_000, 0, false, 0, List.of(1), 4.33, 4.21, 3.88, 3.34, 2.47, 2.97, 2.06),
            known(24_000, 0, false, 0, List.of(2, 4), 4.33, 4.32, 4.31, 4.07, 3.67, 3.81, 3.00),
            known(24_000, 0, false, 0, List.of(3, 6), 4.33, Double.NaN, 4.32, 3.99, 3.54, 4.04, 3.65),
            known(20_000, 0, false, 0, List.of(1, 2, 4), Double.NaN, Double.NaN, 4.21, 4.18, 4.04, 3.74, 2.99),
            known(16_000, 0, false, 0, List.of(1, 2, 4, 6), Double.NaN, Double.NaN, 4.13, 4.13, 4.08, 3.86, 3.50));

    private final short[] said;
    private final List<Losses> columns;

    private OpinionTable(short[] said, List<Losses> columns) {
        this.said = said;
        this.columns = columns;
    }

    private static Way known(int bps, int loss, boolean fec, int dredMs, List<Integer> copies, double... scores) {
        return new Way(new EncoderSettings(bps, loss, fec, dredMs, false), copies, scores);
    }

    public static void main(String[] args) throws IOException {
        String problem = Opus.load();
        if (problem != null) {
            throw new IOException("libopus: " + problem);
        }
        short[] said = Wav.speech(24, 1, RATE_HZ);
        List<Losses> columns = ALL_LOSSES;
        List<Way> ways = new ArrayList<>();
        for (String arg : args) {
            if (arg.startsWith("losses=")) {
                List<String> wanted = List.of(arg.substring(7).split(","));
                columns = ALL_LOSSES.stream()
                        .filter(losses -> wanted.contains(losses.label))
                        .toList();
            } else if (arg.endsWith(".wav")) {
                said = Speech.read(Path.of(arg), RATE_HZ);
            } else {
                int[] values = Arrays.stream(arg.split(","))
                        .mapToInt(Integer::parseInt)
                        .toArray();
                ways.add(new Way(
                        new EncoderSettings(values[0], values[1], values[2] == 1, values[3], false),
                        IntStream.range(4, values.length)
                                .mapToObj(i -> values[i])
                                .toList(),
                        new double[0]));
            }
        }
        OpinionTable table = new OpinionTable(said, columns);
        System.out.printf("%-28s %6s", "", "kbit/s");
        columns.forEach(losses -> System.out.printf(" %11s", losses.label));
        System.out.println();
        for (Way way : ways.isEmpty() ? KNOWN : ways) {
            table.print(way);
        }
    }

    private void print(Way way) throws IOException {
        byte[][] packets = encode(way.encoder);
        double kbps = 0;
        for (int i = 0; i < packets.length; i++) {
            int bytes = packets[i].length + HEADER_BYTES;
            for (int distance : way.copies) {
                bytes += i >= distance ? packets[i - distance].length + COPY_HEADER_BYTES : 0;
            }
            kbps += bytes * 8 * 50 / 1000.0 / packets.length;
        }
        EncoderSettings e = way.encoder;
        System.out.printf(
                Locale.ROOT,
                "%-28s %6.1f",
                e.bitRateBps()
                        + (e.inBandFec() ? " FEC " + e.lossPercent() : "")
                        + (e.dredMs() > 0 ? " DRED " + e.dredMs() : "")
                        + (way.copies.isEmpty() ? "" : " " + way.copies),
                kbps);
        short[] reference = Speech.convert(said, RATE_HZ, PesqEstimate.RATE_HZ);
        for (int i = 0; i < columns.size(); i++) {
            double sum = 0;
            int seeds = columns.get(i).loss == 0 ? 1 : SEEDS;
            for (int seed = 1; seed <= seeds; seed++) {
                short[] heard = decode(packets, way.copies, columns.get(i).draw(packets.length, seed));
                sum += score(reference, Speech.convert(heard, RATE_HZ, PesqEstimate.RATE_HZ)) / seeds;
            }
            System.out.printf(Locale.ROOT, " %5.2f", sum);
            System.out.print(
                    way.known.length > i && way.known[i] > 0
                            ? String.format(Locale.ROOT, " (%.1f)", way.known[i])
                            : "      ");
        }
        System.out.println();
    }

    private static double score(short[] reference, short[] heard) {
        int parts = Math.max(1, reference.length / (PART_SECONDS * PesqEstimate.RATE_HZ));
        int samples = Math.min(reference.length, heard.length) / parts;
        double sum = 0;
        for (int part = 0; part < parts; part++) {
            sum += PesqEstimate.of(
                            Arrays.copyOfRange(reference, part * samples, (part + 1) * samples),
                            Arrays.copyOfRange(heard, part * samples, (part + 1) * samples))
                    / parts;
        }
        return sum;
    }

    private byte[][] encode(EncoderSettings settings) {
        FrameEncoder encoder = Opus.library().encoder(20);
        encoder.adapt(settings);
        ByteBuffer packet = ByteBuffer.allocateDirect(encoder.maxPayloadBytes());
        byte[][] packets = new byte[said.length / FRAME][];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = new byte[encoder.encode(Arrays.copyOfRange(said, i * FRAME, (i + 1) * FRAME), packet, 0)];
            packet.get(0, packets[i]);
        }
        return packets;
    }

    private static short[] decode(byte[][] packets, List<Integer> copies, boolean[] lost) {
        FrameDecoder decoder = Opus.library().decoder();
        short[] heard = new short[packets.length * FRAME];
        short[] audio = new short[6 * FRAME];
        boolean[] here = new boolean[packets.length];
        for (int i = 0; i < packets.length; i++) {
            here[i] = !lost[i];
            for (int distance : copies) {
                here[i] |= i + distance < packets.length && !lost[i + distance];
            }
        }
        for (int i = 0; i < packets.length; i++) {
            int later = i;
            while (later < packets.length && !here[later]) {
                later++;
            }
            if (later == i) {
                decoder.decode(packets[i], packets[i].length, audio);
            } else if (later == packets.length
                    || decoder.recover(packets[later], packets[later].length, (later - i) * FRAME, audio, FRAME)
                            == Recovered.NONE) {
                decoder.conceal(audio, FRAME);
            }
            System.arraycopy(audio, 0, heard, i * FRAME, FRAME);
        }
        return heard;
    }
}
