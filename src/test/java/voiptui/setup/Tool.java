package voiptui.setup;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import voiptui.testkit.CleanEnvironment;

/** Runs programs for the installation tests. */
final class Tool {

    private static final int PATIENCE_S = 300;

    /** The exit status of a program and its standard output and error. */
    record Result(int status, String output) {
        List<String> lines() {
            return output.lines().toList();
        }
    }

    private Tool() {}

    /** Runs {@code command} in {@code directory} with nothing on standard input. */
    static Result run(Path directory, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("voiptui-tool", ".log");
        try {
            ProcessBuilder builder = CleanEnvironment.apply(new ProcessBuilder(command), environment)
                    .directory(directory.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return fail("still running after %d s: %s%n%s", PATIENCE_S, command, Files.readString(output));
            }
            return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }
}
