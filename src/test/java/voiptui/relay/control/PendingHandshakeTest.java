package voiptui.relay.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PendingHandshakeTest {

    private static final int BODY_BYTES = 10;

    private final AtomicInteger hellos = new AtomicInteger();
    private final PendingHandshake gate = new PendingHandshake(hellos::incrementAndGet);
    private final EmbeddedChannel channel = new EmbeddedChannel(gate);

    /** Returns a ClientHello of {@value #BODY_BYTES} bytes in records of {@code recordBytes}. */
    private static ByteBuf hello(int recordBytes) {
        ByteBuf message = Unpooled.buffer().writeByte(1).writeMedium(BODY_BYTES).writeZero(BODY_BYTES);
        ByteBuf records = Unpooled.buffer();
        while (message.isReadable()) {
            int length = Math.min(recordBytes, message.readableBytes());
            records.writeByte(0x16).writeShort(0x0301).writeShort(length).writeBytes(message, length);
        }
        return records;
    }

    @ParameterizedTest(name = "in records of {0} bytes")
    @ValueSource(ints = {100, 14, 13, 4})
    void shouldWaitForTheWholeClientHello(int recordBytes) {
        ByteBuf hello = hello(recordBytes);
        int length = hello.readableBytes();
        for (int i = 1; i < length; i++) {
            channel.writeInbound(hello.readRetainedSlice(1));
            assertThat(hellos).as("after %s bytes", i).hasValue(0);
            assertThat(channel.config().isAutoRead()).isTrue();
        }
        channel.writeInbound(hello.readRetainedSlice(1));
        assertThat(hellos).hasValue(1);
        assertThat(channel.config().isAutoRead()).isFalse();

        gate.passOn();
        ByteBuf passed = channel.readInbound();
        assertThat(passed).isEqualTo(hello(recordBytes));
        assertThat(channel.config().isAutoRead()).isTrue();
        passed.release();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "another record, 17 03 03 00 50",
        "another version, 16 02 00 00 50",
        "an empty record, 16 03 01 00 00",
        "another message, 16 03 01 00 50 02 00 00 10",
    })
    void shouldLeaveWhatIsNoClientHelloToTls(String what, String bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.ofDelimiter(" ").parseHex(bytes)));
        assertThat(hellos).as(what).hasValue(1);
    }

    @Test
    void shouldHoldNoMoreThanALongClientHello() {
        ByteBuf begun = Unpooled.buffer().writeByte(0x16).writeShort(0x0301).writeShort(16_000);
        channel.writeInbound(begun.writeByte(1).writeMedium(15_000).writeZero(PendingHandshake.MAX_HELLO_BYTES - 10));
        assertThat(hellos).hasValue(0);
        channel.writeInbound(Unpooled.buffer().writeZero(1));
        assertThat(hellos).hasValue(1);
        channel.writeInbound(Unpooled.buffer().writeZero(1));
        assertThat(hellos).as("told once").hasValue(1);
    }
}
