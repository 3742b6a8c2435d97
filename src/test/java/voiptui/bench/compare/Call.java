package voiptui.bench.compare;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import voiptui.net.IpText;

/** One call: two sockets of this machine that a server forwards packets between. Set up by one thread. */
final class Call {

    private static final int RECEIVE_BUFFER_BYTES = 1024 * 1024;

    /** One of the two ends. */
    static final class End {
        /** Connected to the server once the call is set up. */
        final DatagramChannel channel;

        /** What precedes each packet on the way to the server. */
        byte[] prefix = {};

        private End(String address, int port) throws IOException {
            channel = DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.bind(new InetSocketAddress(IpText.parse(address).orElseThrow(), port));
        }

        /** Returns its address. */
        InetSocketAddress address() throws IOException {
            return (InetSocketAddress) channel.getLocalAddress();
        }

        /** Has it send to {@code server}, and receive from nobody else. */
        void connect(InetSocketAddress server) throws IOException {
            channel.connect(server);
        }

        /** Sends a packet. */
        void send(ByteBuffer packet) throws IOException {
            channel.write(packet);
        }
    }

    final End caller;
    final End callee;

    /** Opens the sockets: 127.0.0.2 and 127.0.0.3 with the same port. */
    Call(int port) throws IOException {
        caller = new End("127.0.0.2", port);
        callee = new End("127.0.0.3", port);
    }
}
