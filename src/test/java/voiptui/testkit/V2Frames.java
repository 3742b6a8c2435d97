package voiptui.testkit;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Frames of {@code protocol.md}, section 2, one by one, with none of the product's code. */
public final class V2Frames {

    /** One JSON object. */
    public static final int JSON = 0;
    /** One media datagram. */
    public static final int MEDIA = 1;

    /** What came in a frame. */
    public record Frame(int type, byte[] payload) {

        /** The payload as text. */
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    private V2Frames() {}

    /** The bytes of a frame. */
    public static byte[] frame(int type, byte[] payload) {
        byte[] frame = new byte[3 + payload.length];
        frame[0] = (byte) type;
        frame[1] = (byte) (payload.length >>> 8);
        frame[2] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 3, payload.length);
        return frame;
    }

    /** The bytes of a frame with JSON. */
    public static byte[] frame(String json) {
        return frame(JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes one frame, at once. */
    public static void write(OutputStream out, byte[] frame) throws IOException {
        out.write(frame);
        out.flush();
    }

    /** Waits for a frame; {@code null} at an end between two frames. */
    public static Frame read(InputStream in) throws IOException {
        int type = in.read();
        if (type < 0) {
            return null;
        }
        DataInputStream data = new DataInputStream(in);
        byte[] payload = new byte[data.readUnsignedShort()];
        try {
            data.readFully(payload);
        } catch (EOFException broken) {
            throw new IOException("the connection ended within a frame", broken);
        }
        return new Frame(type, payload);
    }
}
