/**
 * Checks everything between the user and a call, from the relay's host name to the speaker, and gives advice.
 *
 * <p>Imports {@code session}, {@code identity}, {@code rtp}, {@code audio} with {@code audio.dsp}, {@code audio.spec} and {@code
 * audio.webrtc}, {@code codec}, {@code crypto}, {@code protocol} and {@code time}.
 */
@NullMarked
package voiptui.doctor;

import org.jspecify.annotations.NullMarked;
