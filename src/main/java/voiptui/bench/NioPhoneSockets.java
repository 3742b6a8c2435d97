package voiptui.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Objects;
import voiptui.rtp.ClassicPacket;

/** A socket for each phone, as phones in the world have. */
final class NioPhoneSockets implements PhoneSockets {

    private static final int RECEIVE_BUFFER_BYTES = 256 * 1024;
    private static final int WAIT_MS = 100;

    private final Selector selector = Selector.open();
    private final ByteBuffer out = ByteBuffer.allocateDirect(ClassicPacket.MAX_DATAGRAM_BYTES);
    private final ByteBuffer in = ByteBuffer.allocateDirect(ClassicPacket.MAX_DATAGRAM_BYTES);

    NioPhoneSockets() throws IOException {}

    @Override
    public int open(MediaPhone phone) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.bind(phone.from == null ? null : new InetSocketAddress(phone.from, 0));
            channel.connect(phone.relay);
            channel.configureBlocking(false);
            phone.route = channel;
            selector.wakeup();
            channel.register(selector, SelectionKey.OP_READ, phone);
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    @Override
    public ByteBuffer buffer() {
        return out.clear();
    }

    @Override
    public void send(MediaPhone phone) {
        try {
            ((DatagramChannel) Objects.requireNonNull(phone.route)).write(out);
        } catch (IOException refused) {
            // counted as lost where it was a media packet
        }
    }

    @Override
    public void flush() {}

    @Override
    public void receive(Receiver receiver) throws IOException {
        // A socket that is opened while this waits is noticed when it waits again.
        selector.select(key -> read((DatagramChannel) key.channel(), (MediaPhone) key.attachment(), receiver), WAIT_MS);
    }

    private void read(DatagramChannel channel, MediaPhone phone, Receiver receiver) {
        try {
            while (channel.read(in.clear()) > 0) {
                receiver.onDatagram(phone, in.flip(), WallClock.nowNs());
            }
        } catch (IOException refused) {
            // nobody there: the packets are missing in the sum
        }
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
