package voiptui.tui.widget;

import voiptui.event.Grade;
import voiptui.tui.terminal.Style;

/** How a grade looks. Pure. */
public final class GradeStyle {

    private GradeStyle() {}

    /** Returns the style of a grade. */
    public static Style of(Grade grade) {
        return switch (grade) {
            case GOOD -> Style.GOOD;
            case FAIR, POOR -> Style.WARN;
            case BAD -> Style.BAD;
        };
    }
}
