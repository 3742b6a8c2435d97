package voiptui.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Keeps the first bytes of a stream, which tell what kind of server answered.
 *
 * <p>First reads all of them, even if fewer are asked for: TLS closes its stream as soon as it sees that the peer does not
 * speak TLS. One thread reads; another may ask for {@link #kept} after that.
 */
public final class FirstBytes extends FilterInputStream {

    private final int count;
    private volatile byte[] first = {};
    private int given;

    /**
     * Wraps a stream.
     *
     * @param count how many bytes to keep; the stream has to have as many, or to end before
     */
    public FirstBytes(InputStream in, int count) {
        super(in);
        this.count = count;
    }

    /** Returns the first bytes, or as many as came before the end of the stream; empty before the first read. */
    public byte[] kept() {
        return first.clone();
    }

    private boolean hasFirst() throws IOException {
        if (first.length == 0) {
            first = in.readNBytes(count);
        }
        return given < first.length;
    }

    @Override
    public int read() throws IOException {
        return hasFirst() ? first[given++] & 0xff : in.read();
    }

    @Override
    public int read(byte[] bytes, int at, int length) throws IOException {
        if (!hasFirst()) {
            return in.read(bytes, at, length);
        }
        int copied = Math.min(length, first.length - given);
        System.arraycopy(first, given, bytes, at, copied);
        given += copied;
        return copied;
    }

    @Override
    public long skip(long bytes) throws IOException {
        int skipped = (int) Math.min(bytes, first.length - given);
        given += skipped;
        return skipped > 0 ? skipped : in.skip(bytes);
    }

    @Override
    public int available() throws IOException {
        return first.length - given + in.available();
    }
}
