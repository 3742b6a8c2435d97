package voiptui.cli.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.device.AudioDevice;
import voiptui.audio.device.BufferSize;
import voiptui.audio.spec.SoundSystem;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.Usage;
import voiptui.cli.option.VersionProvider;
import voiptui.report.EventJson;
import voiptui.report.Printable;

/** {@code voiptui devices}: lists microphones and speakers. */
@Command(
        name = "devices",
        description = "Lists the microphones and speakers for --mic and --speaker.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
public final class DevicesCommand implements Callable<Integer> {

    @Option(
            names = "--audio-backend",
            defaultValue = "sdl",
            paramLabel = "sdl|java",
            description = "How to find devices: SDL or Java Sound. Default: ${DEFAULT-VALUE}.")
    private String audioBackend;

    @Option(
            names = "--json",
            fallbackValue = "true",
            description = "Print one JSON object with the lists \"inputs\" and \"outputs\".")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        SoundSystem.Choice choice =
                new Usage(spec).parse("--audio-backend", () -> SoundSystem.Choice.parse(audioBackend));
        PrintWriter out = spec.commandLine().getOut();
        SoundSystem devices = new SoundSystem(choice, BufferSize.USUAL);
        try {
            print(out, devices);
        } catch (AudioUnavailableException noAnswer) {
            throw new CommandFailure(ExitCode.NO_AUDIO, noAnswer.getMessage());
        }
        return ExitCode.OK;
    }

    private void print(PrintWriter out, SoundSystem devices) throws AudioUnavailableException {
        String backend = devices.explain();
        List<AudioDevice> inputs = devices.inputs();
        List<AudioDevice> outputs = devices.outputs();
        if (json) {
            Map<String, Object> lists = new LinkedHashMap<>();
            lists.put("backend", backend);
            lists.put("inputs", inputs);
            lists.put("outputs", outputs);
            out.println(EventJson.of(lists));
        } else {
            out.println("Sound system: " + Printable.of(backend));
            print(out, "Microphones (--mic)", inputs);
            print(out, "Speakers (--speaker)", outputs);
        }
        out.flush();
    }

    private static void print(PrintWriter out, String title, List<AudioDevice> devices) {
        out.println(title);
        if (devices.isEmpty()) {
            out.println("      none: is a sound server running, and may this user reach it?");
        }
        for (AudioDevice device : devices) {
            out.printf(
                    "%4d  %s%s%n",
                    device.index(),
                    Printable.of(device.name()),
                    device.description().isBlank() ? "" : "  (" + Printable.of(device.description()) + ")");
        }
    }
}
