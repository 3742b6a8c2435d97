package voiptui.call.classic;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import voiptui.media.MediaConfig;
import voiptui.net.HostAddresses;

/**
 * The configuration of a classic call.
 *
 * @param relay the relay and how to talk to it
 * @param target the address of the client to call
 * @param bind the local address to use; null: chosen by the system
 * @param localPort the local UDP port; 0 for any free one
 * @param durationMs how long the call may last, counted from the registration; 0 for no limit
 * @param stay whether to wait for another peer when one has hung up
 * @param sound how sound is buffered and played
 */
public record ClassicCallConfig(
        RelayAccess relay,
        InetAddress target,
        @Nullable InetAddress bind,
        int localPort,
        long durationMs,
        boolean stay,
        MediaConfig sound) {

    /**
     * A classic relay and how to talk to it.
     *
     * @param control its addresses for control connections (TCP)
     * @param mediaPort its port for media (UDP), at the address of the control connection
     * @param attempts how often to try to register before giving up
     * @param timeoutMs how long to wait for each answer
     * @param heartbeatMs time between two heartbeats
     */
    public record RelayAccess(HostAddresses control, int mediaPort, int attempts, int timeoutMs, long heartbeatMs) {

        /** Returns the address for media that goes with the control address that worked last, or that is tried first. */
        public InetSocketAddress media() {
            return new InetSocketAddress(control.preferred().getAddress(), mediaPort);
        }
    }
}
