package voiptui.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import voiptui.testkit.Wav;

/** Encodes and decodes speech, 20 ms at a time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class OpusBenchmark {

    private static final int FRAME_MS = 20;
    private static final int FRAMES = 500;

    /** The implementation of Opus. */
    @Param({"libopus", "Concentus"})
    public String library;

    private final short[][] frames = new short[FRAMES][];
    private final byte[][] payloads = new byte[FRAMES][];
    private final short[] heard = new short[6 * Opus.FRAME_SAMPLES];
    private FrameEncoder encoder;
    private FrameDecoder decoder;
    private ByteBuffer packet;
    private int at;

    /** Encodes ten seconds for the decoder. */
    @Setup
    public void encodeAll() throws IOException {
        OpusLibrary opus = library.equals("libopus") ? LibOpus.load() : new ConcentusOpus();
        encoder = opus.encoder(FRAME_MS);
        decoder = opus.decoder();
        packet = ByteBuffer.allocate(encoder.maxPayloadBytes());
        short[] speech = Wav.speech(FRAMES / 50, 1, Opus.RATE_HZ);
        for (int i = 0; i < FRAMES; i++) {
            frames[i] = Arrays.copyOfRange(speech, i * Opus.FRAME_SAMPLES, (i + 1) * Opus.FRAME_SAMPLES);
            payloads[i] = Arrays.copyOf(packet.array(), encoder.encode(frames[i], packet, 0));
        }
    }

    @Benchmark
    public int encode() {
        at = (at + 1) % FRAMES;
        return encoder.encode(frames[at], packet, 0);
    }

    @Benchmark
    public short decode() {
        at = (at + 1) % FRAMES;
        decoder.decode(payloads[at], payloads[at].length, heard);
        return heard[0];
    }
}
