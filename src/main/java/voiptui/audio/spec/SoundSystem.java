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
import voiptui.audio.device.DeviceSink;
import voiptui.audio.device.DeviceSource;
import voiptui.audio.device.DriverThread;
import voiptui.audio.device.JavaSound;
import voiptui.audio.device.sdl.SdlBackend;

/**
 * The way to the devices that {@code --audio-backend} names, or Java Sound where SDL cannot be used: where its library does
 * not load, or finds no sound system, and for a device that keeps no time, which SDL cannot use. Any thread that may wait a second, as for each {@link AudioBackend}.
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
    private static final String UNPACED = "it keeps no time, so Java Sound is used in place of SDL";

    private final Choice choice;
    private final SdlBackend sdl;
    private final JavaSound javaSound;
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
        try {
            return backend().openSource(device, format);
        } catch (AudioUnavailableException unusable) {
            DeviceSource opened = orJavaSound(unusable, () -> javaSound.openSource(device, format));
            opened.warn(UNPACED);
            return opened;
        }
    }

    @Override
    public AudioSink openSink(@Nullable DeviceChoice device, PcmFormat format) throws AudioUnavailableException {
        try {
            return backend().openSink(device, format);
        } catch (AudioUnavailableException unusable) {
            DeviceSink opened = orJavaSound(unusable, () -> javaSound.openSink(device, format));
            opened.warn(UNPACED);
            return opened;
        }
    }

    /** Opens a device that SDL cannot use through Java Sound, which may know it by the same name, or reports why SDL cannot. */
    private static <T> T orJavaSound(AudioUnavailableException unusable, DriverThread.Call<T> opening)
            throws AudioUnavailableException {
        if (unusable.subject() == AudioUnavailableException.Subject.UNPACED_DEVICE) {
            try {
                return opening.run();
            } catch (AudioUnavailableException unknown) {
                unusable.addSuppressed(unknown);
            }
        }
        throw unusable;
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
