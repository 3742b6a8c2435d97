/** The operator's commands: what somebody does with a relay that runs, or with its state directory. May import every package. */
@NullMarked
package voiptui.cli.operator;

import org.jspecify.annotations.NullMarked;
