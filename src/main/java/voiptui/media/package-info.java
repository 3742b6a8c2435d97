/** The media of a call: threads and pipelines that connect devices, codec, jitter buffer and network. */
@NullMarked
package voiptui.media;

import org.jspecify.annotations.NullMarked;
