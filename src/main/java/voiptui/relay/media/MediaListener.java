package voiptui.relay.media;

import java.net.InetSocketAddress;

/** Receives what a media thread cannot decide. Called by any media thread; must not wait. */
public interface MediaListener {

    /** The session {@code session} proved that it receives at {@code source}. */
    void onBound(long session, InetSocketAddress source);

    /** Media came from an unknown port of an address that a classic client registered from. Called at a limited rate. */
    void onUnknownSource(InetSocketAddress sender);
}
