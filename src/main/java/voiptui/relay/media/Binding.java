package voiptui.relay.media;

import voiptui.protocol.BindDatagram;
import voiptui.protocol.ReplayWindow;

/**
 * One station's right to bind its media to an address: see {@code protocol.md}, section 4. Made by the control thread; the key
 * and the window are the media thread's from {@link MediaPlane#open} on.
 */
public final class Binding {

    /** What datagrams name it by. */
    public final long id;
    /** What they are signed with. */
    final BindDatagram.Key key;
    /** Which counters were used. */
    final ReplayWindow window = new ReplayWindow();
    /** When it was last heard at the address that it is bound to, by the relay's clock; the media thread's. */
    long lastHeardNs;
    /** When it may ask for another address at the earliest; the media thread's. */
    long nextMoveNs;

    public Binding(long id, byte[] key) {
        this.id = id;
        this.key = new BindDatagram.Key(key);
    }
}
