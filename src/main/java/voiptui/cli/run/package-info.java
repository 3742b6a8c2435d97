/** Runs a call, a phone or a relay until it ends, on a full screen or in plain lines. */
@NullMarked
package voiptui.cli.run;

import org.jspecify.annotations.NullMarked;
