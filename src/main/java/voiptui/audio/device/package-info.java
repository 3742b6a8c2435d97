/** Microphones and speakers of this machine through Java Sound. */
package voiptui.audio.device;
