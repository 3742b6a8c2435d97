package voiptui.relay.call;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import voiptui.event.Counters;
import voiptui.event.EventBus;

/** Classic registries without a v2 side, for tests in other packages. */
public final class ClassicRegistries {

    private static final int CLIENT_TIMEOUT_MS = 120_000;

    private ClassicRegistries() {}

    /** Returns a registry with room for {@code maxClients}, whose time stands still. */
    public static ClassicRegistry alone(int maxClients, EventBus bus, Counters counters) {
        ClassicRegistry registry =
                new ClassicRegistry(maxClients, CLIENT_TIMEOUT_MS, new RecordingMediaPlane(), bus, counters, () -> 0);
        registry.connectV2(new NoV2());
        return registry;
    }

    private static final class NoV2 implements ClassicRegistryListener {
        @Override
        public int sessionCount() {
            return 0;
        }

        @Override
        public void makeRoom(InetAddress address) {
            // nobody else who could give way
        }

        @Override
        public boolean isSessionSource(InetSocketAddress source) {
            return false;
        }

        @Override
        public void onWaiting(ClassicClient client) {
            // nobody else to ring
        }

        @Override
        public void onUnavailable(ClassicClient client) {
            // was in no call
        }

        @Override
        public void beforeReplaced(ClassicClient old) {
            // was in no call
        }

        @Override
        public void afterReplaced(ClassicClient old, ClassicClient successor) {
            // was in no call
        }
    }
}
