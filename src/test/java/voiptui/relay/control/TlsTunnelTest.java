package voiptui.relay.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import voiptui.protocol.FrameHeader;
import voiptui.testkit.ManualClock;

class TlsTunnelTest {

    private static final int REPAIR_BYTES = 400;

    private final ManualClock clock = new ManualClock();
    private final Network network = new Network();
    private final TlsTunnel tunnel = new TlsTunnel(new EmbeddedChannel(network), clock);

    /** Takes what is written only when told to. */
    private static final class Network extends ChannelOutboundHandlerAdapter {

        private final Queue<ChannelPromise> waiting = new ArrayDeque<>();
        private byte[] last = {};

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ByteBuf frame = (ByteBuf) message;
            last = new byte[frame.readableBytes()];
            frame.readBytes(last).release();
            waiting.add(promise);
        }

        void take(int frames) {
            for (int i = 0; i < frames; i++) {
                waiting.remove().setSuccess();
            }
        }
    }

    private int sendUntilFull(int bytes) {
        int sent = 0;
        while (tunnel.send(ByteBuffer.allocate(bytes))) {
            sent++;
        }
        return sent;
    }

    @Test
    void shouldFrameTheDatagram() {
        ByteBuffer datagram =
                ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}).position(1).limit(4);

        assertThat(tunnel.send(datagram)).isTrue();

        assertThat(network.last).containsExactly(FrameHeader.MEDIA, 0, 3, 1, 2, 3);
        assertThat(datagram.remaining()).isEqualTo(3);
    }

    /** 50 packets, 50 retransmissions and 10 RTCP packets a second, and a burst at the end. */
    @Test
    void shouldHoldRepairTrafficThroughAStallOfTheNetwork() {
        for (int ms = 0; ms < 310; ms++) {
            if (ms % 20 == 0) {
                assertThat(tunnel.send(ByteBuffer.allocate(REPAIR_BYTES))).isTrue();
                assertThat(tunnel.send(ByteBuffer.allocate(REPAIR_BYTES))).isTrue();
            }
            if (ms % 100 == 0) {
                assertThat(tunnel.send(ByteBuffer.allocate(120))).isTrue();
            }
            clock.advanceMs(1);
        }
        for (int i = 0; i < 17; i++) {
            assertThat(tunnel.send(ByteBuffer.allocate(REPAIR_BYTES))).isTrue();
        }
    }

    @Test
    void shouldRefuseMediaWhileTheOldestHasWaitedTooLong() {
        assertThat(tunnel.send(ByteBuffer.allocate(REPAIR_BYTES))).isTrue();
        clock.advanceMs(100);
        assertThat(tunnel.send(ByteBuffer.allocate(REPAIR_BYTES))).isTrue();
        clock.advanceMs(219);
        assertThat(tunnel.send(ByteBuffer.allocate(REPAIR_BYTES))).isTrue();
        clock.advanceMs(1);
        assertThat(tunnel.send(ByteBuffer.allocate(REPAIR_BYTES))).isFalse();

        network.take(1);

        assertThat(tunnel.send(ByteBuffer.allocate(REPAIR_BYTES)))
                .as("the next has waited for 220 ms")
                .isTrue();
        clock.advanceMs(100);
        assertThat(tunnel.send(ByteBuffer.allocate(REPAIR_BYTES))).isFalse();
        network.take(3);
        clock.advanceMs(10_000);
        assertThat(tunnel.send(ByteBuffer.allocate(REPAIR_BYTES)))
                .as("nothing waits")
                .isTrue();
    }

    @Test
    void shouldLimitPacketsAndBytes() {
        assertThat(sendUntilFull(REPAIR_BYTES)).isEqualTo(TlsTunnel.MAX_QUEUED);
        network.take(TlsTunnel.MAX_QUEUED);
        assertThat(sendUntilFull(FrameHeader.MAX_MEDIA_BYTES)).isEqualTo(16);
        network.take(1);
        assertThat(sendUntilFull(FrameHeader.MAX_MEDIA_BYTES)).isEqualTo(1);
        network.take(16);
        assertThat(sendUntilFull(REPAIR_BYTES)).isEqualTo(TlsTunnel.MAX_QUEUED);
    }
}
