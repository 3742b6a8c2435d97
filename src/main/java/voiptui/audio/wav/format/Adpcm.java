package voiptui.audio.wav.format;

import java.util.Arrays;

/** Decodes blocks of ADPCM, whose channels have a header each and are decoded one after the other. Owned by one thread. */
abstract class Adpcm implements BlockDecoder {

    private static final float FULL_SCALE = 32_768;

    private final int channels;
    private final int blockBytes;
    private final int blockFrames;

    Adpcm(WavFormat format) {
        this.channels = format.channels();
        this.blockBytes = format.blockBytes();
        this.blockFrames = format.blockFrames();
    }

    @Override
    public final int blockBytes() {
        return blockBytes;
    }

    @Override
    public final int blockFrames() {
        return blockFrames;
    }

    @Override
    public final int decode(byte[] block, int bytes, float[] mono) {
        int frames = Math.min(blockFrames, framesOf(bytes, channels));
        Arrays.fill(mono, 0, frames, 0);
        for (int channel = 0; channel < channels && frames > 0; channel++) {
            addChannel(block, channel, channels, frames, mono);
        }
        for (int frame = 0; frame < frames; frame++) {
            mono[frame] /= FULL_SCALE * channels;
        }
        return frames;
    }

    /** Returns how many samples per channel a block of {@code bytes} bytes holds; 0 if it is too short for its header. */
    abstract int framesOf(int bytes, int channels);

    /** Adds the first {@code frames} 16-bit samples of one of {@code channels} channels, at least one, to {@code sums}. */
    abstract void addChannel(byte[] block, int channel, int channels, int frames, float[] sums);

    /** Returns {@code sample}, limited to 16 bits. */
    static int clip(int sample) {
        return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample));
    }

    /** Returns the little-endian 16-bit sample at an offset. */
    static int sampleAt(byte[] block, int at) {
        return (short) (block[at] & 0xFF | block[at + 1] << 8);
    }
}
