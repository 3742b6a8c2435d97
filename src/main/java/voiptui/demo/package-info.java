/**
 * Makes and measures a complete call on one machine: a relay, a speaker and a listener.
 *
 * <p>Connects the real parts as the command line does; only {@code cli} is above it. The network between them is in
 * {@code demo.network}, and how the speech is judged in {@code demo.speech}.
 *
 * <p>Imports {@code demo.network}, {@code demo.speech}, {@code phone}, {@code call}, {@code media}, {@code media.device}, {@code relay},
 * {@code session}, {@code identity}, {@code audio}, {@code audio.dsp}, {@code audio.wav}, {@code protocol}, {@code protocol.classic},
 * {@code protocol.offer}, {@code net}, {@code event} and {@code time}.
 */
@NullMarked
package voiptui.demo;

import org.jspecify.annotations.NullMarked;
