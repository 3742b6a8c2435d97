package voiptui.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;

/**
 * A microphone and a speaker that advance one frame at a time under the test's control while a call's threads run.
 */
public final class SteppedAudio {

    private static final long TIMEOUT_MS = 20_000;
    private static final short[] CLOSED = {};

    private final BlockingQueue<short[]> toSay = new LinkedBlockingQueue<>();
    private final BlockingQueue<short[]> rooms = new LinkedBlockingQueue<>();
    private final BlockingQueue<short[]> written = new LinkedBlockingQueue<>();
    private final List<short[]> heard = new ArrayList<>();
    private volatile boolean microphoneClosed;
    private volatile boolean speakerClosed;

    /** The microphone hears a frame; the capture thread goes on with it. */
    public void say(short[] frame) {
        toSay.add(frame);
    }

    /** The speaker has room for a frame; returns when the playout thread has written it. */
    public void hear() throws InterruptedException {
        rooms.add(new short[1]);
        short[] frame = written.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        if (frame == null) {
            throw new AssertionError("no frame for the speaker");
        }
        heard.add(frame);
    }

    /** Returns all samples that the speaker played. */
    public short[] heard() {
        return Sounds.join(heard);
    }

    /** Whether both were closed. */
    public boolean isClosed() {
        return microphoneClosed && speakerClosed;
    }

    private static short[] take(BlockingQueue<short[]> from) throws AudioLostException {
        try {
            short[] taken = from.take();
            if (taken == CLOSED) {
                from.add(CLOSED);
                throw new AudioLostException("closed");
            }
            return taken;
        } catch (InterruptedException stop) {
            throw new AudioLostException("interrupted");
        }
    }

    /** The microphone. */
    public AudioSource microphone() {
        return new AudioSource() {
            @Override
            public void read(short[] frame) throws AudioLostException {
                System.arraycopy(take(toSay), 0, frame, 0, frame.length);
            }

            @Override
            public String name() {
                return "stepped microphone";
            }

            @Override
            public void close() {
                microphoneClosed = true;
                toSay.add(CLOSED);
            }
        };
    }

    /** The speaker. */
    public AudioSink speaker() {
        return new AudioSink() {
            private boolean hasRoom;

            @Override
            public void awaitRoom() throws AudioLostException {
                if (!hasRoom) {
                    take(rooms);
                    hasRoom = true;
                }
            }

            @Override
            public void write(short[] frame) throws AudioLostException {
                awaitRoom();
                hasRoom = false;
                written.add(frame.clone());
            }

            @Override
            public void drain() {
                // nothing lies in between
            }

            @Override
            public String name() {
                return "stepped speaker";
            }

            @Override
            public void close() {
                speakerClosed = true;
                rooms.add(CLOSED);
            }
        };
    }
}
