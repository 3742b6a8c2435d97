package voiptui.tui.phone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import voiptui.event.CallState;
import voiptui.tui.Next;
import voiptui.tui.widget.TextField;

/** Pasted text goes into a text field, or nowhere. */
class PasteTest {

    private static final String COMMANDS = "aq\nmrhy\n";

    private static Next<PhoneModel> paste(PhoneScene scene, String text) {
        return new PhoneProgram().onPaste(scene.model, text, scene.nowMs);
    }

    @Test
    void shouldPasteTheFirstLineIntoTheField() {
        PhoneScene dialing = new PhoneScene(true).key('c').type("a");

        Next<PhoneModel> next = paste(dialing, "\r\n  192.0.2.7\t\n mqr");

        assertThat(next.commands()).isEmpty();
        assertThat(next.model().ui().dial().text()).isEqualTo(TextField.of("a192.0.2.7"));
    }

    @Test
    void shouldPasteNothingElsewhere() {
        PhoneScene idle = new PhoneScene(true);
        PhoneScene inCall = new PhoneScene(true).state(CallState.IN_CALL);

        assertThat(paste(idle, COMMANDS)).isEqualTo(Next.show(idle.model));
        assertThat(paste(inCall, COMMANDS)).isEqualTo(Next.show(inCall.model));
    }
}
