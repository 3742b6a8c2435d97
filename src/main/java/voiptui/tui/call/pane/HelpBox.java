package voiptui.tui.call.pane;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.CallUi;
import voiptui.tui.key.CallAction;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.widget.KeyHelp;

/** The keys of the call screen. */
public final class HelpBox {

    private static final List<String[]> FIXED = List.of(
            new String[] {"arrow keys", "scroll the log (or PgUp, PgDn, Home, End)"},
            new String[] {"Ctrl+L", "redraw the screen"},
            new String[] {"Ctrl+C", "hang up and quit at once"});

    private HelpBox() {}

    /** Draws the box over the panes. */
    public static void draw(CallModel model, Canvas canvas) {
        boolean talks = model.setting().controls().pushToTalk();
        List<CallAction> actions = Arrays.stream(CallAction.values())
                .filter(action -> action != CallAction.HELP && (action != CallAction.TALK || talks))
                .toList();
        List<String[]> keys = new ArrayList<>(model.keys().help(actions));
        if (model.setting().inPhone()) {
            keys.set(
                    actions.indexOf(CallAction.QUIT),
                    new String[] {model.keys().shown(CallAction.QUIT), "hang up; asks first"});
        }
        keys.addAll(FIXED);
        keys.addAll(model.keys().help(List.of(CallAction.HELP)));
        KeyHelp.draw(canvas, keys.toArray(String[][]::new), model.ui().page() == CallUi.Page.HELP_END);
    }
}
