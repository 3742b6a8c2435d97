/** Elements that several screens share: bars, boxes, key bar, log pane. */
package voiptui.tui.widget;
