package voiptui.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.FramePacer;
import voiptui.audio.spec.AudioSinks;
import voiptui.audio.spec.AudioSources;
import voiptui.audio.spec.MicSpec;
import voiptui.audio.spec.SpeakerSpec;
import voiptui.audio.wav.TeeSink;
import voiptui.audio.wav.WavSink;
import voiptui.audio.wav.WavWriter;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.Usage;
import voiptui.cli.option.VersionProvider;
import voiptui.demo.DemoCall;
import voiptui.time.NanoClock;

/** {@code voiptui demo}: makes a complete call on this machine and measures it. */
@Command(
        name = "demo",
        description = "Makes a complete call on this machine and reports how well it worked.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {"", "Exit status: 0 the speech arrived, 1 it did not, 2 wrong usage, 5 device or file not usable."})
public final class DemoCommand implements Callable<Integer> {

    private static final String SAMPLE = "/voiptui/demo/speech.wav";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    @Option(
            names = "--mic",
            paramLabel = "SPEC",
            description = "What to send: default, a device's name or index, file:PATH or tone[:HZ]. "
                    + "Default: a built-in sentence.")
    private @Nullable String mic;

    @Option(
            names = "--speaker",
            defaultValue = "default",
            paramLabel = "SPEC",
            description = "Where to play it: default, a device's name or index, or null. Default: ${DEFAULT-VALUE}.")
    private String speaker;

    @Option(
            names = "--duration",
            defaultValue = "5s",
            paramLabel = "TIME",
            description = "How long to send. Default: ${DEFAULT-VALUE}.")
    private Duration duration;

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        Usage usage = new Usage(spec);
        usage.check(duration.toMillis() >= 1000 && duration.toMillis() <= 45_000, "--duration must be from 1s to 45s");
        String chosenMic = mic;
        MicSpec micSpec = chosenMic == null ? null : usage.parse("--mic", () -> MicSpec.parse(chosenMic));
        SpeakerSpec speakerSpec = usage.parse("--speaker", () -> SpeakerSpec.parse(speaker));
        usage.check(
                !(speakerSpec instanceof SpeakerSpec.WavFile),
                "--speaker must be a device or null; the call is always recorded");

        Path recording = Path.of("voiptui-demo-" + LocalDateTime.now().format(STAMP) + ".wav")
                .toAbsolutePath();
        if (micSpec != null) {
            return run(micSpec, speakerSpec, recording);
        }
        Path sample = unpackSample();
        try {
            return run(new MicSpec.WavFile(sample), speakerSpec, recording);
        } finally {
            Files.deleteIfExists(sample);
        }
    }

    private int run(MicSpec speech, SpeakerSpec speakerSpec, Path recording)
            throws CommandFailure, IOException, InterruptedException {
        try (AudioSource voice = AudioSources.open(speech, DemoCall.FORMAT, false, NanoClock.SYSTEM)) {
            return run(voice, speakerSpec, recording);
        } catch (AudioUnavailableException unavailable) {
            throw new CommandFailure(ExitCode.NO_AUDIO, unavailable.getMessage());
        }
    }

    private int run(AudioSource voice, SpeakerSpec speakerSpec, Path recording)
            throws AudioUnavailableException, IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            out.println("Making a call on this machine, about " + (duration.toSeconds() + 1) + " seconds ...");
            out.flush();
        }
        WavWriter file = new WavWriter(recording, DemoCall.FORMAT.sampleRateHz());
        String heardThrough = speaker;
        AudioSink ear;
        try {
            AudioSink loudspeaker = AudioSinks.open(speakerSpec, DemoCall.FORMAT, NanoClock.SYSTEM);
            ear = new TeeSink(loudspeaker, file, new FramePacer(DemoCall.FORMAT, NanoClock.SYSTEM));
        } catch (AudioUnavailableException noSpeaker) {
            if (noSpeaker.namedByUser()) {
                file.close();
                Files.deleteIfExists(recording);
                throw noSpeaker;
            }
            heardThrough = "none available, recorded only";
            ear = new WavSink(file, new FramePacer(DemoCall.FORMAT, NanoClock.SYSTEM));
        }
        DemoCall.Result result = call(voice, ear);
        DemoReport report = new DemoReport(result, voice.name(), mic == null, heardThrough, recording);
        out.println(json ? report.json() : report.text());
        out.flush();
        return report.arrived() ? ExitCode.OK : ExitCode.FAILED;
    }

    private DemoCall.Result call(AudioSource voice, AudioSink ear) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("voiptui-demo");
        try {
            return new DemoCall(folder, System::currentTimeMillis).run(voice, duration.toMillis(), ear);
        } finally {
            deleteAll(folder);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static Path unpackSample() throws IOException {
        Path sample = Files.createTempFile("voiptui-speech", ".wav");
        try (InputStream packed = DemoCommand.class.getResourceAsStream(SAMPLE)) {
            Files.copy(packed, sample, StandardCopyOption.REPLACE_EXISTING);
        }
        return sample;
    }
}
