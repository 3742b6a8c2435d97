package voiptui.relay.media;

import voiptui.protocol.BindDatagram;
import voiptui.protocol.ReplayWindow;

/**
 * A v2 client's right to bind its media to an address ({@code protocol.md}, section 4). Created by the control thread; key
 * and replay window belong to the media thread from {@link MediaPlane#open} on.
 */
public final class Binding {

    /** The session number in bind datagrams. */
    public final long id;
    /** Signs and verifies bind datagrams. */
    final BindDatagram.Key key;
    /** The counters already used. */
    final ReplayWindow window = new ReplayWindow();
    /** When the last bind datagram came from the bound address, by the relay's clock. */
    volatile long lastHeardNs;
    /** The earliest time of the next move to another address. Owned by the media thread. */
    long nextMoveNs;

    /** Returns the key in hexadecimal, as messages carry it. Any thread. */
    public String keyText() {
        return key.hex();
    }

    /** Creates the binding of session {@code id}, whose datagrams are signed with {@code key}. */
    public Binding(long id, byte[] key) {
        this.id = id;
        this.key = new BindDatagram.Key(key);
    }
}
