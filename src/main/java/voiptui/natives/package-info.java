/**
 * Finds the native libraries that {@code install.sh} puts next to the jar, and those of the system, for whoever loads one; and says who
 * frees what native code has allocated. Imports nothing of voiptui.
 */
@NullMarked
package voiptui.natives;

import org.jspecify.annotations.NullMarked;
