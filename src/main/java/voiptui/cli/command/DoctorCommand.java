package voiptui.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voiptui.audio.device.BufferSize;
import voiptui.audio.spec.MicSpec;
import voiptui.audio.spec.SoundSystem;
import voiptui.audio.spec.SpeakerSpec;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.ServerOptions;
import voiptui.cli.option.Usage;
import voiptui.cli.option.VersionProvider;
import voiptui.cli.run.FindingPrinter;
import voiptui.cli.run.SshSignIn;
import voiptui.doctor.AudioCheck;
import voiptui.doctor.CodecCheck;
import voiptui.doctor.Doctor;
import voiptui.doctor.EncryptionCheck;
import voiptui.doctor.Finding;
import voiptui.doctor.ProcessingCheck;
import voiptui.doctor.SpeechPrompt;
import voiptui.net.HostAddresses;
import voiptui.net.IpText;
import voiptui.report.EventJson;
import voiptui.session.SessionConfig;
import voiptui.time.NanoClock;

/** {@code voiptui doctor}: checks everything that a call needs. */
@Command(
        name = "doctor",
        description = "Checks everything that a call needs, from the relay's name to the speaker.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {
            "",
            "Exit status: 0 no problems, 1 calls work but could be better, 2 wrong usage, 3 relay",
            "unreachable, 4 refused or not trusted, 5 no working microphone or speaker."
        })
public final class DoctorCommand implements Callable<Integer> {

    private static final String NAME_CHECK = "address";

    @Mixin
    private ServerOptions relay;

    @Option(
            names = "--mic",
            defaultValue = "default",
            paramLabel = "SPEC",
            description = "The microphone to test: default, a device's name or index, or as for 'voiptui call'.")
    private String mic;

    @Option(
            names = "--speaker",
            defaultValue = "default",
            paramLabel = "SPEC",
            description = "The speaker to test: default, a device's name or index, or null.")
    private String speaker;

    @Option(
            names = "--audio-backend",
            defaultValue = "sdl",
            paramLabel = "sdl|java",
            description = "How to use devices: SDL or Java Sound. Default: ${DEFAULT-VALUE}.")
    private String audioBackend;

    @Option(
            names = "--json",
            fallbackValue = "true",
            description = "Print one JSON object per finding, and a last one with the result.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final List<Finding> findings = new ArrayList<>();
    /** Null: nothing was printed for people yet. */
    private @Nullable FindingPrinter printer;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        Usage usage = new Usage(spec);
        relay.check(usage);
        MicSpec microphone = usage.parse("--mic", () -> MicSpec.parse(mic));
        SpeakerSpec loudspeaker = usage.parse("--speaker", () -> SpeakerSpec.parse(speaker));
        usage.check(!(loudspeaker instanceof SpeakerSpec.WavFile), "--speaker: name a device or null");
        SoundSystem devices = new SoundSystem(
                usage.parse("--audio-backend", () -> SoundSystem.Choice.parse(audioBackend)), BufferSize.USUAL);
        examineRelay(usage);
        tell(CodecCheck.run());
        tell(EncryptionCheck.run());
        tell(ProcessingCheck.run());
        new AudioCheck(microphone, loudspeaker, devices, NanoClock.SYSTEM, this::tell, prompt()).run();
        return conclude();
    }

    private void examineRelay(Usage usage) throws CommandFailure, InterruptedException {
        ServerOptions.Resolved resolved;
        try {
            resolved = relay.resolve(usage);
        } catch (CommandFailure unknown) {
            tell(new Finding(
                    NAME_CHECK,
                    Finding.Verdict.FAILURE,
                    unknown.getMessage(),
                    "check the name, and whether this machine can reach a DNS server",
                    Finding.Trouble.UNREACHABLE));
            return;
        }
        SessionConfig config = relay.sessionConfig(resolved, 0, 1, 0, false);
        if (resolved.ssh() != null) {
            SshSignIn.letAsk(resolved.ssh());
        }
        tell(addressOf(resolved));
        new Doctor(config, NanoClock.SYSTEM, this::tell).examineRelay();
    }

    private static Finding addressOf(ServerOptions.Resolved resolved) {
        String addresses = textOf(resolved.control());
        return addresses.isEmpty()
                ? new Finding(
                        NAME_CHECK,
                        Finding.Verdict.WARNING,
                        "only ssh knows where " + resolved.relay() + " is: media cannot go there by UDP",
                        "give the host by a name or an address that this machine can reach",
                        Finding.Trouble.DEGRADED)
                : new Finding(
                        NAME_CHECK,
                        Finding.Verdict.OK,
                        resolved.relay() + " is " + addresses,
                        "",
                        Finding.Trouble.NONE);
    }

    private static String textOf(HostAddresses host) {
        return host.latest().stream()
                .map(address -> IpText.of(address.getAddress()))
                .collect(Collectors.joining(", "));
    }

    private FindingPrinter printer() {
        FindingPrinter made = printer;
        if (made == null) {
            made = FindingPrinter.ofProcess(spec.commandLine().getOut());
            printer = made;
        }
        return made;
    }

    private @Nullable SpeechPrompt prompt() {
        return json ? null : printer().prompt().orElse(null);
    }

    private void tell(Finding finding) {
        findings.add(finding);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(EventJson.of(finding));
        } else {
            printer().print(finding);
        }
        out.flush();
    }

    private int conclude() {
        PrintWriter out = spec.commandLine().getOut();
        Finding.Trouble worst =
                findings.stream().map(Finding::trouble).max(Enum::compareTo).orElseThrow();
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("result", worst);
            out.println(EventJson.of(result));
        } else {
            out.println();
            out.println(verdict(worst));
            findings.stream().filter(finding -> !finding.advice().isEmpty()).forEach(printer()::printAdvice);
        }
        out.flush();
        return switch (worst) {
            case NONE -> ExitCode.OK;
            case DEGRADED -> ExitCode.FAILED;
            case NO_AUDIO -> ExitCode.NO_AUDIO;
            case REFUSED -> ExitCode.REFUSED;
            case UNREACHABLE -> ExitCode.UNREACHABLE;
        };
    }

    private static String verdict(Finding.Trouble worst) {
        return switch (worst) {
            case NONE -> "No problems found: you can make calls.";
            case DEGRADED -> "Calls work, but could be better:";
            case NO_AUDIO -> "No working microphone or speaker:";
            case REFUSED -> "Calls are not possible: the relay refused or is not trusted:";
            case UNREACHABLE -> "Calls are not possible: the relay is unreachable:";
        };
    }
}
