/** Parses the values of {@code --mic} and {@code --speaker} and opens what they name. */
@NullMarked
package voiptui.audio.spec;

import org.jspecify.annotations.NullMarked;
