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
import voiptui.audio.device.AudioDevice;
import voiptui.audio.device.AudioDevices;
import voiptui.cli.exit.ExitCode;
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

    @Option(names = "--json", description = "Print one JSON object with the lists \"inputs\" and \"outputs\".")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<AudioDevice> inputs = AudioDevices.inputs();
        List<AudioDevice> outputs = AudioDevices.outputs();
        if (json) {
            Map<String, Object> lists = new LinkedHashMap<>();
            lists.put("inputs", inputs);
            lists.put("outputs", outputs);
            out.println(EventJson.of(lists));
        } else {
            print(out, "Microphones (--mic)", inputs);
            print(out, "Speakers (--speaker)", outputs);
        }
        out.flush();
        return ExitCode.OK;
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
            out.println("      " + String.join(", ", device.formats()));
        }
    }
}
