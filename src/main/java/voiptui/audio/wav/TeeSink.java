package voiptui.audio.wav;

import java.io.IOException;
import java.util.Optional;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.FramePacer;
import voiptui.audio.PlayoutSlot;

/**
 * Plays on a speaker and records the same to a file. The speaker is the clock.
 *
 * <p>Neither takes the other with it: when the speaker is lost, the recording goes on at the pace of real time; when the
 * file cannot be written any more, the speaker goes on. Only the loss of both is an {@link AudioLostException}.
 */
public final class TeeSink implements AudioSink {

    private final AudioSink speaker;
    private final WavWriter recording;
    private final FramePacer pacer;
    private final PlayoutSlot turn;
    private volatile String speakerProblem;
    private volatile String recordingProblem;
    private volatile boolean closed;

    /** Plays on {@code speaker} and writes to {@code recording}; {@code pacer} stands in for a lost speaker. Closes all three. */
    public TeeSink(AudioSink speaker, WavWriter recording, FramePacer pacer) {
        this.speaker = speaker;
        this.recording = recording;
        this.pacer = pacer;
        this.turn = new PlayoutSlot(pacer);
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
            turn.await();
        }
    }

    @Override
    public void write(short[] frame) throws AudioLostException {
        if (speakerProblem == null) {
            play(frame);
        } else if (!turn.use()) {
            closed = true;
        }
        if (closed) {
            throw new AudioLostException("the sound output was closed");
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
            recordingProblem = "cannot write " + recording.path() + " any more: " + FileErrorText.of(e);
        }
    }

    /** Why the speaker is not heard any more, for people; empty while it is. Any thread. */
    public Optional<String> speakerProblem() {
        return Optional.ofNullable(speakerProblem);
    }

    /** Why the recording does not go on, for people; empty while it does. Any thread. */
    public Optional<String> recordingProblem() {
        return Optional.ofNullable(recordingProblem);
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
