package voiptui.cli.option;

import picocli.CommandLine.Option;

/** The options that say how a call is shown. */
public final class ScreenOptions {

    @Option(names = "--plain", description = "Plain lines instead of the full screen.")
    private boolean plain;

    @Option(names = "--ascii", description = "Draw with ASCII characters alone, also where the locale has others.")
    private boolean ascii;

    @Option(names = "--json", description = "Events as JSON Lines on standard output; the last one is the summary.")
    private boolean json;

    /** Whether there is a screen to be drawn at all. */
    public boolean isFullScreen() {
        return !plain && !json;
    }

    public boolean isAscii() {
        return ascii;
    }

    public boolean isJson() {
        return json;
    }
}
