package voiptui.tui.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.testkit.GoldenScreen;
import voiptui.tui.call.model.CallUi.Page;
import voiptui.tui.terminal.Background;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.ColorDepth;
import voiptui.tui.terminal.FrameBuffer;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Target;
import voiptui.tui.terminal.Theme;

/** What a click means where something is shown, found by its text. */
class MouseTest {

    private static final int WIDTH = 100;
    private static final int HEIGHT = 30;

    private final Scene scene = Scene.inCall();

    private @Nullable Target at(String text, int ahead) {
        FrameBuffer frame = new FrameBuffer(WIDTH, HEIGHT, TextCharacter.DEFAULT_CHARACTER);
        Theme theme = new Theme(ColorDepth.NONE, Background.DARK);
        CallView.draw(scene.model, new Canvas(frame, theme, Glyphs.UNICODE, WIDTH, HEIGHT));
        List<String> rows = GoldenScreen.text(
                        WIDTH, HEIGHT, Glyphs.UNICODE, canvas -> CallView.draw(scene.model, canvas))
                .lines()
                .toList();
        for (int row = 0; row < rows.size(); row++) {
            int column = rows.get(row).indexOf(text);
            if (column >= 0) {
                return frame.targetAt(column + ahead, row);
            }
        }
        throw new AssertionError("not shown: " + text);
    }

    private static Target key(char character) {
        return new Target.Key(new KeyStroke(character, false, false));
    }

    @Test
    void shouldPressTheKeysOfTheBar() {
        assertThat(at("m mute", 0)).isEqualTo(key('m'));
        assertThat(at("m mute", 5)).as("its text, too").isEqualTo(key('m'));
        assertThat(at("m mute", 6)).as("the gap").isNull();
        assertThat(at("+- vol", 0)).isEqualTo(key('+'));
        assertThat(at("+- vol", 1)).isEqualTo(key('-'));
    }

    @Test
    void shouldScrollTheLogOnly() {
        assertThat(at("What happened", 90)).as("border").isNull();
        assertThat(at("waiting for", 0)).isEqualTo(Target.scrolled());
        assertThat(at("in call with", 0)).as("the call's pane").isNull();
    }

    @Test
    void shouldAnswerAQuestionButPressNothingElse() {
        scene.key('q');
        assertThat(at("q or Enter: yes", 3)).isEqualTo(key('q'));
        assertThat(at("any other key: no", 3)).isEqualTo(new Target.Key(new KeyStroke(KeyType.Escape)));
        assertThat(at("waiting for", 0)).as("the log behind the question").isNull();
    }

    @Test
    void shouldSelectADeviceAndThenUseIt() {
        CallProgram program = new CallProgram();
        scene.key('d')
                .event(new CallEvent.DevicesListed(
                        List.of(new CallEvent.Choice("default", ""), new CallEvent.Choice("Webcam", "hw:2")),
                        List.of(new CallEvent.Choice("default", ""), new CallEvent.Choice("HDMI", "hw:3"))));
        Target.Row webcam = (Target.Row) at("Webcam", 0);
        scene.asked.clear();
        scene.model = program.onRow(scene.model, webcam.id(), 0).model();
        assertThat(scene.model.ui().picker().selected()).isEqualTo(new CallEvent.Choice("Webcam", "hw:2"));
        assertThat(program.onRow(scene.model, webcam.id(), 0).commands())
                .containsExactly(new Command.UseDevice(voiptui.event.AudioDirection.INPUT, "Webcam"));

        scene.model = scene.model.with(scene.model.ui().with(Page.OVERVIEW));
        assertThat(program.onRow(scene.model, webcam.id(), 0).commands())
                .as("a click on what has gone meanwhile")
                .isEmpty();
    }

    @Test
    void shouldTakeAnyCoordinates() {
        FrameBuffer frame = new FrameBuffer(WIDTH, HEIGHT, TextCharacter.DEFAULT_CHARACTER);
        frame.target(0, 0, WIDTH, Target.scrolled());

        assertThat(frame.targetAt(9998, 9998)).isNull();
        assertThat(frame.targetAt(WIDTH, 0)).isNull();
        assertThat(frame.targetAt(0, 0)).isNotNull();
        frame.clear();
        assertThat(frame.targetAt(0, 0)).isNull();
    }
}
