package voiptui.relay.control;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;

/** What the relay makes of the bytes of a v2 connection, for tests in other packages. */
public final class FrameSplitting {

    /**
     * A frame.
     *
     * @param type 0 to 255; -1: the rest of the stream is malformed
     * @param payload its content; of an unknown type, as many zeros
     */
    public record Frame(int type, byte[] payload) {}

    private FrameSplitting() {}

    /** Splits a stream that arrives in pieces of {@code pieceBytes} bytes. */
    public static List<Frame> split(byte[] stream, int pieceBytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new ControlFrameDecoder());
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < stream.length; at += pieceBytes) {
            channel.writeInbound(Unpooled.copiedBuffer(stream, at, Math.min(pieceBytes, stream.length - at)));
            for (ControlFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
                boolean isSkipped = frame.payload().length < frame.bytes();
                frames.add(new Frame(frame.type(), isSkipped ? new byte[frame.bytes()] : frame.payload()));
            }
        }
        channel.finishAndReleaseAll();
        return frames;
    }
}
