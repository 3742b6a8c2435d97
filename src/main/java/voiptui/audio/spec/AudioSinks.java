package voiptui.audio.spec;

import java.time.InstantSource;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.FramePacer;
import voiptui.audio.NullSink;
import voiptui.audio.PcmFormat;
import voiptui.audio.device.AudioBackend;
import voiptui.audio.wav.WavSink;
import voiptui.time.NanoClock;
import voiptui.time.PacketTime;

/** Opens what {@code --speaker} names. */
public final class AudioSinks {

    /** Frames that the null speaker takes at a time: those of a media packet. */
    private static final int NULL_FRAMES = PacketTime.MS / PcmFormat.FRAME_MS;

    private AudioSinks() {}

    /**
     * Opens the sink; may block.
     *
     * @param clock paces sinks that are not devices
     * @param devices opens devices
     * @throws AudioUnavailableException when the device or file cannot be opened
     */
    public static AudioSink open(SpeakerSpec spec, PcmFormat format, NanoClock clock, AudioBackend devices)
            throws AudioUnavailableException {
        if (spec instanceof SpeakerSpec.WavFile wav) {
            return new WavSink(
                    wav.file().create(format.sampleRateHz(), 1, InstantSource.system()), new FramePacer(format, clock));
        }
        if (spec instanceof SpeakerSpec.Null) {
            return new NullSink(new FramePacer(format, clock), NULL_FRAMES);
        }
        if (spec instanceof SpeakerSpec.Device device) {
            return devices.openSink(device.choice(), format);
        }
        return devices.openSink(null, format);
    }
}
