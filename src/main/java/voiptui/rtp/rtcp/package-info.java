/**
 * Control packets (RTCP): how they are read and written, when they are sent, and the statistics they report.
 *
 * <p>Imports {@code rtp} and {@code time}. Knows layouts and intervals, but neither sockets nor audio.
 */
@NullMarked
package voiptui.rtp.rtcp;

import org.jspecify.annotations.NullMarked;
