/** The relay's rules, without sockets: who is signed in, who rings whom, who talks with whom. */
package voiptui.relay.call;
