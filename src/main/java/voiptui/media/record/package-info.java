/** Records both sides of a call to a stereo WAV file. */
@NullMarked
package voiptui.media.record;

import org.jspecify.annotations.NullMarked;
