package voiptui.audio.wav.format;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The format of a WAV file's samples, from its {@code fmt} chunk.
 *
 * <p>Source: Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0, chapter 3; Microsoft, Multiple
 * Channel Audio Data and WAVE Files (extensible format).
 *
 * @param encoding how samples are stored
 * @param order byte order of samples of several bytes
 * @param channels number of channels, from 1
 * @param sampleRateHz samples per second and channel
 * @param sampleBytes bytes of one sample of one channel; 0 where samples come in blocks
 * @param blockBytes bytes of the smallest part that can be decoded: a sample of each channel, or a block
 * @param blockFrames samples per channel in a block
 * @param coefficients pairs of predictor coefficients of MS ADPCM; empty otherwise
 * @param warning what in the chunk is wrong but does no harm, for people; null when nothing is
 */
public record WavFormat(
        WavEncoding encoding,
        ByteOrder order,
        int channels,
        int sampleRateHz,
        int sampleBytes,
        int blockBytes,
        int blockFrames,
        int[] coefficients,
        @Nullable String warning) {

    static final int MAX_CHANNELS = 64;
    static final int MIN_RATE_HZ = 1_000;
    static final int MAX_RATE_HZ = 384_000;
    /** Most bytes of the chunk that are read: the coefficients of MS ADPCM are the longest, 256 pairs at most. */
    static final int MAX_CHUNK_BYTES = 44 + 256 * 4;

    private static final int EXTENSIBLE = 0xFFFE;
    /** The size of the oldest form of the chunk, without bits per sample. */
    private static final int MIN_CHUNK_BYTES = 14;

    private static final int MAX_SAMPLE_BYTES = 8;
    private static final int ADPCM_BITS = 4;
    /** What follows the format tag in the identifier of a sub-format, after its first four bytes. */
    private static final byte[] SUB_FORMAT = {(byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71};
    /** As above, for ambisonic audio. */
    private static final byte[] AMBISONIC = {(byte) 0x86, 0x44, (byte) 0xC8, (byte) 0xC1, (byte) 0xCA, 0, 0, 0};

    private static final int[] STANDARD_COEFFICIENTS = {256, 0, 512, -256, 0, 0, 192, 64, 240, 0, 460, -208, 392, -232};

    /**
     * Parses the content of a {@code fmt} chunk.
     *
     * @throws UnreadableWavException when it is damaged, or the format is not supported
     */
    static WavFormat parse(byte[] chunk, ByteOrder order) throws UnreadableWavException {
        if (chunk.length < MIN_CHUNK_BYTES) {
            throw new UnreadableWavException("damaged WAV file (format chunk of " + chunk.length + " bytes)");
        }
        try {
            return parse(ByteBuffer.wrap(chunk).order(order));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new UnreadableWavException("damaged WAV file (format chunk of " + chunk.length + " bytes)");
        }
    }

    private static WavFormat parse(ByteBuffer chunk) throws UnreadableWavException {
        int tag = chunk.getShort() & 0xFFFF;
        int channels = chunk.getShort() & 0xFFFF;
        long rateHz = chunk.getInt() & 0xFFFF_FFFFL;
        int blockBytes = chunk.getShort(12) & 0xFFFF;
        int bits = chunk.limit() >= 16 ? chunk.getShort(14) & 0xFFFF : 0;
        if (tag == EXTENSIBLE) {
            tag = subFormat(chunk);
        }
        if (channels == 0 || channels > MAX_CHANNELS) {
            throw new UnreadableWavException(
                    "unsupported number of channels (" + channels + "; 1 to " + MAX_CHANNELS + " can be read)");
        }
        if (rateHz < MIN_RATE_HZ || rateHz > MAX_RATE_HZ) {
            throw new UnreadableWavException("unsupported sample rate (" + rateHz + " Hz; " + MIN_RATE_HZ + " to "
                    + MAX_RATE_HZ + " Hz can be read)");
        }
        WavEncoding encoding = WavEncoding.of(tag);
        if (encoding == null) {
            throw new UnreadableWavException("unsupported encoding (" + WavEncoding.nameOf(tag) + ", "
                    + channelsText(channels) + "); convert it to 16-bit PCM");
        }
        return switch (encoding) {
            case PCM, FLOAT, A_LAW, MU_LAW ->
                ofSamples(encoding, chunk.order(), channels, (int) rateHz, blockBytes, bits);
            case IMA_ADPCM, MS_ADPCM -> ofBlocks(encoding, chunk, channels, (int) rateHz, blockBytes, bits);
        };
    }

    /** Returns the format tag that the extension names; its other fields (valid bits, speaker positions) do not matter here. */
    private static int subFormat(ByteBuffer chunk) throws UnreadableWavException {
        if (chunk.limit() < 40) {
            throw new UnreadableWavException("damaged WAV file (extensible format without its extension)");
        }
        int tag = subFormatTag(chunk.getInt(24), chunk.order());
        byte[] rest = Arrays.copyOfRange(chunk.array(), 32, 40);
        if (tag >>> 16 != 0 || !Arrays.equals(rest, SUB_FORMAT) && !Arrays.equals(rest, AMBISONIC)) {
            throw new UnreadableWavException("unsupported encoding (unknown sub-format); convert it to 16-bit PCM");
        }
        return tag;
    }

    /** Returns the tag in the first four bytes of a sub-format, which SoX writes in big-endian files as two bytes and two zeros. */
    private static int subFormatTag(int first, ByteOrder order) {
        return order == ByteOrder.BIG_ENDIAN && (first & 0xFFFF) == 0 ? first >>> 16 : first;
    }

    private static WavFormat ofSamples(
            WavEncoding encoding, ByteOrder order, int channels, int rateHz, int blockBytes, int bits)
            throws UnreadableWavException {
        int sampleBytes = sampleBytes(encoding, bits == 0 ? 8 * blockBytes / channels : bits);
        if (sampleBytes == 0) {
            throw new UnreadableWavException("unsupported sample format (" + bits + "-bit " + encoding.label() + ", "
                    + channelsText(channels) + "); convert it to 16-bit PCM");
        }
        int expected = channels * sampleBytes;
        if (blockBytes == expected) {
            return new WavFormat(encoding, order, channels, rateHz, sampleBytes, expected, 1, new int[0], null);
        }
        if (encoding == WavEncoding.PCM && sampleBytes == 3 && blockBytes == 4 * channels) {
            // Samples of 24 bits in 4 bytes fill the upper bits.
            return new WavFormat(encoding, order, channels, rateHz, 4, blockBytes, 1, new int[0], null);
        }
        return new WavFormat(
                encoding,
                order,
                channels,
                rateHz,
                sampleBytes,
                expected,
                1,
                new int[0],
                "its header says " + blockBytes + " bytes per frame, " + expected + " are read");
    }

    /** Returns the bytes of a sample; 0 when the format is not supported. */
    private static int sampleBytes(WavEncoding encoding, int bits) {
        return switch (encoding) {
            case PCM -> bits > 0 && bits <= 8 * MAX_SAMPLE_BYTES ? (bits + 7) / 8 : 0;
            case FLOAT -> bits == 32 ? 4 : bits == 64 ? 8 : 0;
            default -> bits == 8 ? 1 : 0;
        };
    }

    private static WavFormat ofBlocks(
            WavEncoding encoding, ByteBuffer chunk, int channels, int rateHz, int blockBytes, int bits)
            throws UnreadableWavException {
        boolean ima = encoding == WavEncoding.IMA_ADPCM;
        String name = encoding.label();
        if (bits != ADPCM_BITS || chunk.order() != ByteOrder.LITTLE_ENDIAN) {
            throw new UnreadableWavException("unsupported sample format (" + bits + "-bit " + name
                    + (chunk.order() == ByteOrder.BIG_ENDIAN ? ", big-endian, " : ", ") + channelsText(channels)
                    + "); convert it to 16-bit PCM");
        }
        int most = ima ? ImaAdpcm.framesIn(blockBytes, channels) : MsAdpcm.framesIn(blockBytes, channels);
        if (most == 0) {
            throw new UnreadableWavException("damaged WAV file (" + name + " in blocks of " + blockBytes + " bytes)");
        }
        // What the encoding adds to the chunk follows its own extension, if it is extensible.
        int extra = (chunk.getShort(0) & 0xFFFF) == EXTENSIBLE ? 40 : 18;
        int said = chunk.limit() >= extra + 2 ? chunk.getShort(extra) & 0xFFFF : 0;
        return new WavFormat(
                encoding,
                chunk.order(),
                channels,
                rateHz,
                0,
                blockBytes,
                said > 0 && said < most ? said : most,
                ima ? new int[0] : coefficients(chunk, extra + 2),
                null);
    }

    private static int[] coefficients(ByteBuffer chunk, int at) {
        int pairs = chunk.limit() >= at + 2 ? chunk.getShort(at) & 0xFFFF : 0;
        if (pairs == 0) {
            return STANDARD_COEFFICIENTS;
        }
        int[] coefficients = new int[2 * Math.min(pairs, 256)];
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = chunk.getShort(at + 2 + 2 * i);
        }
        return coefficients;
    }

    private static String channelsText(int channels) {
        return channels == 1 ? "1 channel" : channels + " channels";
    }

    /** Returns how long {@code bytes} of audio last, in seconds. */
    double secondsIn(long bytes) {
        return (double) bytes / blockBytes * blockFrames / sampleRateHz;
    }
}
