/**
 * The calls of a user, as they are kept: {@link voiptui.history.CallTracker} makes a {@link voiptui.history.CallRecord} of each call
 * from its events, {@link voiptui.history.CallHistory} is the file. No threads of its own; whoever uses them gives them one that
 * serves nobody else. Imports {@code event}, {@code files} and {@code time}.
 */
@NullMarked
package voiptui.history;

import org.jspecify.annotations.NullMarked;
