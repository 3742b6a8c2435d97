package voiptui.tui.call.pane;

import voiptui.report.Printable;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.terminal.Glyphs;

/** The other side's name where there is little room. */
final class PeerName {

    private static final int MAX_COLUMNS = 12;

    private PeerName() {}

    /** Returns the name in printable form, cut to 12 columns. */
    static String of(CallModel model, Glyphs glyphs) {
        String name = Printable.of(model.setting().peer());
        return name.length() <= MAX_COLUMNS ? name : name.substring(0, MAX_COLUMNS - 1) + glyphs.cut();
    }
}
