package voiptui.cli.option;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.PcmFormat;
import voiptui.media.MediaConfig;
import voiptui.media.MediaEnvironment;
import voiptui.media.device.DeviceRequest;
import voiptui.protocol.MediaCodec;
import voiptui.time.NanoClock;
import voiptui.time.PacketTime;

/** The options that say what a call is spoken and heard with, and what becomes of them. */
public final class SoundOptions {

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

    @Option(names = "--loop", description = "Begin a --mic file again at its end.")
    private boolean loop;

    @Option(
            names = "--codec",
            defaultValue = "opus,pcm",
            paramLabel = "CODEC[,CODEC]",
            description = "How sound may be coded, the preferred way first: opus, pcm. Default: ${DEFAULT-VALUE}.")
    private String codec;

    @Option(
            names = "--jitter-buffer",
            defaultValue = "8",
            paramLabel = "PACKETS",
            description = "The most packets that wait to be played. Default: ${DEFAULT-VALUE}.")
    private int jitterBuffer;

    @Option(
            names = "--prefill",
            defaultValue = "60ms",
            paramLabel = "TIME",
            description = "Playout delay to aim at. Default: ${DEFAULT-VALUE}.")
    private Duration prefill;

    @Option(
            names = "--silence-threshold",
            defaultValue = "0.01",
            paramLabel = "LEVEL",
            description =
                    "Level, of full scale, below which the microphone counts as silent. Default: ${DEFAULT-VALUE}.")
    private double silenceThreshold;

    /** What is spoken and heard with, for sound of one format; nothing is opened yet. */
    public record Wishes(
            MediaEnvironment place, DeviceRequest<AudioSource> microphone, DeviceRequest<AudioSink> speaker) {}

    /** Checks the ranges. */
    public void check(Usage usage) {
        usage.check(jitterBuffer >= 2 && jitterBuffer <= 500, "--jitter-buffer should be from 2 to 500 packets");
        usage.check(silenceThreshold >= 0 && silenceThreshold <= 1, "--silence-threshold should be from 0 to 1");
        long prefillPackets = (prefill.toMillis() + PacketTime.MS - 1) / PacketTime.MS;
        usage.check(
                prefillPackets <= jitterBuffer,
                "--prefill of " + prefill.toMillis() + "ms needs --jitter-buffer " + prefillPackets
                        + " or more, since a packet is " + PacketTime.MS + "ms");
        codecs(usage);
        wishes(usage, PcmFormat.OPUS);
    }

    /** What is spoken and heard with, in frames of {@code format}. */
    public Wishes wishes(Usage usage, PcmFormat format) {
        MediaEnvironment place = MediaEnvironment.here(format, loop, NanoClock.SYSTEM);
        return new Wishes(
                place,
                usage.parse("--mic", () -> place.audio().microphone(mic)),
                usage.parse("--speaker", () -> place.audio().speaker(speaker)));
    }

    /** The codecs to offer, the preferred one first. */
    public List<MediaCodec> codecs(Usage usage) {
        return usage.parse(
                "--codec",
                () -> Arrays.stream(codec.split(",", -1))
                        .map(word -> MediaCodec.of(word.strip())
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "'" + word + "' is no codec; there are opus and pcm")))
                        .distinct()
                        .toList());
    }

    /** How calls sound. */
    public MediaConfig settings() {
        return new MediaConfig(jitterBuffer, (int) prefill.toMillis(), silenceThreshold);
    }
}
