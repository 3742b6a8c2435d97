/** Parses the values of {@code --mic} and {@code --speaker} and opens what they name. */
package voiptui.audio.spec;
