/** Microphones and speakers of this machine through Java Sound. */
@NullMarked
package voiptui.audio.device;

import org.jspecify.annotations.NullMarked;
