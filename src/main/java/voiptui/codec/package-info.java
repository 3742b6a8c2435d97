/**
 * One frame at a time: samples to payload, payload to samples, and a stand-in for a frame that never came.
 *
 * <p>Imports {@code audio} only.
 */
@NullMarked
package voiptui.codec;

import org.jspecify.annotations.NullMarked;
