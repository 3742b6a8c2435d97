package voiptui.audio.wav;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.dsp.SineFit;

/**
 * Reads a folder of WAV files that other programs made, each half a second of 1 kHz at half of full scale on all channels, and judges
 * what is read. A file's name is {@code PROGRAM_FORMAT_RATE_CHANNELS[_MORE].wav}; {@code src/test/bench/wav.sh} makes them.
 */
final class WavMatrix {

    private static final double TONE_HZ = 1_000;
    private static final double SECONDS = 0.5;

    private final Map<String, Integer> right = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        WavMatrix matrix = new WavMatrix();
        try (Stream<Path> files = Files.list(Path.of(args[0]))) {
            for (Path file : files.sorted().toList()) {
                matrix.judge(file);
            }
        }
        matrix.right.forEach((kind, count) -> System.out.println(kind + ": " + count + " right"));
        matrix.wrong.forEach(System.out::println);
        System.out.println(matrix.wrong.size() + " wrong");
    }

    private void judge(Path path) {
        String[] parts = path.getFileName().toString().replace(".wav", "").split("_");
        String problem;
        try (WavFile file = WavFile.open(path)) {
            problem = problemOf(
                    file,
                    parts[1],
                    Integer.parseInt(parts[2]),
                    path.toString().contains("ffmpeg") && path.toString().contains("_pipe"));
        } catch (AudioUnavailableException refused) {
            problem = parts[1].startsWith("refused") ? "" : refused.getMessage();
        } catch (Exception broken) {
            problem = broken.toString();
        }
        if (problem.isEmpty()) {
            right.merge(parts[0] + " " + parts[1], 1, Integer::sum);
        } else {
            wrong.add(path.getFileName() + ": " + problem);
        }
    }

    private static String problemOf(WavFile file, String format, int rateHz, boolean piped) throws Exception {
        if (file.warning().isPresent() != piped) {
            return "warning: " + file.warning();
        }
        if (file.sampleRateHz() != rateHz) {
            return "rate " + file.sampleRateHz();
        }
        float[] samples = new float[2 * rateHz];
        int count = file.read(samples, 0, samples.length);
        boolean adpcm = format.contains("adpcm");
        int expected = (int) (SECONDS * rateHz);
        if (count < expected || count > expected + (adpcm ? 8_192 : 1)) {
            return count + " samples instead of " + expected;
        }
        short[] rounded = new short[count];
        for (int i = 0; i < count; i++) {
            rounded[i] = (short) Math.round(32_768 * samples[i]);
        }
        SineFit fit = SineFit.of(rounded, expected / 10, expected * 9 / 10, TONE_HZ, rateHz);
        double least = adpcm ? 12 : format.contains("law") ? 30 : format.equals("u8") ? 38 : 80;
        boolean near =
                Math.abs(fit.amplitude() / 16_384 - 1) < (adpcm ? 0.1 : 0.03) && Math.abs(fit.delaySamples()) < 0.1;
        return near && fit.signalToNoiseDb() > least ? "" : fit.toString();
    }
}
