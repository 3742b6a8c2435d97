/**
 * Compares speech that was heard with speech that was said: where it is, and how like it sounds.
 *
 * <p>Pure; no audio devices. Imports no other package.
 */
@NullMarked
package voiptui.demo.speech;

import org.jspecify.annotations.NullMarked;
