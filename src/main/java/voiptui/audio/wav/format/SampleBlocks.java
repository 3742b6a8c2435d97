package voiptui.audio.wav.format;

/** Decodes samples that stand one after the other. Owned by one thread. */
final class SampleBlocks implements BlockDecoder {

    private static final int FRAMES = 1024;

    private final SampleDecoder decoder;
    private final int channels;
    private final int sampleBytes;
    private final int frameBytes;

    SampleBlocks(WavFormat format) {
        this.decoder = SampleDecoder.of(format);
        this.channels = format.channels();
        this.sampleBytes = format.sampleBytes();
        this.frameBytes = format.blockBytes();
    }

    @Override
    public int blockBytes() {
        return FRAMES * frameBytes;
    }

    @Override
    public int blockFrames() {
        return FRAMES;
    }

    @Override
    public int decode(byte[] block, int bytes, float[] mono) {
        int frames = bytes / frameBytes;
        int at = 0;
        for (int frame = 0; frame < frames; frame++) {
            float sum = 0;
            for (int channel = 0; channel < channels; channel++, at += sampleBytes) {
                sum += decoder.decode(block, at);
            }
            mono[frame] = sum / channels;
        }
        return frames;
    }
}
