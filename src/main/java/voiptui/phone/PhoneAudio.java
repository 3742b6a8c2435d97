package voiptui.phone;

import java.util.function.Supplier;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.call.AudioPort;
import voiptui.call.AudioWish;
import voiptui.call.CallPlace;

/**
 * What a phone speaks, hears and rings with. A device is opened for each call and each ringing, and given back after it.
 *
 * @param microphone opens the microphone for a call, or says why it cannot; may take a while
 * @param speaker opens the speaker for a call, or says why it cannot; may take a while
 * @param bell what rings when somebody calls; {@code null} for a phone that does not
 * @param place the other devices, and where recordings go
 */
public record PhoneAudio(
        Supplier<AudioPort<AudioSource>> microphone,
        Supplier<AudioPort<AudioSink>> speaker,
        AudioWish<AudioSink> bell,
        CallPlace place) {}
