package voiptui.cli.option;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.PcmFormat;
import voiptui.audio.device.BufferSize;
import voiptui.audio.spec.SoundSystem;
import voiptui.audio.spec.SpeakerSpec;
import voiptui.audio.wav.NewWavFile;
import voiptui.event.ProcessingMode;
import voiptui.media.MediaConfig;
import voiptui.media.MediaEnvironment;
import voiptui.media.device.DeviceRequest;
import voiptui.media.device.SystemDevices;
import voiptui.protocol.offer.MediaCodec;
import voiptui.time.NanoClock;

/** The options about devices, codecs and buffering. */
public final class SoundOptions {

    private static final long LONGEST_DELAY_MS = 5_000;
    private static final long USUAL_DELAY_MS = 10;
    private static final long LOW_LATENCY_DELAY_MS = 2;
    /** Opus at 8 kbit/s and the headers. */
    private static final int LEAST_BIT_RATE_KBPS = 24;

    private static final int MOST_BIT_RATE_KBPS = 1_000;

    @Option(
            names = "--mic",
            defaultValue = "default",
            paramLabel = "SPEC",
            description = "default, a device's name or index, file:PATH (WAV), tone[:HZ] or silence.")
    private String mic;

    @Option(
            names = "--speaker",
            defaultValue = "default",
            paramLabel = "SPEC",
            description = "default, a device's name or index, file:PATH (WAV) or null.")
    private String speaker;

    @Option(
            names = "--overwrite",
            fallbackValue = "true",
            description = "Replace an existing --speaker file instead of numbering the new one.")
    private boolean overwrite;

    @Option(
            names = "--audio-backend",
            defaultValue = "sdl",
            paramLabel = "sdl|java",
            description =
                    "How to use devices: SDL, or Java Sound, which adds 60 ms of delay. Default: ${DEFAULT-VALUE}.")
    private String audioBackend;

    @Option(names = "--mute", fallbackValue = "true", description = "Start each call muted.")
    private boolean mute;

    @Option(
            names = "--ptt",
            fallbackValue = "true",
            description = "Push to talk: muted except while Space is held; where the terminal does not report releases,"
                    + " from one press to the next.")
    private boolean pushToTalk;

    @Option(names = "--loop", fallbackValue = "true", description = "Repeat a --mic file.")
    private boolean loop;

    @Option(
            names = "--codec",
            defaultValue = "opus,pcm",
            paramLabel = "CODEC[,CODEC]",
            description = "Codecs to offer, the preferred one first: opus, pcm. Default: ${DEFAULT-VALUE}.")
    private String codec;

    @Option(
            names = "--min-delay",
            paramLabel = "TIME",
            description = "Shortest time that packets wait for playout. Default: 10ms, with --low-latency 2ms.")
    private @Nullable Duration minDelay;

    @Option(
            names = "--max-delay",
            defaultValue = "500ms",
            paramLabel = "TIME",
            description = "Longest time that packets wait for playout. Default: ${DEFAULT-VALUE}.")
    private Duration maxDelay;

    @Option(
            names = "--low-latency",
            fallbackValue = "true",
            description =
                    "Packets of 10 ms and the smallest device buffers: less delay for more bandwidth and CPU time.")
    private boolean lowLatency;

    @Option(
            names = "--max-bitrate",
            defaultValue = "96",
            paramLabel = "KBPS",
            description = "The most to send in a v2 call, in kbit/s, all headers included. Default: ${DEFAULT-VALUE}.")
    private int maxBitRateKbps;

    @Option(
            names = "--silence-threshold",
            paramLabel = "LEVEL",
            description = "Warn whenever the microphone stays below this level (0 to 1) for 2 s, 0.01 for example."
                    + " Default: once, if it seems not to work.")
    private @Nullable Double silenceThreshold;

    @Option(
            names = "--processing",
            paramLabel = "MODE",
            description = "Voice processing: off, ns (noise suppression), all (also echo cancelling, gain control)."
                    + " Default: all for a real microphone, off with"
                    + " --low-latency and for others.")
    private @Nullable String processing;

