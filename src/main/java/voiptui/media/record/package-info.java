/** Records both sides of a call to a stereo WAV file. */
package voiptui.media.record;
