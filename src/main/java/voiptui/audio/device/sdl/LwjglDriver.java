package voiptui.audio.device.sdl;

import static org.lwjgl.sdl.SDLAudio.SDL_AUDIO_DEVICE_DEFAULT_PLAYBACK;
import static org.lwjgl.sdl.SDLAudio.SDL_AUDIO_DEVICE_DEFAULT_RECORDING;
import static org.lwjgl.sdl.SDLAudio.SDL_AUDIO_S16BE;
import static org.lwjgl.sdl.SDLAudio.SDL_AUDIO_S16LE;
import static org.lwjgl.sdl.SDLAudio.SDL_ClearAudioStream;
import static org.lwjgl.sdl.SDLAudio.SDL_DestroyAudioStream;
import static org.lwjgl.sdl.SDLAudio.SDL_GetAudioDeviceFormat;
import static org.lwjgl.sdl.SDLAudio.SDL_GetAudioDeviceName;
import static org.lwjgl.sdl.SDLAudio.SDL_GetAudioPlaybackDevices;
import static org.lwjgl.sdl.SDLAudio.SDL_GetAudioRecordingDevices;
import static org.lwjgl.sdl.SDLAudio.SDL_GetAudioStreamAvailable;
import static org.lwjgl.sdl.SDLAudio.SDL_GetAudioStreamDevice;
import static org.lwjgl.sdl.SDLAudio.SDL_GetAudioStreamQueued;
import static org.lwjgl.sdl.SDLAudio.SDL_GetCurrentAudioDriver;
import static org.lwjgl.sdl.SDLAudio.SDL_GetNumAudioDrivers;
import static org.lwjgl.sdl.SDLAudio.SDL_IsAudioDevicePlayback;
import static org.lwjgl.sdl.SDLAudio.SDL_OpenAudioDeviceStream;
import static org.lwjgl.sdl.SDLAudio.SDL_ResumeAudioStreamDevice;
import static org.lwjgl.sdl.SDLAudio.nSDL_GetAudioStreamData;
import static org.lwjgl.sdl.SDLAudio.nSDL_PutAudioStreamData;
import static org.lwjgl.sdl.SDLError.SDL_GetError;
import static org.lwjgl.sdl.SDLEvents.SDL_EVENT_AUDIO_DEVICE_ADDED;
import static org.lwjgl.sdl.SDLEvents.SDL_EVENT_AUDIO_DEVICE_REMOVED;
import static org.lwjgl.sdl.SDLEvents.SDL_PollEvent;
import static org.lwjgl.sdl.SDLHints.SDL_SetHint;
import static org.lwjgl.sdl.SDLInit.SDL_INIT_AUDIO;
import static org.lwjgl.sdl.SDLInit.SDL_InitSubSystem;
import static org.lwjgl.sdl.SDLInit.SDL_QuitSubSystem;
import static org.lwjgl.sdl.SDLStdinc.SDL_free;

import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import org.jspecify.annotations.Nullable;
import org.lwjgl.sdl.SDL_AudioSpec;
import org.lwjgl.sdl.SDL_Event;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;
import voiptui.audio.PcmFormat;
import voiptui.natives.NativeLibraries;

/** SDL itself. */
final class LwjglDriver implements SdlDriver {

    private static final String[] HINTS = {
        // Java handles signals.
        "SDL_NO_SIGNAL_HANDLERS", "1",
        "SDL_APP_NAME", "voiptui",
        "SDL_AUDIO_DEVICE_STREAM_NAME", "voiptui",
        "SDL_AUDIO_DEVICE_STREAM_ROLE", "Communication",
        "SDL_AUDIO_DEVICE_APP_ICON_NAME", "audio-headset",
    };

    private static final int S16 =
            ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? SDL_AUDIO_S16LE : SDL_AUDIO_S16BE;

    @Override
    public void load() {
        NativeLibraries.prepare();
        for (int i = 0; i < HINTS.length; i += 2) {
            SDL_SetHint(HINTS[i], HINTS[i + 1]);
        }
        // Looks up SDL's audio functions now.
        SDL_GetNumAudioDrivers();
    }

    @Override
    public @Nullable String connect() {
        return SDL_InitSubSystem(SDL_INIT_AUDIO) ? SDL_GetCurrentAudioDriver() : null;
    }