    /**
     * The devices that the options name; none is open.
     *
     * @param environment the other devices, and the folder for recordings
     * @param microphone the device or file of {@code --mic}
     * @param speaker the device or file of {@code --speaker}
     */
    public record RequestedDevices(
            MediaEnvironment environment, DeviceRequest<AudioSource> microphone, DeviceRequest<AudioSink> speaker) {}

    /** Checks the values. */
    public void check(Usage usage) {
        usage.check(
                silenceThreshold == null || silenceThreshold >= 0 && silenceThreshold <= 1,
                "--silence-threshold must be from 0 to 1");
        usage.check(maxDelay.toMillis() <= LONGEST_DELAY_MS, "--max-delay must be at most 5s");
        usage.check(minDelay().compareTo(maxDelay) <= 0, "--min-delay must not be longer than --max-delay");
        usage.check(
                processing == null || ProcessingMode.of(processing.strip()).isPresent(),
                "--processing must be off, ns or all");
        usage.check(
                maxBitRateKbps >= LEAST_BIT_RATE_KBPS && maxBitRateKbps <= MOST_BIT_RATE_KBPS,
                "--max-bitrate must be from " + LEAST_BIT_RATE_KBPS + " to " + MOST_BIT_RATE_KBPS);
        codecs(usage);
        backend(usage);
        devices(usage, PcmFormat.OPUS);
    }

    /** What is spoken and heard with, in frames of {@code format}. */
    public RequestedDevices devices(Usage usage, PcmFormat format) {
        MediaEnvironment environment = MediaEnvironment.here(new SystemDevices(
                format, loop, NanoClock.SYSTEM, new SoundSystem(backend(usage), buffers()), overwrite));
        return new RequestedDevices(
                environment,
                usage.parse("--mic", () -> environment.audio().microphone(mic)),
                usage.parse("--speaker", () -> environment.audio().speaker(speaker)));
    }

    /** Returns the WAV file that is written instead of playing; null: the speaker is none. */
    public @Nullable NewWavFile speakerFile() {
        return SpeakerSpec.parse(speaker) instanceof SpeakerSpec.WavFile wav ? wav.file() : null;
    }

    /** Processing takes 16 ms; null: as the microphone needs it. */
    private @Nullable ProcessingMode usualProcessing() {
        return lowLatency ? ProcessingMode.OFF : null;
    }

    /** Without the delay of processing, devices may have larger buffers, which cost less. */
    private BufferSize buffers() {
        boolean unprocessed =
                processing != null && ProcessingMode.of(processing.strip()).orElse(null) == ProcessingMode.OFF;
        return lowLatency ? BufferSize.SMALL : unprocessed ? BufferSize.LARGE : BufferSize.USUAL;
    }

    private Duration minDelay() {
        return minDelay != null ? minDelay : Duration.ofMillis(lowLatency ? LOW_LATENCY_DELAY_MS : USUAL_DELAY_MS);
    }

    private SoundSystem.Choice backend(Usage usage) {
        return usage.parse("--audio-backend", () -> SoundSystem.Choice.parse(audioBackend));
    }

    /** Returns the codecs to offer, the preferred one first. */
    public List<MediaCodec> codecs(Usage usage) {
        return usage.parse(
                "--codec",
                () -> Arrays.stream(codec.split(",", -1))
                        .map(word -> MediaCodec.of(word.strip())
                                .orElseThrow(() ->
                                        new IllegalArgumentException("unknown codec '" + word + "'; use opus or pcm")))
                        .distinct()
                        .toList());
    }

    /** Returns how sound is buffered and played. */
    public MediaConfig settings() {
        String mode = processing;
        return new MediaConfig(
                new MediaConfig.Delay((int) minDelay().toMillis(), (int) maxDelay.toMillis()),
                silenceThreshold,
                maxBitRateKbps * 1000,
                mode == null
                        ? usualProcessing()
                        : ProcessingMode.of(mode.strip()).orElse(null),
                lowLatency,
                mute || pushToTalk);
    }

    /** Returns whether the user is muted except while they talk. */
    public boolean isPushToTalk() {
        return pushToTalk;
    }
}
