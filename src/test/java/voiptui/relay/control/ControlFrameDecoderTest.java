package voiptui.relay.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import voiptui.testkit.RawTlsClient;

class ControlFrameDecoderTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new ControlFrameDecoder());

    private List<ControlFrame> read() {
        List<ControlFrame> frames = new ArrayList<>();
        for (ControlFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            frames.add(frame);
        }
        return frames;
    }

    @Test
    void shouldSplitFramesHoweverTheStreamIsSplit() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            byte[] json = new byte[random.nextInt(8_193)];
            byte[] media = new byte[random.nextInt(2_201)];
            random.nextBytes(json);
            random.nextBytes(media);
            byte[] stream = Arrays.copyOf(RawTlsClient.frame(0, json), json.length + media.length + 6);
            System.arraycopy(RawTlsClient.frame(1, media), 0, stream, json.length + 3, media.length + 3);
            for (int at = 0; at < stream.length; ) {
                int end = Math.min(stream.length, at + 1 + random.nextInt(3_000));
                channel.writeInbound(Unpooled.copiedBuffer(stream, at, end - at));
                at = end;
            }
            assertThat(read())
                    .satisfiesExactly(
                            first -> {
                                assertThat(first.type()).isZero();
                                assertThat(first.payload()).isEqualTo(json);
                            },
                            second -> {
                                assertThat(second.type()).isEqualTo(1);
                                assertThat(second.payload()).isEqualTo(media);
                            });
        }
    }

    @Test
    void shouldSkipFramesOfUnknownTypeWithoutKeepingThem() {
        byte[] unknown = RawTlsClient.frame(9, new byte[65_535]);
        int sent = 0;
        while (sent < unknown.length) {
            int end = Math.min(unknown.length, sent + 1_000);
            channel.writeInbound(Unpooled.copiedBuffer(unknown, sent, end - sent));
            sent = end;
            assertThat(channel.inboundMessages()).hasSize(sent < unknown.length ? 0 : 1);
        }
        channel.writeInbound(Unpooled.copiedBuffer(new byte[] {(byte) 255, 0, 0, 1, 0, 1, 5}));
        List<ControlFrame> frames = read();

        assertThat(frames).extracting(ControlFrame::type).containsExactly(9, 255, 1);
        assertThat(frames).extracting(ControlFrame::bytes).containsExactly(65_535, 0, 1);
        assertThat(frames.get(0).payload()).isEmpty();
    }

    @Test
    void shouldReportAMalformedFrameOnceAndIgnoreTheRest() {
        channel.writeInbound(Unpooled.copiedBuffer(new byte[] {1, 0, 1, 5, 1, 9, 0, 1, 0, 1, 5}));
        channel.writeInbound(Unpooled.copiedBuffer(new byte[] {1, 0, 1, 5}));
        List<ControlFrame> frames = read();
        assertThat(frames).hasSize(2);
        assertThat(frames.get(1)).isSameAs(ControlFrame.MALFORMED);
    }

    @Test
    void shouldCheckALengthBeforeThePayloadArrives() {
        channel.writeInbound(Unpooled.copiedBuffer(new byte[] {0, 0x20, 1}));
        assertThat(read()).containsExactly(ControlFrame.MALFORMED);
    }
}
