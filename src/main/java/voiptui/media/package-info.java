/** The media of a call: threads and pipelines that connect devices, codec, jitter buffer and network. */
package voiptui.media;
