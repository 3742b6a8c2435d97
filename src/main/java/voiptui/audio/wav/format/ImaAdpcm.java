package voiptui.audio.wav.format;

/**
 * Decodes blocks of IMA ADPCM: per channel a first sample and an index of step sizes, then for each channel in turn four bytes of
 * eight differences, the lower half of a byte first.
 *
 * <p>Source: IMA Digital Audio Focus and Technical Working Groups, Recommended Practices 3.00, and RFC 3551, 4.5.1, for the
 * decoder; Microsoft, New Multimedia Data Types and Data Techniques, for the block. Owned by one thread.
 */
final class ImaAdpcm extends Adpcm {

    private static final int HEADER_BYTES = 4;
    /** Bytes of one channel that stand together. */
    private static final int GROUP_BYTES = 4;

    private static final int GROUP_FRAMES = 8;
    private static final int MAX_INDEX = 88;
    private static final int[] STEPS = {
        7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97,
        107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796,
        876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871,
        5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623,
        27086, 29794, 32767
    };
    private static final int[] INDEX_CHANGES = {-1, -1, -1, -1, 2, 4, 6, 8};

    private int sample;
    private int index;

    ImaAdpcm(WavFormat format) {
        super(format);
    }

    /** Returns how many samples per channel a block of {@code bytes} bytes holds; 0 if it is too short for its header. */
    static int framesIn(int bytes, int channels) {
        int data = bytes - HEADER_BYTES * channels;
        return data < 0 ? 0 : 1 + data / (GROUP_BYTES * channels) * GROUP_FRAMES;
    }

    @Override
    int framesOf(int bytes, int channels) {
        return framesIn(bytes, channels);
    }

    @Override
    void addChannel(byte[] block, int channel, int channels, int frames, float[] sums) {
        int header = HEADER_BYTES * channel;
        sample = sampleAt(block, header);
        index = Math.min(MAX_INDEX, block[header + 2] & 0xFF);
        sums[0] += sample;
        int at = HEADER_BYTES * channels + GROUP_BYTES * channel;
        for (int frame = 1; frame < frames; frame++) {
            int inGroup = (frame - 1) % GROUP_FRAMES;
            int pair = block[at + inGroup / 2];
            step(inGroup % 2 == 0 ? pair & 0xF : pair >> 4 & 0xF);
            sums[frame] += sample;
            if (inGroup == GROUP_FRAMES - 1) {
                at += GROUP_BYTES * channels;
            }
        }
    }

    private void step(int code) {
        int step = STEPS[index];
        int difference = step >> 3;
        difference += (code & 4) != 0 ? step : 0;
        difference += (code & 2) != 0 ? step >> 1 : 0;
        difference += (code & 1) != 0 ? step >> 2 : 0;
        sample = clip((code & 8) != 0 ? sample - difference : sample + difference);
        index = Math.max(0, Math.min(MAX_INDEX, index + INDEX_CHANGES[code & 7]));
    }
}
