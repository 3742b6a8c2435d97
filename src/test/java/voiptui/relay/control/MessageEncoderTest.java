package voiptui.relay.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import voiptui.protocol.FrameHeader;
import voiptui.protocol.MessageJson;
import voiptui.protocol.RelayMessage;

class MessageEncoderTest {

    private final MessageEncoder encoder = new MessageEncoder();

    private static List<RelayMessage> changes(int count) {
        return IntStream.range(0, count)
                .<RelayMessage>mapToObj(
                        i -> new RelayMessage.Presence(new RelayMessage.Contact("name" + i, true, false, i)))
                .toList();
    }

    /** However many watch, the changes are encoded once. */
    @Test
    void shouldEncodeOneListOnceForAllWatchers() {
        List<RelayMessage> changes = changes(100);
        byte[] first = encoder.frames(changes);
        for (int watcher = 0; watcher < 2_000; watcher++) {
            assertThat(encoder.frames(changes)).isSameAs(first);
        }
        assertThat(encoder.frames(changes(1))).isNotEqualTo(first);
        assertThat(encoder.frames(changes)).isEqualTo(first);
    }

    @Test
    void shouldWriteAFrameForEachMessage() {
        List<RelayMessage> changes = changes(2);
        byte[] one = FrameHeader.frame(FrameHeader.JSON, MessageJson.write(changes.get(0)));
        byte[] other = FrameHeader.frame(FrameHeader.JSON, MessageJson.write(changes.get(1)));
        byte[] both = encoder.frames(changes);

        assertThat(encoder.frame(changes.get(0))).isEqualTo(one);
        assertThat(both).startsWith(one).endsWith(other).hasSize(one.length + other.length);
    }
}
