/** The relay's UDP data path: from a socket to the flow of its sender to the peer of that flow. */
package voiptui.relay.media;
