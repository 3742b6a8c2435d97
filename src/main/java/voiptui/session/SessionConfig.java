package voiptui.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import voiptui.identity.Identity;
import voiptui.identity.KnownRelays;

/**
 * What a line needs to know before it starts.
 *
 * @param relayName the relay with its port, as the user names it; what its fingerprint is pinned under
 * @param relay where it takes control connections
 * @param bind the local address to speak from, or {@code null} for whichever the system takes
 * @param localPort the local UDP port; 0 for any free one
 * @param relayUdpPort the relay's UDP port; 0 for the one that it tells
 * @param attempts how many times to try to reach it at first before giving up; 0 for ever
 * @param timeoutMs how long to wait for a connection, and for each answer
 * @param heartbeatMs time between two heartbeats; 0 for what the relay wants
 * @param name what to be called by
 * @param answers whether calls may come in
 * @param identity who we are
 * @param knownRelays whom we trust
 * @param acceptNew whether to trust a relay that is not known yet, and to remember it
 */
public record SessionConfig(
        String relayName,
        InetSocketAddress relay,
        InetAddress bind,
        int localPort,
        int relayUdpPort,
        int attempts,
        int timeoutMs,
        int heartbeatMs,
        String name,
        boolean answers,
        Identity identity,
        KnownRelays knownRelays,
        boolean acceptNew) {}
