/** Calls in the classic protocol: state machine, control requests, and the running call. */
@NullMarked
package voiptui.call.classic;

import org.jspecify.annotations.NullMarked;
