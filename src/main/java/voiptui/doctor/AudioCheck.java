package voiptui.doctor;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.LevelMeter;
import voiptui.audio.spec.AudioSinks;
import voiptui.audio.spec.AudioSources;
import voiptui.audio.spec.MicSpec;
import voiptui.audio.spec.SoundSystem;
import voiptui.audio.spec.SpeakerSpec;
import voiptui.doctor.Finding.Trouble;
import voiptui.time.NanoClock;

/**
 * Tries out a microphone and a speaker the way a call uses them. Blocks its caller for one or two seconds; if somebody can be
 * asked to speak, for up to six.
 *
 * @param microphone the microphone to try
 * @param speaker the speaker to try
 * @param devices opens devices
 * @param report receives each finding
 * @param prompt asks the user to speak; null: nobody is there
 */
public record AudioCheck(
        MicSpec microphone,
        SpeakerSpec speaker,
        SoundSystem devices,
        NanoClock clock,
        Consumer<Finding> report,
        @Nullable SpeechPrompt prompt) {

    private static final PcmFormat FORMAT = PcmFormat.OPUS;
    private static final int LISTENED_FRAMES = 1000 / FORMAT.frameMs();
    private static final int PLAYED_FRAMES = 200 / FORMAT.frameMs();

    /** Tries out both, after the way to them. */
    public void run() {
        if (microphone.isDevice() || speaker.isDevice()) {
            report.accept(backend());
        }
        report.accept(listen());
        report.accept(play());
    }

    private Finding backend() {
        try {
            String used = devices.explain();
            return devices.isFallback()
                    ? Finding.warning(
                            "sound system",
                            used,
                            "Java Sound works, with more delay; to use SDL, install voiptui with its native libraries")
                    : Finding.ok("sound system", used);
        } catch (AudioUnavailableException noAnswer) {
            return Finding.failure(
                    "sound system",
                    noAnswer.getMessage(),
                    "restart the sound server, or try --audio-backend java",
                    Trouble.NO_AUDIO);
        }
    }

    private Finding listen() {
        try (AudioSource source = AudioSources.open(microphone, FORMAT, true, clock, devices)) {
            SpeechPrompt asker = microphone.isDevice() ? prompt : null;
            Finding heard = asker == null
                    ? Findings.microphone(source.name(), peakDbfs(source))
                    : Findings.microphoneAfterAsking(source.name(), SpeechListening.run(source, FORMAT, asker));
            return Findings.problem("microphone", source)
                    .filter(found -> microphone.isDevice())
                    .orElse(heard);
        } catch (AudioUnavailableException | AudioLostException none) {
            return Finding.failure(
                    "microphone",
                    String.valueOf(none.getMessage()),
                    "'voiptui devices' lists the devices; is a sound server running, and may this user access it?",
                    Trouble.NO_AUDIO);
        }
    }

    private static double peakDbfs(AudioSource source) throws AudioLostException {
        LevelMeter meter = new LevelMeter();
        short[] frame = new short[FORMAT.frameSamples()];
        for (int i = 0; i < LISTENED_FRAMES; i++) {
            source.read(frame);
            meter.add(frame);
        }
        return meter.peakDbfs();
    }

    private Finding play() {
        try (AudioSink sink = AudioSinks.open(speaker, FORMAT, clock, devices)) {
            short[] silence = new short[FORMAT.frameSamples()];
            for (int i = 0; i < PLAYED_FRAMES; i++) {
                sink.awaitRoom();
                sink.write(silence);
            }
            return Findings.problem("speaker", sink).orElseGet(() -> Finding.ok("speaker", sink.name()));
        } catch (AudioUnavailableException | AudioLostException none) {
            return Finding.failure(
                    "speaker",
                    String.valueOf(none.getMessage()),
                    "'voiptui devices' lists the devices; is a sound server running, and may this user access it?",
                    Trouble.NO_AUDIO);
        }
    }
}
