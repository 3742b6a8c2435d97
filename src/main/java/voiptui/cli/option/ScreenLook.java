package voiptui.cli.option;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import voiptui.tui.key.Controls;
import voiptui.tui.terminal.Background;
import voiptui.tui.terminal.ColorDepth;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.OperatingSystemCommands;
import voiptui.tui.terminal.Theme;

/**
 * How the user wants a full screen to look, and how to control it.
 *
 * @param ascii whether to draw with ASCII only, whatever the terminal supports
 * @param theme the colors
 * @param controls how to control it
 */
public record ScreenLook(boolean ascii, ThemeChoice theme, Controls controls) {

    /** A screen that is controlled as usual. */
    public ScreenLook(boolean ascii, ThemeChoice theme) {
        this(ascii, theme, Controls.DEFAULT);
    }

    /** The values of {@code --theme}. */
    public enum ThemeChoice {
        /** For the terminal's background, which it is asked for. */
        AUTO("auto"),
        /** For a dark background. */
        DARK("dark"),
        /** For a light background. */
        LIGHT("light"),
        /** As {@link #AUTO}, of the terminal's sixteen colors. */
        SIXTEEN("16");

        private final String text;

        ThemeChoice(String text) {
            this.text = text;
        }

        /** Returns the value as it is typed. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Reads the values of {@code --theme}, and lists them for completion. */
    public static final class ThemeValues implements ITypeConverter<ThemeChoice>, Iterable<String> {

        @Override
        public ThemeChoice convert(String value) {
            for (ThemeChoice choice : ThemeChoice.values()) {
                if (choice.toString().equals(value.toLowerCase(Locale.ROOT))) {
                    return choice;
                }
            }
            throw new TypeConversionException("'" + value + "' is not auto, dark, light or 16");
        }

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(ThemeChoice.values())
                    .map(ThemeChoice::toString)
                    .iterator();
        }
    }

    /** Returns the characters for lines, bars and signs. */
    public Glyphs glyphs(Map<String, String> environment) {
        return ascii ? Glyphs.ASCII : Glyphs.of(environment);
    }

    /** Returns the theme to begin with, before the terminal says what its background is. */
    public Theme firstTheme(Map<String, String> environment) {
        return new Theme(
                depth(environment),
                switch (theme) {
                    case AUTO, SIXTEEN -> Background.of(environment);
                    case DARK -> Background.DARK;
                    case LIGHT -> Background.LIGHT;
                });
    }

    /** Returns whether to have the terminal report the mouse. */
    public boolean usesMouse(Map<String, String> environment) {
        return controls.mouse() && OperatingSystemCommands.areTaken(environment);
    }

    /** Returns whether to ask the terminal to report when keys are released. */
    public boolean asksForReleases(Map<String, String> environment) {
        return controls.pushToTalk() && OperatingSystemCommands.areTaken(environment);
    }

    /** Returns whether to ask the terminal for its background. */
    public boolean asksForBackground(Map<String, String> environment) {
        boolean depends = theme == ThemeChoice.AUTO || theme == ThemeChoice.SIXTEEN;
        return depends && depth(environment) != ColorDepth.NONE && OperatingSystemCommands.areTaken(environment);
    }

    private ColorDepth depth(Map<String, String> environment) {
        ColorDepth depth = ColorDepth.of(environment);
        return theme == ThemeChoice.SIXTEEN ? depth.atMost16() : depth;
    }
}
