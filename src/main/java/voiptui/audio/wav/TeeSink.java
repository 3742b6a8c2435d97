package voiptui.audio.wav;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.FramePacer;
import voiptui.audio.PlayoutSlot;

/**
 * Plays on a speaker and records the same audio to a file. The speaker is the clock.
 *
 * <p>The two fail independently: when the speaker is lost, recording continues in real time; when the file cannot be
 * written, playing continues. Only the loss of both is an {@link AudioLostException}. Owned by the playout thread; other
 * threads may call {@link #close} and the accessors.
 */
public final class TeeSink implements AudioSink {

    private final AudioSink speaker;
    private final WavWriter recording;
    private final FramePacer pacer;
    private final PlayoutSlot slot;
    /** Null while the speaker works. */
    private volatile @Nullable String speakerProblem;
    /** Null while the file can be written. */
    private volatile @Nullable String recordingProblem;

    private volatile boolean closed;

    /**
     * Plays on {@code speaker} and writes to {@code recording}; all three are closed with this sink.
     *
     * @param pacer paces the recording once the speaker is lost
     */
    public TeeSink(AudioSink speaker, WavWriter recording, FramePacer pacer) {
        this.speaker = speaker;
        this.recording = recording;
        this.pacer = pacer;
        this.slot = new PlayoutSlot(pacer);
    }

    @Override
    public void awaitRoom() {
        if (speakerProblem == null) {
            try {
                speaker.awaitRoom();
            } catch (AudioLostException e) {
                onSpeakerLost(e);
            }
        } else {
            slot.await();
        }
    }

    @Override
    public void write(short[] frame) throws AudioLostException {
        if (speakerProblem == null) {
            play(frame);
        } else if (!slot.use()) {
            closed = true;
        }
        if (closed) {
            throw new AudioLostException("the speaker was closed");
        }
        record(frame);
        if (speakerProblem != null && recordingProblem != null) {
            throw new AudioLostException(speakerProblem + "; " + recordingProblem);
        }
    }

    private void play(short[] frame) {
        try {
            speaker.write(frame);
        } catch (AudioLostException e) {
            onSpeakerLost(e);
        }
    }

    private void onSpeakerLost(AudioLostException lost) {
        speakerProblem = lost.getMessage();
        speaker.close();
    }

    private void record(short[] frame) {
        if (recordingProblem != null) {
            return;
        }
        try {
            recording.write(frame);
        } catch (IOException e) {
            recordingProblem = "cannot write " + recording.path() + ": " + FileErrorText.of(e);
        }
    }

    /** Returns why the speaker stopped, for people; empty while it works. Any thread. */
    public Optional<String> speakerProblem() {
        return Optional.ofNullable(speakerProblem);
    }

    /** Returns why recording stopped, for people; empty while it continues. Any thread. */
    public Optional<String> recordingProblem() {
        return Optional.ofNullable(recordingProblem);
    }

    @Override
    public long queuedNs() {
        return speakerProblem == null ? speaker.queuedNs() : 0;
    }

    @Override
    public int underruns() {
        return speaker.underruns();
    }

    @Override
    public void drain() {
        if (speakerProblem == null) {
            speaker.drain();
        }
    }

    @Override
    public String name() {
        return speaker.name() + " and file " + recording.path();
    }

    @Override
    public void close() {
        closed = true;
        pacer.close();
        speaker.close();
        recording.close();
    }
}
