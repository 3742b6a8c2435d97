package voiptui.audio.wav.format;

/** Decodes a WAV file's audio, block by block, to mono: several channels are averaged. Owned by one thread. */
public interface BlockDecoder {

    /** Returns the size of a block in bytes; only the last one of a file may be shorter. */
    int blockBytes();

    /** Returns the largest number of samples that a block decodes to. */
    int blockFrames();

    /**
     * Decodes the first {@code bytes} bytes of {@code block} to {@code mono}; full scale is -1 to 1, which floats may exceed.
     *
     * @return the number of samples; a frame that is not complete is dropped
     */
    int decode(byte[] block, int bytes, float[] mono);

    /** Returns a decoder for {@code format}. */
    static BlockDecoder of(WavFormat format) {
        return switch (format.encoding()) {
            case IMA_ADPCM -> new ImaAdpcm(format);
            case MS_ADPCM -> new MsAdpcm(format);
            default -> new SampleBlocks(format);
        };
    }
}
