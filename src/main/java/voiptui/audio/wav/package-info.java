/** Reads and writes WAV files. */
package voiptui.audio.wav;
