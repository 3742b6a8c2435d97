package voiptui.audio.wav.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where in a WAV file the audio is, and what it is like: the result of reading the chunks of a RIFF, RIFX (big-endian), RF64 or
 * BW64 (64-bit sizes) file.
 *
 * <p>Chunks may come in any order and have any size; odd ones may lack the padding that the standard wants. A size of the audio
 * that cannot be right, as a recorder leaves it that was interrupted, is replaced by what the file holds, and {@link #warning} says so.
 * Nothing else is repaired.
 *
 * <p>Source: Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0, chapter 2; EBU Tech 3306 (RF64);
 * ITU-R BS.2088 (BW64).
 *
 * @param format how the audio is stored
 * @param start offset of its first byte in the file
 * @param bytes its size; {@link Long#MAX_VALUE} if it goes on to the end of the file
 * @param frames how many samples per channel it has at most; {@link Long#MAX_VALUE} if that is not said
 * @param warning what is wrong with the file and does not keep it from being played, for people; null when nothing is
 */
public record WavLayout(
        WavFormat format,
        long start,
        long bytes,
        long frames,
        @Nullable String warning) {

    private static final int CHUNK_HEADER_BYTES = 8;
    /** More chunks than in any file that was not made to keep its reader busy. */
    private static final int MAX_CHUNKS = 4_096;
    /** Entries of the table of 64-bit chunk sizes that are read. */
    private static final int MAX_SIZES = 64;
    /** A 32-bit size that means that the size is unknown, or in the {@code ds64} chunk. */
    private static final long NO_SIZE = 0xFFFF_FFFFL;
    /** Sizes from here on, without so much audio, are written by programs that do not know the size in advance. */
    private static final long ENDLESS = 0x7FFF_0000L;
    /** Bytes of zeros at the end of the file that are taken for filling. */
    private static final int MAX_FILLING = 64 * 1024;
    /** Size of a tag of MP3 files that some programs also append to WAV files. */
    private static final int ID3V1_BYTES = 128;

    /** Chunks that are recognized by their name alone. */
    private static final Set<String> KNOWN = Set.of(
            "RIFF", "fmt ", "data", "fact", "LIST", "JUNK", "junk", "FLLR", "PAD ", "bext", "iXML", "axml", "chna",
            "ds64", "cue ", "plst", "smpl", "inst", "PEAK", "id3 ", "ID3 ", "DISP", "umid", "cart", "levl", "_PMX",
            "afsp");

    /**
     * Reads the chunks of a file up to its audio.
     *
     * @throws IOException when the file cannot be read
     * @throws UnreadableWavException when it is not a WAV file, is damaged, or of an unsupported format
     */
    public static WavLayout read(FileChannel file) throws IOException, UnreadableWavException {
        return new Reader(file).read();
    }

    /** Reads the chunks one by one. */
    private static final class Reader {

        private final FileChannel file;
        private final long fileBytes;
        private final Map<String, Long> sizes = new HashMap<>();
        private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        private boolean wide;
        private @Nullable WavFormat format;
        private long start = -1;
        private long saidBytes;
        private long saidFrames;

        Reader(FileChannel file) throws IOException {
            this.file = file;
            this.fileBytes = file.size();
        }

        WavLayout read() throws IOException, UnreadableWavException {
            byte[] signature = bytesAt(0, FileSignature.BYTES).array();
            if (!FileSignature.isWav(signature)) {
                throw new UnreadableWavException(FileSignature.problem(signature));
            }
            order = signature[3] == 'X' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            wide = signature[2] == '6';
            long at = FileSignature.BYTES;
            for (int i = 0; i < MAX_CHUNKS && at + CHUNK_HEADER_BYTES <= fileBytes; i++) {
                at = readChunk(at);
                WavFormat known = format;
                if (known != null && start >= 0) {
                    return layout(known);
                }
            }
            if (at + CHUNK_HEADER_BYTES <= fileBytes) {
                throw new UnreadableWavException("damaged WAV file (more than " + MAX_CHUNKS + " chunks)");
            }
            throw new UnreadableWavException(
                    start >= 0 || format == null
                            ? "damaged WAV file (no format chunk)"
                            : "no audio in it (no data chunk)");
        }

        /** Reads the chunk at an offset and returns the offset of the next. */
        private long readChunk(long at) throws IOException, UnreadableWavException {
            ByteBuffer header = bytesAt(at, CHUNK_HEADER_BYTES);
            String name = nameIn(header);
            long bytes = header.getInt(4) & NO_SIZE;
            if (wide && bytes == NO_SIZE) {
                bytes = sizes.getOrDefault(name, NO_SIZE);
            }
            long body = at + CHUNK_HEADER_BYTES;
            long room = fileBytes - body;
            switch (name) {
                case "ds64" -> readSizes(bytesAt(body, (int) Math.min(Math.min(bytes, room), 28 + 12 * MAX_SIZES)));
                case "fmt " -> {
                    int read = (int) Math.min(Math.min(bytes, room), WavFormat.MAX_CHUNK_BYTES);
                    format = WavFormat.parse(bytesAt(body, read).array(), order);
                }
                case "fact" -> saidFrames = room < 4 ? 0 : bytesAt(body, 4).getInt(0) & NO_SIZE;
                case "data" -> {
                    if (start < 0) {
                        start = body;
                        saidBytes = bytes;
                    }
                }
                default -> {
                    if (bytes > room) {
                        throw new UnreadableWavException(
                                "damaged WAV file (chunk " + printable(name) + " is longer than the file)");
                    }
                }
            }
            return bytes > room ? fileBytes : next(body + bytes, bytes);
        }

        /** Reads the 64-bit sizes: of the file, of the audio, the number of samples, and a table for other chunks. */
        private void readSizes(ByteBuffer chunk) throws UnreadableWavException {
            if (chunk.limit() < 24) {
                throw new UnreadableWavException("damaged WAV file (ds64 chunk of " + chunk.limit() + " bytes)");
            }
            putSize("data", chunk.getLong(8));
            int entries = chunk.limit() < 28 ? 0 : chunk.getInt(24);
            for (int i = 0; i < entries && 28 + 12 * (i + 1) <= chunk.limit(); i++) {
                chunk.position(28 + 12 * i);
                putSize(nameIn(chunk), chunk.getLong(28 + 12 * i + 4));
            }
        }

        private void putSize(String name, long bytes) {
            sizes.putIfAbsent(name, bytes < 0 ? Long.MAX_VALUE / 2 : bytes);
        }

        /** Returns where the chunk after one begins that ends at {@code end}: an odd one may lack its padding. */
        private long next(long end, long bytes) throws IOException {
            if (bytes % 2 == 0 || end >= fileBytes || bytesAt(end, 1).get(0) == 0 || isKnownChunk(end + 1)) {
                return end + bytes % 2;
            }
            return isKnownChunk(end) || !isChunk(end + 1) && isChunk(end) ? end : end + 1;
        }

        private boolean isKnownChunk(long at) throws IOException {
            return at + CHUNK_HEADER_BYTES <= fileBytes && KNOWN.contains(nameIn(bytesAt(at, 4)));
        }

        /** Returns whether a chunk may begin at {@code at}: a printable name, and a size that the file has room for. */
        private boolean isChunk(long at) throws IOException {
            if (at + CHUNK_HEADER_BYTES > fileBytes) {
                return false;
            }
            ByteBuffer header = bytesAt(at, CHUNK_HEADER_BYTES);
            String name = nameIn(header);
            return KNOWN.contains(name)
                    || name.chars().allMatch(letter -> letter >= ' ' && letter <= '~')
                            && (header.getInt(4) & NO_SIZE) <= fileBytes - at - CHUNK_HEADER_BYTES;
        }

        private WavLayout layout(WavFormat known) throws IOException {
            long room = fileBytes - start;
            boolean toTheEnd = saidBytes > room || isUnfinished();
            String problem = known.warning();
            if (toTheEnd && room >= known.blockBytes() && Math.abs(saidBytes - room) >= known.blockBytes()) {
                problem = saidBytes > room && saidBytes >= ENDLESS
                        ? "its header does not say how long it is; it is played to its end"
                        : saidBytes > room
                                ? "cut short: its header says " + seconds(known, saidBytes) + ", it holds "
                                        + seconds(known, room)
                                : "unfinished: its header says " + seconds(known, saidBytes) + ", it holds "
                                        + seconds(known, room) + " and is played to its end";
            }
            return new WavLayout(
                    known,
                    start,
                    toTheEnd ? Long.MAX_VALUE : saidBytes,
                    toTheEnd ? Long.MAX_VALUE : mostFrames(known),
                    problem);
        }

        /** Returns how many samples there are if the last block is not full. A number that is not within that block is wrong. */
        private long mostFrames(WavFormat known) {
            long blocks = (saidBytes + known.blockBytes() - 1) / known.blockBytes();
            long room = blocks * known.blockFrames();
            return saidFrames <= room && saidFrames > room - known.blockFrames() ? saidFrames : Long.MAX_VALUE;
        }

        private static String seconds(WavFormat format, long bytes) {
            return String.format(Locale.ROOT, "%.1f s", format.secondsIn(bytes));
        }

        /** Returns whether more audio follows where it should have ended: neither a chunk nor the end of the file. */
        private boolean isUnfinished() throws IOException {
            long end = start + saidBytes;
            long rest = fileBytes - end;
            return rest >= CHUNK_HEADER_BYTES
                    && !isChunk(end + saidBytes % 2)
                    && !isChunk(end)
                    && !isId3(end + saidBytes % 2)
                    && !isFilling(end, rest);
        }

        private boolean isId3(long at) throws IOException {
            return fileBytes - at == ID3V1_BYTES && nameIn(bytesAt(at, 4)).startsWith("TAG");
        }

        private boolean isFilling(long at, long bytes) throws IOException {
            if (bytes > MAX_FILLING) {
                return false;
            }
            for (byte filling : bytesAt(at, (int) bytes).array()) {
                if (filling != 0) {
                    return false;
                }
            }
            return true;
        }

        /** Returns {@code count} bytes from an offset on; fewer at the end of the file. */
        private ByteBuffer bytesAt(long at, int count) throws IOException {
            byte[] bytes = new byte[(int) Math.max(0, Math.min(count, fileBytes - at))];
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining() && file.read(buffer, at + buffer.position()) >= 0) {
                // the rest of a short read; what a file lost meanwhile stays zero
            }
            return buffer.rewind().order(order);
        }

        private static String nameIn(ByteBuffer buffer) {
            return new String(
                    buffer.array(),
                    buffer.position(),
                    Math.min(4, buffer.limit() - buffer.position()),
                    StandardCharsets.ISO_8859_1);
        }

        private static String printable(String name) {
            return "'" + name.replaceAll("[^ -~]", "?") + "'";
        }
    }
}
