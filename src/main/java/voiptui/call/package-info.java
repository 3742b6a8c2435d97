/**
 * Calls: the state machine of a v2 call, and what both protocols share.
 *
 * <pre>
 * call thread    {@link voiptui.call.Call}: relay messages, media signals and ticks in; state machine; relay messages out
 * media threads  {@link voiptui.media.MediaSession}: capture, playout, recorder and device threads of the call
 * </pre>
 *
 * <p>{@link voiptui.call.RunningCall} is what front ends see of a call or a phone. {@link voiptui.call.Inbox} takes what
 * other threads ask of the thread of a call or a phone. Classic calls are in {@code call.classic}. Imports {@code media}, {@code media.stream}, {@code crypto}, {@code session}, {@code audio}, {@code protocol}, {@code protocol.offer},
 * {@code event} and {@code time}; touches no socket, no terminal and no standard stream.
 */
@NullMarked
package voiptui.call;

import org.jspecify.annotations.NullMarked;
