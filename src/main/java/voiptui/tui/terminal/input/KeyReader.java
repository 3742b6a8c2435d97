package voiptui.tui.terminal.input;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads what a terminal sends without waiting for it. UI thread. */
public final class KeyReader {

    private static final int BYTES = 4096;

    private final InputStream in;
    private final KeyDecoder decoder = new KeyDecoder();
    private final byte[] bytes = new byte[BYTES];

    /** Creates a reader of the terminal's input. */
    public KeyReader(InputStream in) {
        this.in = in;
    }

    /**
     * Returns the next input; null: there is none now.
     *
     * @param nowMs the time in milliseconds; never runs backwards
     * @throws IOException when the terminal is gone
     */
    public @Nullable TerminalInput poll(long nowMs) throws IOException {
        TerminalInput next = decoder.poll();
        if (next != null) {
            return next;
        }
        int available = Math.min(BYTES, in.available());
        if (available == 0) {
            decoder.onNoBytes(nowMs);
        } else {
            int read = in.read(bytes, 0, available);
            if (read < 0) {
                throw new IOException("the terminal was closed");
            }
            decoder.feed(bytes, read, nowMs);
        }
        return decoder.poll();
    }
}
