package voiptui.bench.compare;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * The C loop {@code src/test/c/forwarder.c}, which knows the addresses of all calls beforehand.
 *
 * @param media where it receives
 */
record FloorServer(InetSocketAddress media) implements Server {

    @Override
    public void setUp(Call call) throws IOException {
        call.caller.connect(media);
        call.callee.connect(media);
    }
}
