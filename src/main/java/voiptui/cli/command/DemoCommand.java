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
import picocli.CommandLine.Mixin;
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
import voiptui.audio.spec.SoundSystem;
import voiptui.audio.spec.SpeakerSpec;
import voiptui.audio.wav.TeeSink;
import voiptui.audio.wav.WavSink;
import voiptui.audio.wav.WavWriter;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.Usage;
import voiptui.cli.option.VersionProvider;
import voiptui.demo.AlignedWavs;
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
    private static final Duration USUAL_DURATION = Duration.ofSeconds(5);
    private static final Duration USUAL_DURATION_IMPAIRED = Duration.ofSeconds(20);
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
            paramLabel = "TIME",
            description = "How long to send, from 1s to 45s. Default: 5s, through a bad network 20s.")
    private @Nullable Duration chosenDuration;

    @Mixin
    private DemoNetworkOptions networkOptions;

    @Option(
            names = "--wav-dir",
            paramLabel = "DIR",
            description = "Where to leave what was said and heard as said.wav and heard.wav, 16 kHz and aligned. "
                    + "Default: none, through a bad network a new temporary directory.")
    private @Nullable Path wavFolder;

    @Option(names = "--json", fallbackValue = "true", description = "Print the report as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** What the options ask for. */
    private record Plan(
            @Nullable MicSpec mic,
            SpeakerSpec speaker,
            Duration duration,
            DemoNetworkOptions.@Nullable Network network) {}

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        Plan plan = plan();
        Path recording = Path.of("voiptui-demo-" + LocalDateTime.now().format(STAMP) + ".wav")
                .toAbsolutePath();
        AlignedWavs wavs = wavs(plan.network != null);
        if (plan.mic != null) {
            return run(plan, plan.mic, recording, wavs);
        }
        Path sample = unpackSample();
        try {
            return run(plan, new MicSpec.WavFile(sample), recording, wavs);
        } finally {
            Files.deleteIfExists(sample);
        }
    }

    private Plan plan() {
        Usage usage = new Usage(spec);
        DemoNetworkOptions.Network network = networkOptions.parse(usage);
        Duration chosen = chosenDuration;
        Duration duration = chosen != null ? chosen : network == null ? USUAL_DURATION : USUAL_DURATION_IMPAIRED;
        usage.check(duration.toMillis() >= 1000 && duration.toMillis() <= 45_000, "--duration must be from 1s to 45s");
        String chosenMic = mic;
        MicSpec micSpec = chosenMic == null ? null : usage.parse("--mic", () -> MicSpec.parse(chosenMic));
        SpeakerSpec speakerSpec = usage.parse("--speaker", () -> SpeakerSpec.parse(speaker));
        usage.check(
                !(speakerSpec instanceof SpeakerSpec.WavFile),
                "--speaker must be a device or null; the call is always recorded");
        return new Plan(micSpec, speakerSpec, duration, network);
    }

    /** Creates the directory of the files before the call, so that a bad one is not found out after it. */
    private @Nullable AlignedWavs wavs(boolean impaired) throws CommandFailure {
        Path folder = wavFolder;
        if (folder == null && !impaired) {
            return null;
        }
        try {
            Path made = folder == null ? Files.createTempDirectory("voiptui-demo-") : Files.createDirectories(folder);
            if (!Files.isWritable(made)) {
                throw new CommandFailure(ExitCode.NO_AUDIO, "cannot write to " + made + ": permission denied");
            }
            return AlignedWavs.in(made.toAbsolutePath());
        } catch (IOException unusable) {
            throw new CommandFailure(
                    ExitCode.NO_AUDIO, "cannot create the directory " + folder + "; choose another --wav-dir");
        }
    }

    private int run(Plan plan, MicSpec speech, Path recording, @Nullable AlignedWavs wavs)
            throws CommandFailure, IOException, InterruptedException {
        // The built-in sentence is shorter than a call through a bad network.
        boolean loop = plan.mic == null && plan.network != null;
        try (AudioSource voice =
                AudioSources.open(speech, DemoCall.FORMAT, loop, NanoClock.SYSTEM, SoundSystem.standard())) {
            return run(plan, voice, recording, wavs);
        } catch (AudioUnavailableException unavailable) {
            throw new CommandFailure(ExitCode.NO_AUDIO, unavailable.getMessage());
        }
    }

    private int run(Plan plan, AudioSource voice, Path recording, @Nullable AlignedWavs wavs)
            throws AudioUnavailableException, IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            long seconds = plan.duration.toSeconds() + (plan.network == null ? 1 : 6);
            out.println("Making a call on this machine, about " + seconds + " seconds ...");
            out.flush();
        }
        WavWriter file = new WavWriter(recording, DemoCall.FORMAT.sampleRateHz());
        String heardThrough = speaker;
        AudioSink ear;
        try {
            AudioSink loudspeaker =
                    AudioSinks.open(plan.speaker, DemoCall.FORMAT, NanoClock.SYSTEM, SoundSystem.standard());
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
        DemoCall.Result result = call(plan, voice, ear);
        if (wavs != null) {
            wavs.write(result.sound());
        }
        DemoReport report = new DemoReport(
                result,
                new DemoReport.Setting(voice.name(), plan.mic == null, heardThrough, recording, wavs, plan.network));
        out.println(json ? report.json() : report.text());
        out.flush();
        return report.arrived() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static DemoCall.Result call(Plan plan, AudioSource voice, AudioSink ear)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("voiptui-demo");
        try {
            return new DemoCall(folder, System::currentTimeMillis)
                    .run(voice, plan.duration.toMillis(), ear, plan.network == null ? null : plan.network.path());
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
