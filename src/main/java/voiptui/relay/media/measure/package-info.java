/**
 * What the relay saw of each client's media.
 *
 * <pre>
 * {@link voiptui.relay.media.measure.FlowStats}  packets, and when the last one came: who is alive
 * {@link voiptui.relay.media.measure.LegMeter}   losses and jitter on the legs of a call: where packets get lost
 * </pre>
 *
 * <p>Written by the media thread, read by the control thread. Imports {@code rtp} and {@code time}.
 */
@NullMarked
package voiptui.relay.media.measure;

import org.jspecify.annotations.NullMarked;
