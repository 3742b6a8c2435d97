package voiptui.codec;

import static org.lwjgl.util.opus.Opus.OPUS_OK;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import voiptui.natives.NativeLibraries;

/**
 * Opus by the reference implementation, libopus, with neural packet loss concealment ("deep PLC") and deep redundancy (DRED).
 *
 * <p>Native code: a malformed packet is rejected by {@link OpusPacket} and {@link OpusExtensions} before the library sees it. The
 * states live in direct buffers, which the garbage collector frees; nothing is allocated by the library. Allocates nothing per
 * frame.
 */
final class LibOpus implements OpusLibrary {

    private LibOpus() {}

    /**
     * Loads the library.
     *
     * @throws UnsatisfiedLinkError if it is not installed next to the program, or cannot be loaded; says why
     */
    static OpusLibrary load() {
        NativeLibraries.prepare();
        LibOpus library = new LibOpus();
        // Fails here rather than in a call if the library does not do what it should.
        library.decoder().conceal(new short[Opus.FRAME_SAMPLES], Opus.FRAME_SAMPLES);
        library.encoder(Opus.FRAME_MS)
                .encode(new short[Opus.FRAME_SAMPLES], ByteBuffer.allocate(OpusPacket.MAX_FRAME_BYTES), 0);
        return library;
    }

    @Override
    public String name() {
        return "libopus";
    }

    @Override
    public FrameEncoder encoder(int frameMs) {
        Opus.requireFrame(frameMs);
        return frameMs < Opus.FRAME_MS ? new LowDelayEncoder() : new LibOpusEncoder(false);
    }

    @Override
    public FrameDecoder decoder() {
        return new LibOpusDecoder();
    }

    static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    static void require(int result, String what) {
        if (result != OPUS_OK) {
            throw new IllegalStateException("libopus: " + what + " failed with " + result);
        }
    }
}
