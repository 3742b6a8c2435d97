package voiptui.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import voiptui.tui.terminal.Background;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.ColorDepth;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Theme;

/**
 * What a screen looks like, character by character with its attributes, held to a file under {@code golden/screens}.
 *
 * <p>After a change that is meant, {@code mvn test -Dgolden.update=true} writes the files anew; read the difference before
 * you commit it.
 */
public final class GoldenScreen {

    private static final Path FOLDER =
            Path.of(System.getProperty("voiptui.basedir", ""), "src/test/resources/golden/screens");

    private GoldenScreen() {}

    /** Draws a screen of that size and compares it with the file {@code NAME.txt}. */
    public static void verify(
            String name, int width, int height, ColorDepth colors, Glyphs glyphs, Consumer<Canvas> view) {
        verify(name, width, height, new Theme(colors, Background.DARK), glyphs, view);
    }

    /** As the other, with a theme. */
    public static void verify(String name, int width, int height, Theme theme, Glyphs glyphs, Consumer<Canvas> view) {
        String screen = draw(width, height, theme, glyphs, view);
        Path file = FOLDER.resolve(name + ".txt");
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(file.resolveSibling(""));
                Files.writeString(file, screen);
            }
            assertThat(file).as("a golden file (-Dgolden.update=true makes it)").exists();
            assertThat(screen)
                    .as("the screen '%s' (-Dgolden.update=true accepts it)", name)
                    .isEqualTo(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The screen as text: its characters, then a letter for the look of each, then what the letters stand for. */
    private static String draw(int width, int height, Theme theme, Glyphs glyphs, Consumer<Canvas> view) {
        TextCharacter[][] cells = cells(width, height, theme, glyphs, view);
        StringBuilder text = new StringBuilder();
        StringBuilder looks = new StringBuilder();
        Map<String, Character> letters = new LinkedHashMap<>();
        for (TextCharacter[] row : cells) {
            StringBuilder lookRow = new StringBuilder();
            for (int column = 0; column < width; column++) {
                lookRow.append(letterOf(row[column], letters));
            }
            text.append(textOf(row)).append('\n');
            looks.append(lookRow.toString().stripTrailing()).append('\n');
        }
        StringBuilder legend = new StringBuilder();
        letters.forEach((look, letter) ->
                legend.append(letter).append("  ").append(look).append('\n'));
        return text + "---\n" + looks + "---\n" + legend;
    }

    /** The characters alone, a line for each row. */
    public static String text(int width, int height, Glyphs glyphs, Consumer<Canvas> view) {
        StringBuilder text = new StringBuilder();
        for (TextCharacter[] row : cells(width, height, new Theme(ColorDepth.NONE, Background.DARK), glyphs, view)) {
            text.append(textOf(row)).append('\n');
        }
        return text.toString();
    }

    private static TextCharacter[][] cells(int width, int height, Theme theme, Glyphs glyphs, Consumer<Canvas> view) {
        TextCharacter[][] cells = new TextCharacter[height][width];
        Canvas canvas =
                new Canvas((column, row, character) -> cells[row][column] = character, theme, glyphs, width, height);
        canvas.clear();
        view.accept(canvas);
        return cells;
    }

    private static String textOf(TextCharacter[] row) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < row.length; column++) {
            text.append(row[column].getCharacterString());
            if (row[column].isDoubleWidth()) {
                column++;
            }
        }
        return text.toString().stripTrailing();
    }

    private static char letterOf(TextCharacter cell, Map<String, Character> letters) {
        boolean plain = cell.getForegroundColor() == TextColor.ANSI.DEFAULT
                && cell.getModifiers().isEmpty();
        if (plain) {
            return cell.is(' ') ? ' ' : '.';
        }
        if (cell.is(' ') && !cell.getModifiers().contains(SGR.REVERSE)) {
            return ' ';
        }
        String look = cell.getForegroundColor() + " " + cell.getModifiers();
        return letters.computeIfAbsent(look, absent -> (char) ('a' + letters.size()));
    }
}
