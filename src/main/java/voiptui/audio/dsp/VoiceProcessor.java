package voiptui.audio.dsp;

/**
 * Improves the sound of a microphone: removes the echo of the speaker and noise, and evens out the level.
 *
 * <p>The <em>near end</em> is what the microphone records, the <em>far end</em> is what the speaker plays, which returns to
 * the microphone as echo. Both are mono blocks of {@value #BLOCK_MS} ms at the rate of the processor. A far-end block is
 * passed before the near-end block that may contain its echo.
 *
 * <p>Owned by one thread at a time, which must not block. Allocates nothing per block.
 */
public interface VoiceProcessor extends AutoCloseable {

    /** Length of a block in milliseconds. */
    int BLOCK_MS = 10;

    /** Learns what the speaker plays: {@code samples[at..at + block)}, which is not changed. */
    void farEnd(short[] samples, int at);

    /**
     * Processes what the microphone recorded, {@code samples[at..at + block)}, in place.
     *
     * @param delayMs time from passing a far-end block to its echo in a near-end block, as far as known, in milliseconds:
     *     the latencies of speaker and microphone together
     */
    void nearEnd(short[] samples, int at, int delayMs);

    /** Frees what it uses outside the Java heap. It must not be used any more. */
    @Override
    void close();
}
