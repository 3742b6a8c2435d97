package voiptui.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.VersionProvider;
import voiptui.identity.ConfigFolder;
import voiptui.identity.Identity;
import voiptui.protocol.ClientName;
import voiptui.report.EventJson;
import voiptui.report.Printable;

/** {@code voiptui id}: shows the identity of this client. */
@Command(
        name = "id",
        description = "Shows your identity: your name and the fingerprint of your certificate.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {"", "Exit status: 0 done, 1 the identity cannot be read or created, 2 wrong usage."})
public final class IdCommand implements Callable<Integer> {

    @Option(
            names = "--json",
            fallbackValue = "true",
            description = "Print one JSON object with name, fingerprint and file.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", ClientName.derivedFrom(System.getProperty("user.name", "")));
        try {
            ConfigFolder folder = ConfigFolder.ofUser();
            fields.put(
                    "fingerprint",
                    Identity.loadOrCreate(
                                    folder.identityFile(),
                                    warning -> spec.commandLine().getErr().println(Printable.of(warning)))
                            .fingerprint()
                            .text());
            fields.put("file", folder.identityFile().toString());
        } catch (IOException unusable) {
            throw CommandFailure.of(ExitCode.FAILED, unusable);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(EventJson.of(fields));
        } else {
            fields.forEach((what, value) -> out.printf("%-12s %s%n", what, Printable.of(String.valueOf(value))));
        }
        out.flush();
        return ExitCode.OK;
    }
}
