package voiptui.audio.spec;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.device.AudioBackend;
import voiptui.audio.device.AudioDevice;
import voiptui.audio.device.BufferSize;
import voiptui.audio.device.DeviceChoice;
import voiptui.audio.device.JavaSound;
import voiptui.audio.device.sdl.SdlBackend;

/**
 * The way to the devices that {@code --audio-backend} names, or Java Sound where SDL cannot be used: where its library does
 * not load, or finds no sound system. Any thread that may wait a second, as for each {@link AudioBackend}.
 */
public final class SoundSystem implements AudioBackend {

    /** A value of {@code --audio-backend}. */
    public enum Choice {
        /** SDL, or Java Sound if that cannot be used. */
        SDL,
        /** Java Sound. */
        JAVA;

        /**
         * Parses {@code sdl} or {@code java}.
         *
         * @throws IllegalArgumentException when the value is neither; the message is one line for people
         */
        public static Choice parse(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "sdl" -> SDL;
                case "java" -> JAVA;
                default -> throw new IllegalArgumentException("unknown audio backend '" + text + "'; use sdl or java");
            };
        }
    }

    private static final String CHOSEN = "chosen with --audio-backend";

    private final Choice choice;
    private final SdlBackend sdl;
    private final AudioBackend javaSound;
    /** Why SDL is not used; null while that is not known, empty if it is used. */
    private volatile @Nullable String reason;

    /**
     * Prepares for use; loads nothing yet.
     *
     * @param buffers how much SDL's devices take or deliver at a time; Java Sound has one size
     */
    public SoundSystem(Choice choice, BufferSize buffers) {
        this.choice = choice;
        this.sdl = new SdlBackend(buffers);
        this.javaSound = new JavaSound();
        this.reason = choice == Choice.JAVA ? CHOSEN : null;
    }

    /** Returns SDL with buffers of the usual size, or Java Sound if that cannot be used. */
    public static SoundSystem standard() {
        return new SoundSystem(Choice.SDL, BufferSize.USUAL);
    }

    private AudioBackend backend() throws AudioUnavailableException {
        String why = reason;
        if (why == null) {
            why = sdl.connect();
            reason = why;
        }
        return why.isEmpty() ? sdl : javaSound;
    }

    /**
     * Returns which one is in use and, if that is not SDL, why: {@code Java Sound (chosen with --audio-backend)}.
     *
     * @throws AudioUnavailableException when the sound system does not answer in time
     */
    public String explain() throws AudioUnavailableException {
        AudioBackend used = backend();
        String why = reason;
        return why == null || why.isEmpty() ? used.name() : used.name() + " (" + why + ")";
    }

    /** Returns whether Java Sound stands in for SDL, which the user would rather have. */
    public boolean isFallback() {
        String why = reason;
        return choice == Choice.SDL && why != null && !why.isEmpty();
    }

    @Override
    public String name() {
        String why = reason;
        return why == null || why.isEmpty() ? sdl.name() : javaSound.name();
    }

    @Override
    public List<AudioDevice> inputs() throws AudioUnavailableException {
        return backend().inputs();
    }

    @Override
    public List<AudioDevice> outputs() throws AudioUnavailableException {
        return backend().outputs();
    }

    @Override
    public AudioSource openSource(@Nullable DeviceChoice device, PcmFormat format) throws AudioUnavailableException {
        return backend().openSource(device, format);
    }

    @Override
    public AudioSink openSink(@Nullable DeviceChoice device, PcmFormat format) throws AudioUnavailableException {
        return backend().openSink(device, format);
    }

    @Override
    public void prepare() {
        try {
            backend();
        } catch (AudioUnavailableException notNow) {
            // reported when a device is opened
        }
    }

    @Override
    public int revision() {
        String why = reason;
        return why != null && why.isEmpty() ? sdl.revision() : 0;
    }
}
