package voiptui.relay.media;

import java.net.InetSocketAddress;

/** A listener for tests that need none. */
final class IgnoringMediaListener implements MediaListener {

    @Override
    public void onBound(long session, InetSocketAddress source) {
        // nobody is signed in
    }

    @Override
    public void onUnknownSource(InetSocketAddress sender) {
        // nobody is behind a NAT
    }
}
