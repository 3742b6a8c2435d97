package voiptui.cli.option;

import picocli.CommandLine.Option;
import voiptui.tui.key.Controls;

/** The options about the presentation of a call. */
public final class ScreenOptions {

    @Option(names = "--plain", fallbackValue = "true", description = "Print plain lines instead of the full screen.")
    private boolean plain;

    @Option(names = "--ascii", fallbackValue = "true", description = "Draw with ASCII characters only.")
    private boolean ascii;

    @Option(
            names = "--theme",
            converter = ScreenLook.ThemeValues.class,
            completionCandidates = ScreenLook.ThemeValues.class,
            defaultValue = "auto",
            paramLabel = "THEME",
            description = "Colors for a dark or light background: auto, dark, light, or 16 for the terminal's sixteen "
                    + "colors. Default: ${DEFAULT-VALUE}.")
    private ScreenLook.ThemeChoice theme;

    @Option(
            names = "--no-mouse",
            fallbackValue = "true",
            description = "Leave the mouse to the terminal, to select text; with it, hold Shift for that.")
    private boolean noMouse;

    @Option(
            names = "--json",
            fallbackValue = "true",
            description = "Print events as JSON Lines on standard output; the last one is the summary.")
    private boolean json;

    /** Returns whether to draw a full screen. */
    public boolean isFullScreen() {
        return !plain && !json;
    }

    /** Returns how the full screen is to look, and to be controlled. */
    public ScreenLook look(Controls controls) {
        return new ScreenLook(ascii, theme, controls);
    }

    /** Returns whether the terminal is to report the mouse. */
    public boolean usesMouse() {
        return !noMouse;
    }

    /** Returns whether to print events as JSON Lines. */
    public boolean isJson() {
        return json;
    }
}
