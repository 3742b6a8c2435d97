package voiptui.codec;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import voiptui.audio.PcmFormat;
import voiptui.time.PacketTime;

/** Opus for speech, by {@link LibOpus} where that loads, otherwise by {@link ConcentusOpus}. Any thread. */
public final class Opus {

    /** Average bit rate in kbit/s, recommended for full-band speech (RFC 7587, 3.1.1). */
    public static final int BITRATE_KBPS = 32;

    /** Length of a frame unless a lower delay is wanted, in milliseconds. */
    public static final int FRAME_MS = 20;

    static final int RATE_HZ = PcmFormat.OPUS.sampleRateHz();
    static final int FRAME_SAMPLES = PcmFormat.OPUS.samplesOf(PacketTime.MS);

    private static final int SHORT_FRAME_MS = 10;

    private static final int WARM_UP_FRAMES = 100;

    /** How long to wait for another thread that loads the library, in milliseconds. */
    private static final long MAX_WAIT_MS = 1_000;

    private static final AtomicBoolean LOADING = new AtomicBoolean();
    private static final CountDownLatch LOADED = new CountDownLatch(1);

    private static volatile OpusLibrary library = new ConcentusOpus();
    private static volatile @Nullable String failure;

    private Opus() {}

    /**
     * Returns the implementation for new encoders and decoders. Calls {@link #load} first, which returns at once if a
     * background thread has called it before.
     */
    public static OpusLibrary library() {
        load();
        return library;
    }

    /**
     * Loads the native library unless that was done or tried before. Reads files; takes some tenths of a second. If another
     * thread is at it, waits for it, but no longer than a second.
     *
     * @return null if it is loaded, otherwise why it is not
     */
    public static @Nullable String load() {
        if (LOADING.compareAndSet(false, true)) {
            try {
                library = LibOpus.load();
            } catch (LinkageError | RuntimeException notHere) {
                failure = String.valueOf(notHere.getMessage());
            } finally {
                LOADED.countDown();
            }
        } else if (!awaitLoaded()) {
            return "it takes too long";
        }
        return failure;
    }

    /** Checks the length of an encoder's frames. */
    static void requireFrame(int frameMs) {
        if (frameMs != SHORT_FRAME_MS && frameMs != FRAME_MS) {
            throw new IllegalArgumentException("frames of " + frameMs + " ms");
        }
    }

    private static boolean awaitLoaded() {
        try {
            return LOADED.await(MAX_WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Loads the library, then encodes, recovers and decodes two seconds of noise, so that the JVM has compiled the codec before a call
     * needs it: interpreted, a frame of the Java implementation takes longer than it lasts. Takes up to a second of CPU time;
     * once per process is enough.
     */
    public static void warmUp() {
        FrameEncoder encoder = library().encoder(FRAME_MS);
        FrameDecoder decoder = library().decoder();
        Random noise = new Random(1);
        short[] frame = new short[FRAME_SAMPLES];
        short[] audio = new short[OpusFrameDecoder.MAX_SAMPLES];
        ByteBuffer packet = ByteBuffer.allocate(encoder.maxPayloadBytes());
        for (int i = 0; i < WARM_UP_FRAMES; i++) {
            if (i == WARM_UP_FRAMES / 2) {
                encoder.adapt(new EncoderSettings(BITRATE_KBPS * 1000, 10, false, 100, false));
            }
            // Varying loudness, as in speech, exercises more than one path through the codec.
            int loudness = 1 + (i % 10) * (i % 10) * 100;
            for (int at = 0; at < frame.length; at++) {
                frame[at] = (short) (noise.nextInt(2 * loudness) - loudness);
            }
            int bytes = encoder.encode(frame, packet, 0);
            decoder.recover(packet.array(), bytes, FRAME_SAMPLES, audio, FRAME_SAMPLES);
            decoder.decode(packet.array(), bytes, audio);
        }
        decoder.conceal(audio, FRAME_SAMPLES);
    }
}
