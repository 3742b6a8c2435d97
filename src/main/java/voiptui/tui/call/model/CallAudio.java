package voiptui.tui.call.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.ProcessingMode;

/**
 * Microphone, speaker, mute and recordings. Immutable.
 *
 * @param microphone level and device of the microphone
 * @param speaker level and device of the speaker
 * @param mute whether the microphone is muted
 * @param onHold whether the user has put the call on hold
 * @param processing what is done to the microphone's signal
 * @param recording the recording in progress; null: none
 * @param recordings the files recorded so far, oldest first, each with what was lost of the other side
 */
public record CallAudio(
        AudioLevel microphone,
        AudioLevel speaker,
        Mute mute,
        boolean onHold,
        ProcessingMode processing,
        @Nullable RecordingFile recording,
        List<String> recordings) {

    static final CallAudio FIRST = new CallAudio(
            AudioLevel.unknown(AudioDirection.INPUT),
            AudioLevel.unknown(AudioDirection.OUTPUT),
            Mute.OFF,
            false,
            ProcessingMode.OFF,
            null,
            List.of());

    /** Copies the list. */
    public CallAudio {
        recordings = List.copyOf(recordings);
    }

    /**
     * A recording in progress.
     *
     * @param file its path
     * @param sinceMs when it started, in milliseconds since 1970
     */
    public record RecordingFile(String file, long sinceMs) {}

    /** Returns the level of one direction. */
    public AudioLevel level(AudioDirection direction) {
        return direction == AudioDirection.INPUT ? microphone : speaker;
    }

    /** Returns a copy with another level for the direction that {@code level} names. */
    public CallAudio with(AudioLevel level) {
        return level.direction() == AudioDirection.INPUT
                ? new CallAudio(level, speaker, mute, onHold, processing, recording, recordings)
                : new CallAudio(microphone, level, mute, onHold, processing, recording, recordings);
    }

    /** Returns a copy with another mute. */
    public CallAudio with(Mute newMute) {
        return new CallAudio(microphone, speaker, newMute, onHold, processing, recording, recordings);
    }

    /** Returns a copy of a call that is on hold, or not. */
    public CallAudio onHold(boolean hold) {
        return new CallAudio(microphone, speaker, mute, hold, processing, recording, recordings);
    }

    /** Returns a copy with another voice processing. */
    public CallAudio with(ProcessingMode newProcessing) {
        return new CallAudio(microphone, speaker, mute, onHold, newProcessing, recording, recordings);
    }

    /** Returns a copy after a recording started, ended or failed. */
    public CallAudio after(CallEvent.Recording event, long nowMs) {
        if (event.running()) {
            return new CallAudio(
                    microphone, speaker, mute, onHold, processing, new RecordingFile(event.file(), nowMs), recordings);
        }
        List<String> files = new ArrayList<>(recordings);
        if (!event.file().isEmpty()) {
            files.add(event.file() + (event.losses().isEmpty() ? "" : ": " + event.losses()));
        }
        return new CallAudio(microphone, speaker, mute, onHold, processing, null, files);
    }
}
