package voiptui.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;

/** Carries a TLS handshake between two ends in memory. */
public final class TlsExchange {

    private static final int MOST_FLIGHTS = 20;

    private TlsExchange() {}

    /** Passes on what the ends send, until neither has more to say. */
    public static void exchange(EmbeddedChannel one, EmbeddedChannel other) {
        boolean moved = true;
        for (int flight = 0; moved && flight < MOST_FLIGHTS; flight++) {
            moved = pass(one, other) | pass(other, one);
        }
    }

    private static boolean pass(EmbeddedChannel from, EmbeddedChannel to) {
        from.runPendingTasks();
        boolean moved = false;
        for (ByteBuf sent = from.readOutbound(); sent != null; sent = from.readOutbound()) {
            moved = true;
            try {
                to.writeInbound(sent);
            } catch (Exception refusal) {
                // The other side has said why, in an alert.
            }
        }
        return moved;
    }
}
