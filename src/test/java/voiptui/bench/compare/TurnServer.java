package voiptui.bench.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A TURN server without authentication, such as coturn with {@code --no-auth}. The caller has an allocation and a channel (RFC 8656,
 * sections 7 and 12), the callee is its peer: each packet crosses the server once, as in a relay.
 *
 * @param listener where the server receives
 */
record TurnServer(InetSocketAddress listener) implements Server {

    private static final int COOKIE = 0x2112a442;
    private static final int HEADER_BYTES = 20;
    private static final int TRANSACTION_BYTES = 12;
    private static final int SUCCESS = 0x0100;
    private static final int ALLOCATE = 0x0003;
    private static final int CHANNEL_BIND = 0x0009;
    private static final int CHANNEL_NUMBER = 0x000c;
    private static final int XOR_PEER_ADDRESS = 0x0012;
    private static final int XOR_RELAYED_ADDRESS = 0x0016;
    private static final int REQUESTED_TRANSPORT = 0x0019;
    private static final int UDP = 17;
    private static final int IPV4 = 1;
    private static final int CHANNEL = 0x4000;
    private static final int MAX_BYTES = 1_500;
    private static final int ANSWER_MS = 5_000;

    @Override
    public void setUp(Call call) throws IOException {
        call.caller.connect(listener);
        ByteBuffer allocate = request(ALLOCATE);
        allocate.putShort((short) REQUESTED_TRANSPORT).putShort((short) 4).putInt(UDP << 24);
        InetSocketAddress relayed = address(attribute(ask(call.caller, allocate, ALLOCATE), XOR_RELAYED_ADDRESS));

        InetSocketAddress peer = call.callee.address();
        ByteBuffer bind = request(CHANNEL_BIND);
        bind.putShort((short) CHANNEL_NUMBER).putShort((short) 4).putInt(CHANNEL << 16);
        bind.putShort((short) XOR_PEER_ADDRESS).putShort((short) 8).putShort((short) IPV4);
        bind.putShort((short) (peer.getPort() ^ COOKIE >>> 16));
        bind.putInt(ByteBuffer.wrap(peer.getAddress().getAddress()).getInt() ^ COOKIE);
        ask(call.caller, bind, CHANNEL_BIND);

        call.caller.prefix = ByteBuffer.allocate(4)
                .putShort((short) CHANNEL)
                .putShort((short) CompareLoad.PACKET_BYTES)
                .array();
        call.callee.connect(relayed);
    }

    private static ByteBuffer request(int method) {
        byte[] transaction = new byte[TRANSACTION_BYTES];
        ThreadLocalRandom.current().nextBytes(transaction);
        return ByteBuffer.allocate(MAX_BYTES)
                .putShort((short) method)
                .putShort((short) 0)
                .putInt(COOKIE)
                .put(transaction);
    }

    private static ByteBuffer ask(Call.End end, ByteBuffer request, int method) throws IOException {
        request.putShort(2, (short) (request.position() - HEADER_BYTES));
        end.send(request.flip());
        ByteBuffer answer = Answers.next(end.channel, ANSWER_MS);
        int type = answer.getShort();
        if (type != (method | SUCCESS)) {
            throw new IOException("the TURN server answered " + Integer.toHexString(type) + " to " + method);
        }
        return answer.position(HEADER_BYTES);
    }

    private static ByteBuffer attribute(ByteBuffer attributes, int wanted) throws IOException {
        while (attributes.remaining() >= 4) {
            int type = attributes.getShort();
            int length = attributes.getShort();
            if (type == wanted) {
                return attributes.slice(attributes.position(), length);
            }
            attributes.position(Math.min(attributes.limit(), attributes.position() + (length + 3 & ~3)));
        }
        throw new IOException("the TURN server's answer lacks attribute " + Integer.toHexString(wanted));
    }

    private static InetSocketAddress address(ByteBuffer value) throws IOException {
        int port = (value.getShort(2) ^ COOKIE >>> 16) & 0xffff;
        byte[] ip = ByteBuffer.allocate(4).putInt(value.getInt(4) ^ COOKIE).array();
        return new InetSocketAddress(InetAddress.getByAddress(ip), port);
    }
}
