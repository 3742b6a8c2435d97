package voiptui.audio.wav;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** WAV files made byte by byte, so that the reader is not checked against the code it shares. */
public final class TestWav {

    public static final int PCM = 1;
    static final int FLOAT = 3;
    static final int EXTENSIBLE = 0xFFFE;

    private TestWav() {}

    /** A sample of sound per channel, by frame: {@code -1..1}. */
    @FunctionalInterface
    public interface Signal {
        double at(int frame, int channel);
    }

    public static Path write(Path path, int tag, int bits, int channels, int rateHz, int frames, Signal signal)
            throws IOException {
        return Files.write(path, bytes(tag, bits, channels, rateHz, frames, signal));
    }

    static byte[] bytes(int tag, int bits, int channels, int rateHz, int frames, Signal signal) {
        ByteBuffer data = ByteBuffer.allocate(frames * channels * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int frame = 0; frame < frames; frame++) {
            for (int channel = 0; channel < channels; channel++) {
                putSample(data, tag, bits, signal.at(frame, channel));
            }
        }
        byte[] header = header(tag, tag, bits, channels, rateHz, data.capacity());
        return ByteBuffer.allocate(header.length + data.capacity())
                .put(header)
                .put(data.array())
                .array();
    }

    /** The same as an extensible header, whose sub-format says {@code tag}. */
    static byte[] extensible(int tag, int bits, int channels, int rateHz, byte[] data) {
        byte[] header = header(EXTENSIBLE, tag, bits, channels, rateHz, data.length);
        return ByteBuffer.allocate(header.length + data.length)
                .put(header)
                .put(data)
                .array();
    }

    static byte[] header(int tag, int subFormat, int bits, int channels, int rateHz, long dataBytes) {
        int formatBytes = tag == EXTENSIBLE ? 40 : 16;
        ByteBuffer header = ByteBuffer.allocate(28 + formatBytes).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF")).putInt((int) (20 + formatBytes + dataBytes)).put(ascii("WAVE"));
        header.put(ascii("fmt ")).putInt(formatBytes);
        header.putShort((short) tag).putShort((short) channels).putInt(rateHz);
        header.putInt(rateHz * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits);
        if (tag == EXTENSIBLE) {
            header.putShort((short) 22).putShort((short) bits).putInt((1 << channels) - 1);
            header.putShort((short) subFormat);
            header.put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71});
        }
        return header.put(ascii("data")).putInt((int) dataBytes).array();
    }

    private static void putSample(ByteBuffer data, int tag, int bits, double value) {
        if (tag == FLOAT) {
            if (bits == 64) {
                data.putDouble(value);
            } else {
                data.putFloat((float) value);
            }
            return;
        }
        double scale = Math.pow(2, bits - 1);
        long sample = Math.round(Math.max(-scale, Math.min(scale - 1, value * scale)));
        switch (bits) {
            case 8 -> data.put((byte) (sample + 128));
            case 16 -> data.putShort((short) sample);
            case 24 -> data.put((byte) sample).put((byte) (sample >> 8)).put((byte) (sample >> 16));
            default -> data.putInt((int) sample);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
