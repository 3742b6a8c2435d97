/** The names of the relay's clients: who owns which, and when each was last seen. */
package voiptui.relay.directory;
