package voiptui.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whom to call: the argument of {@code voiptui call}, or {@code --target}. */
public final class TargetOption {

    private static final String OPTION = "--target";

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME|HOST",
            description = "The peer to call: a name, or an address as the relay sees it.")
    private @Nullable String argument;

    @Option(names = OPTION, paramLabel = "NAME|HOST", description = "The same as an option.")
    private @Nullable String option;

    /** Returns whom to call. An argument takes precedence over an option from the configuration. */
    public String target(Usage usage) {
        String name = argument;
        String named = option;
        usage.check(
                name == null || named == null || !usage.isTyped(OPTION) || name.equals(named),
                "'" + name + "' and " + OPTION + " '" + named + "' are two different targets: give one of them");
        String target = name != null ? name : named;
        if (target == null) {
            throw usage.failure(
                    "no target: write whom to call, as in 'voiptui call ben --server HOST', or give --target");
        }
        usage.check(!target.isBlank(), (name != null ? "the target" : OPTION) + " must not be empty");
        return target;
    }
}
