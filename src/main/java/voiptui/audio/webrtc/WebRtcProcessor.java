package voiptui.audio.webrtc;

import dev.onvoid.webrtc.media.audio.AudioProcessing;
import dev.onvoid.webrtc.media.audio.AudioProcessingConfig;
import dev.onvoid.webrtc.media.audio.AudioProcessingConfig.NoiseSuppression;
import dev.onvoid.webrtc.media.audio.AudioProcessingStreamConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import voiptui.audio.dsp.VoiceProcessor;

/**
 * WebRTC's audio processing module: echo canceller AEC3, noise suppressor, adaptive gain with limiter (AGC2).
 *
 * <p>Its own locks are taken by no other thread than the owner's. Rates other than 16, 32 and 48 kHz are resampled inside.
 * Delays the near end by 8 ms if it only suppresses noise, otherwise by 16 ms.
 */
public final class WebRtcProcessor implements VoiceProcessor {

    private static final int BLOCKS_PER_SECOND = 1000 / BLOCK_MS;

    /** The gain before speech was heard, in dB; more would only make the noise louder that is left. */
    private static final float INITIAL_GAIN_DB = 6;
    /** The loudest that the gain control makes noise, in dBFS. */
    private static final float MAX_NOISE_DBFS = -60;

    private final AudioProcessing module = new AudioProcessing();
    private final AudioProcessingStreamConfig stream;
    private final int blockSamples;
    private final byte[] input;
    private final byte[] output;
    private final ShortBuffer inputSamples;
    private final ShortBuffer outputSamples;

    private WebRtcProcessor(int sampleRateHz, AudioProcessingConfig config) {
        this.stream = new AudioProcessingStreamConfig(sampleRateHz, 1);
        this.blockSamples = sampleRateHz / BLOCKS_PER_SECOND;
        this.input = new byte[blockSamples * Short.BYTES];
        this.output = new byte[blockSamples * Short.BYTES];
        this.inputSamples =
                ByteBuffer.wrap(input).order(ByteOrder.nativeOrder()).asShortBuffer();
        this.outputSamples =
                ByteBuffer.wrap(output).order(ByteOrder.nativeOrder()).asShortBuffer();
        module.applyConfig(config);
    }

    /**
     * Returns a processor that suppresses noise and nothing else. {@link WebRtcLibrary#load} must have succeeded. Takes some
     * milliseconds.
     *
     * @param sampleRateHz samples per second, a multiple of 100
     */
    public static WebRtcProcessor noiseSuppressor(int sampleRateHz) {
        return new WebRtcProcessor(sampleRateHz, noiseSuppression());
    }

    /** As {@link #noiseSuppressor}, but with echo cancelling, gain control and limiter. */
    public static WebRtcProcessor all(int sampleRateHz) {
        AudioProcessingConfig config = noiseSuppression();
        config.echoCanceller.enabled = true;
        config.echoCanceller.enforceHighPassFiltering = true;
        config.gainControl.enabled = true;
        config.gainControl.adaptiveDigital.enabled = true;
        config.gainControl.adaptiveDigital.initialGainDb = INITIAL_GAIN_DB;
        config.gainControl.adaptiveDigital.maxOutputNoiseLevelDbfs = MAX_NOISE_DBFS;
        return new WebRtcProcessor(sampleRateHz, config);
    }

    private static AudioProcessingConfig noiseSuppression() {
        AudioProcessingConfig config = new AudioProcessingConfig();
        config.highPassFilter.enabled = true;
        config.noiseSuppression.enabled = true;
        config.noiseSuppression.level = NoiseSuppression.Level.HIGH;
        return config;
    }

    @Override
    public void farEnd(short[] samples, int at) {
        inputSamples.put(0, samples, at, blockSamples);
        module.processReverseStream(input, stream, stream, output);
    }

    @Override
    public void nearEnd(short[] samples, int at, int delayMs) {
        inputSamples.put(0, samples, at, blockSamples);
        module.setStreamDelayMs(delayMs);
        if (module.processStream(input, stream, stream, output) == 0) {
            outputSamples.get(0, samples, at, blockSamples);
        }
    }

    @Override
    public void close() {
        module.dispose();
    }
}
