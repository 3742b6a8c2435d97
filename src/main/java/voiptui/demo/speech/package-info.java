/** Compares speech that was heard with speech that was said: where it is, and how like it sounds. Pure; no audio devices. */
@NullMarked
package voiptui.demo.speech;

import org.jspecify.annotations.NullMarked;
