/** Elements that several screens share: bars, boxes, key bar, log pane. */
@NullMarked
package voiptui.tui.widget;

import org.jspecify.annotations.NullMarked;
