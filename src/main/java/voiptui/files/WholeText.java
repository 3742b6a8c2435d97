package voiptui.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.util.List;

/** Writes text to open files, all of it or nothing. Blocks on the disk. Stateless; any thread. */
public final class WholeText {

    private WholeText() {}

    /** Writes a text at a position. */
    public static void write(FileChannel channel, long at, String text, Charset charset) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(charset));
        long position = at;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    /**
     * Appends lines and has them written to the disk; if that fails, the file is as it was. What somebody has left as half a line
     * is ended first.
     *
     * @param channel a file that is open to read and to write, and that nobody else writes to meanwhile
     * @param lines the lines, without terminators
     */
    public static void appendLines(FileChannel channel, List<String> lines, Charset charset) throws IOException {
        long end = channel.size();
        String text = (endsInALine(channel, end) ? "" : "\n") + String.join("\n", lines) + "\n";
        try {
            write(channel, end, text, charset);
            channel.force(false);
        } catch (IOException full) {
            channel.truncate(end);
            throw full;
        }
    }

    private static boolean endsInALine(FileChannel channel, long bytes) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return bytes == 0 || channel.read(last, bytes - 1) == 1 && last.get(0) == '\n';
    }
}
