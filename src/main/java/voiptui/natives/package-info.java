/**
 * Finds the native libraries that {@code install.sh} puts next to the jar, for whoever loads one. Imports nothing of voiptui.
 */
@NullMarked
package voiptui.natives;

import org.jspecify.annotations.NullMarked;
