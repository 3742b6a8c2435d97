/**
 * What the screens of a call and of a phone show of microphones and speakers: the choice of a device, and levels. Pure; UI thread.
 *
 * <p>Imports {@code event}, {@code report} for wording, {@code tui.terminal} and {@code tui.widget}.
 */
@NullMarked
package voiptui.tui.device;

import org.jspecify.annotations.NullMarked;
