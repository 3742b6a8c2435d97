/**
 * Looks for what may be wrong between here and a call, from the relay's name to the speaker, and says what to do.
 *
 * <p>Imports {@code line}, {@code audio} and what stands below them.
 */
@NullMarked
package voiptui.doctor;

import org.jspecify.annotations.NullMarked;
