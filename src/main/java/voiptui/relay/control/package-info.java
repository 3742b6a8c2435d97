/** The relay's TCP side: Netty connections, TLS, framing, and limits for strangers. */
package voiptui.relay.control;
