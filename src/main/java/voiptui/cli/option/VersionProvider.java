package voiptui.cli.option;

import picocli.CommandLine.IVersionProvider;

/** Provides the version from the manifest of the jar. */
public final class VersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = VersionProvider.class.getPackage().getImplementationVersion();
        return new String[] {
            "voiptui " + (version == null ? "(not built as a jar)" : version) + ", Java " + Runtime.version()
        };
    }
}
