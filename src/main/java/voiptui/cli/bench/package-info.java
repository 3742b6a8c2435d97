/** {@code voiptui bench}: measures what a relay carries, and prints it. Imports {@code bench} and {@code report}. */
@NullMarked
package voiptui.cli.bench;

import org.jspecify.annotations.NullMarked;
