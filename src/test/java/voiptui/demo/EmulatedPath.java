package voiptui.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import voiptui.demo.network.ImpairedPath;
import voiptui.demo.network.NetworkProfile;

/** The {@link NetworkEmulator} for benches: a proxy before a relay's media port that impairs what the relay sends. */
public final class EmulatedPath implements AutoCloseable {

    private final NetworkEmulator emulator;

    /**
     * Opens the proxy.
     *
     * @param relayMedia the relay's media address
     * @param seed the same seed gives the same losses and delays
     */
    public EmulatedPath(InetSocketAddress relayMedia, NetworkProfile profile, long seed) throws IOException {
        emulator = new NetworkEmulator(relayMedia, ImpairedPath.of(profile, seed), System::nanoTime);
    }

    /** Returns the UDP port that one client uses in place of the relay's. */
    public int port() {
        return emulator.port();
    }

    @Override
    public void close() {
        emulator.close();
    }
}
