/**
 * Voice processing by the WebRTC project's audio processing module, a native library that is optional.
 *
 * <p>{@link voiptui.audio.webrtc.WebRtcLibrary} loads it, on a thread that may block. A processor is passive and belongs to
 * the thread that calls it. Imports {@code audio.dsp} and {@code natives}.
 */
@NullMarked
package voiptui.audio.webrtc;

import org.jspecify.annotations.NullMarked;
