package voiptui.fuzz;

import java.util.Arrays;
import java.util.List;
import voiptui.protocol.FrameHeader;
import voiptui.relay.control.FrameSplitting;
import voiptui.relay.control.FrameSplitting.Frame;

/** The control stream of a v2 client: the first byte tells in what pieces the rest arrives. */
public final class ControlStreamFuzz {

    private static final int MALFORMED = -1;

    private ControlStreamFuzz() {}

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(data, 1, data.length);
        List<Frame> frames = FrameSplitting.split(stream, Math.max(1, stream.length));
        checkAgainst(stream, frames);
        checkSame(frames, FrameSplitting.split(stream, 1 + (data[0] & 0xff)));
        for (Frame frame : frames) {
            if (frame.type() == FrameHeader.JSON) {
                ClientMessageFuzz.fuzzerTestOneInput(frame.payload());
            }
        }
    }

    /** The frames are the stream again, up to an impossible header or the beginning of a frame that is not complete. */
    private static void checkAgainst(byte[] stream, List<Frame> frames) {
        int at = 0;
        boolean malformed = false;
        for (Frame frame : frames) {
            Promise.check(!malformed, "nothing follows a malformed frame");
            if (frame.type() == MALFORMED) {
                malformed = true;
                continue;
            }
            byte[] bytes = FrameHeader.frame(frame.type(), frame.payload());
            int shown = FrameHeader.isKnown(frame.type()) ? bytes.length : FrameHeader.BYTES;
            Promise.check(
                    stream.length - at >= bytes.length && Arrays.equals(stream, at, at + shown, bytes, 0, shown),
                    "frames are what was sent");
            at += bytes.length;
        }
        int left = stream.length - at;
        if (left < FrameHeader.BYTES) {
            Promise.check(!malformed, "a header that is not complete is awaited");
            return;
        }
        int length = (stream[at + 1] & 0xff) << 8 | stream[at + 2] & 0xff;
        boolean possible = FrameHeader.isAllowed(stream[at] & 0xff, length);
        Promise.check(malformed != possible, "malformed is what has an impossible header", stream[at], length);
        Promise.check(malformed || left < FrameHeader.BYTES + length, "a whole frame is delivered", left, length);
    }

    private static void checkSame(List<Frame> whole, List<Frame> pieces) {
        boolean same = whole.size() == pieces.size();
        for (int i = 0; same && i < whole.size(); i++) {
            same = whole.get(i).type() == pieces.get(i).type()
                    && Arrays.equals(whole.get(i).payload(), pieces.get(i).payload());
        }
        Promise.check(same, "pieces make no difference", whole.size(), pieces.size());
    }
}