    @Override
    public void disconnect() {
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
    }

    @Override
    public int[] devices(Direction direction) {
        IntBuffer found =
                direction == Direction.CAPTURE ? SDL_GetAudioRecordingDevices() : SDL_GetAudioPlaybackDevices();
        if (found == null) {
            return new int[0];
        }
        int[] devices = new int[found.remaining()];
        found.get(found.position(), devices);
        SDL_free(found);
        return devices;
    }

    @Override
    public @Nullable String nameOf(int device) {
        return SDL_GetAudioDeviceName(device);
    }

    @Override
    public String formatOf(int device) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            SDL_AudioSpec spec = SDL_AudioSpec.calloc(stack);
            if (!SDL_GetAudioDeviceFormat(device, spec, stack.callocInt(1))) {
                return "";
            }
            String channels = switch (spec.channels()) {
                case 1 -> "mono";
                case 2 -> "stereo";
                default -> spec.channels() + " channels";
            };
            return spec.freq() + " Hz, " + channels;
        }
    }

    @Override
    public boolean poll(Removals removals) {
        boolean changed = false;
        try (MemoryStack stack = MemoryStack.stackPush()) {
            SDL_Event event = SDL_Event.malloc(stack);
            while (SDL_PollEvent(event)) {
                if (event.type() == SDL_EVENT_AUDIO_DEVICE_REMOVED) {
                    removals.onRemoved(event.adevice().which());
                    changed = true;
                } else if (event.type() == SDL_EVENT_AUDIO_DEVICE_ADDED) {
                    changed = true;
                }
            }
        }
        return changed;
    }

    @Override
    public long open(Direction direction, int device, PcmFormat format, int blockSamples) {
        SDL_SetHint("SDL_AUDIO_DEVICE_SAMPLE_FRAMES", Integer.toString(blockSamples));
        int byDefault =
                direction == Direction.CAPTURE ? SDL_AUDIO_DEVICE_DEFAULT_RECORDING : SDL_AUDIO_DEVICE_DEFAULT_PLAYBACK;
        try (MemoryStack stack = MemoryStack.stackPush()) {
            SDL_AudioSpec spec =
                    SDL_AudioSpec.calloc(stack).format(S16).channels(1).freq(format.sampleRateHz());
            long stream = SDL_OpenAudioDeviceStream(
                    device == DEFAULT_DEVICE ? byDefault : device, spec, null, MemoryUtil.NULL);
            if (stream != MemoryUtil.NULL) {
                SDL_ResumeAudioStreamDevice(stream);
            }
            return stream;
        }
    }

    @Override
    public int numberOf(long stream) {
        return SDL_GetAudioStreamDevice(stream);
    }

    @Override
    public int blockSamplesOf(long stream) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer frames = stack.callocInt(1);
            SDL_GetAudioDeviceFormat(SDL_GetAudioStreamDevice(stream), SDL_AudioSpec.calloc(stack), frames);
            return frames.get(0);
        }
    }

    @Override
    public String error() {
        String error = SDL_GetError();
        return error == null || error.isBlank() ? "no reason given" : error;
    }

    @Override
    public void clear(long stream) {
        SDL_ClearAudioStream(stream);
    }

    @Override
    public void close(long stream) {
        SDL_DestroyAudioStream(stream);
    }

    @Override
    public int available(long stream) {
        return SDL_GetAudioStreamAvailable(stream) / PcmFormat.BYTES_PER_SAMPLE;
    }

    @Override
    public int queued(long stream) {
        return SDL_GetAudioStreamQueued(stream) / PcmFormat.BYTES_PER_SAMPLE;
    }

    @Override
    public void read(long stream, ShortBuffer samples, int count) {
        nSDL_GetAudioStreamData(stream, MemoryUtil.memAddress0(samples), count * PcmFormat.BYTES_PER_SAMPLE);
    }

    @Override
    public void write(long stream, ShortBuffer samples, int count) {
        nSDL_PutAudioStreamData(stream, MemoryUtil.memAddress0(samples), count * PcmFormat.BYTES_PER_SAMPLE);
    }

    @Override
    public void discardCaptured(long stream) {
        if (!SDL_IsAudioDevicePlayback(SDL_GetAudioStreamDevice(stream))) {
            SDL_ClearAudioStream(stream);
        }
    }
}
