/**
 * Fuzz targets: one class for each parser of bytes from outside, with the entry point that Jazzer looks for. Each checks what the
 * parser promises, not only that it does not throw. {@code src/test/bench/fuzz.sh} drives them guided by coverage; {@link
 * voiptui.fuzz.FuzzReplayTest} replays their seeds.
 */
@NullMarked
package voiptui.fuzz;

import org.jspecify.annotations.NullMarked;
