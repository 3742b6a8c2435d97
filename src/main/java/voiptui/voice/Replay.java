package voiptui.voice;

import static voiptui.time.NanoClock.NS_PER_MS;

import voiptui.rtp.repair.HistoryReader;
import voiptui.rtp.repair.ReceivedPackets;

/**
 * Plays what the other side said a moment ago once more, faster than it was said until it has caught up with what is heard now. The
 * pitch stays ({@link TimeStretch}), long pauses are shortened.
 *
 * <p>The packets come from the history, where those have arrived meanwhile that were too late or missing when they were due. The
 * live audio goes on until those have arrived that are missing then, for {@value #MAX_WAIT_MS} ms at most; those that come even
 * later are there if they are wanted once more. The receiver of the live audio is pulled all the time; its audio is replaced here.
 *
 * <p>Owned by the playout thread. Allocates nothing after construction.
 */
public final class Replay {

    /** How far back each request goes, in milliseconds. */
    public static final int STEP_MS = 8_000;
    /** How far back a replay can begin, in milliseconds. */
    public static final int MAX_BACK_MS = 30_000;
    /** How much faster than live it plays. */
    public static final double SPEED = 1.25;

    /** How long to wait for missing packets at first: so many round trips, but within these limits in milliseconds. */
    private static final double WAIT_ROUND_TRIPS = 8;

    private static final double MIN_WAIT_MS = 1_500;
    private static final double MAX_WAIT_MS = 3_000;
    /** So close to what is played live, in milliseconds, it has caught up ... */
    private static final double CAUGHT_UP_MS = 30;
    /** ... or, in a pause, so close. */
    private static final double CAUGHT_UP_IN_PAUSE_MS = 300;
    /** How much of a pause is played, in milliseconds. */
    private static final double PAUSE_MS = 250;
    /** RMS below which it is a pause: -46 dBFS, as for {@link TimeStretch}. */
    private static final double QUIET = 160;
    /** Packets decoded for one pull at most. */
    private static final int MAX_PACKETS_PER_PULL = 4;
    /** What should have been removed, in milliseconds, before a worse place is good enough. */
    private static final double URGENT_MS = 40;
    /** Where audio was left out, what is on both sides fades over this long, in milliseconds. */
    private static final int FADE_MS = 5;

    private enum State {
        LIVE,
        WAITING,
        REPLAYING
    }

    private final ReceivedPackets packets;
    private final HistoryReader reader;
    private final HistoryDecoder decoder;
    private final PlayoutAudio audio;
    private final int rateHz;
    private final int samplesPerUnit;
    private final short[] decoded;
    private final short[] replayed;
    /** The beginning of what was left out, which fades into what comes after it. */
    private final short[] leftOut;

    private boolean leavesOut;
    private State state = State.LIVE;
    private boolean fadesIn;
    private long startTime;
    private long startPosition;
    /** The newest packet when the replay was asked for. */
    private long newestAtStart;

    private long waitUntilNs;
    private double toRemove;
    private double pauseMs;
    private double lagAtStart;
    private double playedMs;
    private double lagMs;

    /**
     * Creates a replay that is not running.
     *
     * @param frameSamples the most samples of a pull
     */
    public Replay(StreamHistory history, int frameSamples) {
        this.packets = history.packets();
        this.reader = packets.reader();
        this.decoder = new HistoryDecoder(history);
        this.rateHz = decoder.rateHz();
        this.samplesPerUnit = history.samplesPerUnit();
        int longest = rateHz * HistoryDecoder.MAX_MS / 1000;
        this.audio = new PlayoutAudio(rateHz, (MAX_PACKETS_PER_PULL + 1) * longest);
        this.decoded = new short[longest];
        this.replayed = new short[frameSamples];
        this.leftOut = new short[rateHz * FADE_MS / 1000];
    }

    /**
     * Starts {@value #STEP_MS} ms before what is played live; once more: as much further back, as far as there is something.
     *
     * @param liveTime the time of the sample that is played live, in samples of the stream
     * @param roundTripMs to the other side and back; NaN: unknown
     * @param heals whether the other side sends what is missing
     * @return whether there is something to hear again
     */
    public boolean sayAgain(long liveTime, double roundTripMs, boolean heals, long nowNs) {
        long from = isRunning() ? startTime : liveTime;
        startTime = Math.max(from - toSamples(STEP_MS), liveTime - toSamples(MAX_BACK_MS));
        startPosition = reader.find(Math.floorDiv(startTime, samplesPerUnit));
        if (startPosition > packets.newest()) {
            backToLive();
            return false;
        }
        reader.look(startPosition);
        startTime = Math.max(startTime, reader.timestamp() * samplesPerUnit);
        packets.want(ReceivedPackets.Use.REPLAY, startPosition);
        double waitMs = Math.min(MAX_WAIT_MS, Math.max(MIN_WAIT_MS, WAIT_ROUND_TRIPS * roundTripMs));
        waitUntilNs = heals ? nowNs + (long) (waitMs * NS_PER_MS) : nowNs;
        newestAtStart = packets.newest();
        lagMs = toMs(liveTime - startTime);
        state = State.WAITING;
        return true;
    }

    /** Returns to what is played live with the next pull. */
    public void backToLive() {
        fadesIn = false;
        if (state != State.LIVE) {
            state = State.LIVE;
            packets.want(ReceivedPackets.Use.REPLAY, Long.MAX_VALUE);
        }
    }

    /** Returns whether a replay is running or about to. */
    public boolean isRunning() {
        return state != State.LIVE;
    }

    /**
     * Replaces the live audio, if a replay is running.
     *
     * @param live the audio to play, at the rate of the decoder
     * @param liveTime the time of its first sample, in samples of the stream
     */
    public void pull(short[] live, long liveTime, long nowNs) {
        if (state == State.WAITING) {
            if (nowNs - waitUntilNs < 0 && reader.missing(startPosition, newestAtStart) > 0) {
                return;
            }
            begin(liveTime);
        }
        if (state == State.LIVE) {
            return;
        }
        boolean continues = produce(live.length);
        audio.take(replayed, live.length);
        lagMs = toMs(liveTime - heardTime());
        playedMs += toMs(live.length);
        boolean caughtUp = lagMs <= (pauseMs > PAUSE_MS ? CAUGHT_UP_IN_PAUSE_MS : CAUGHT_UP_MS);
        if (caughtUp || !continues) {
            fade(replayed, live, live);
            backToLive();
        } else if (fadesIn) {
            fadesIn = false;
            fade(live, replayed, live);
        } else {
            System.arraycopy(replayed, 0, live, 0, live.length);
        }
    }

    private void begin(long liveTime) {
        state = State.REPLAYING;
        decoder.seek(startPosition);
        audio.clear();
        fadesIn = true;
        leavesOut = false;
        toRemove = 0;
        pauseMs = 0;
        playedMs = 0;
        lagAtStart = toMs(liveTime - startTime);
    }

    /** Decodes until there is enough for a frame, and makes it shorter; returns false when there is nothing left. */
    private boolean produce(int frameSamples) {
        toRemove += (SPEED - 1) * frameSamples;
        int needed = frameSamples + audio.samplesToShorten();
        for (int count = 0; audio.ready() < needed && !decoder.isAtEnd(); count++) {
            append(decoder.next(decoded), count < MAX_PACKETS_PER_PULL - 1);
        }
        while (toRemove > 0 && audio.ready() >= needed) {
            int removed = audio.shorten(audio.samplesToShorten(), toMs((long) toRemove) > URGENT_MS);
            if (removed == 0) {
                break;
            }
            toRemove -= removed;
        }
        if (audio.ready() >= frameSamples) {
            return true;
        }
        decoder.conceal(decoded, frameSamples);
        audio.append(decoded, frameSamples);
        return false;
    }

    private void append(int samples, boolean mayLeaveOut) {
        pauseMs = decoder.isPause() || isQuiet(samples) ? pauseMs + toMs(samples) : 0;
        if (pauseMs > PAUSE_MS && mayLeaveOut) {
            if (!leavesOut) {
                leavesOut = true;
                System.arraycopy(decoded, 0, leftOut, 0, Math.min(samples, leftOut.length));
            }
            return;
        }
        if (leavesOut) {
            leavesOut = false;
            int fade = Math.min(samples, leftOut.length);
            for (int i = 0; i < fade; i++) {
                decoded[i] = (short) (leftOut[i] + (decoded[i] - leftOut[i]) * i / fade);
            }
        }
        audio.append(decoded, samples);
    }

    private boolean isQuiet(int samples) {
        double sum = 0;
        for (int i = 0; i < samples; i++) {
            sum += (double) decoded[i] * decoded[i];
        }
        return sum < QUIET * QUIET * samples;
    }

    private static void fade(short[] from, short[] to, short[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = (short) (from[i] + (to[i] - from[i]) * i / into.length);
        }
    }

    private long heardTime() {
        return decoder.time() - audio.ready();
    }

    /** Returns how far behind live it is, in milliseconds. */
    public double behindMs() {
        return lagMs;
    }

    /** Returns in how long it will be live, in milliseconds, if pauses stay as frequent as they have been. */
    public double liveInMs() {
        double gained = state == State.REPLAYING && playedMs > 0 ? (lagAtStart - lagMs) / playedMs : 0;
        return lagMs / Math.max(SPEED - 1, gained);
    }

    /** Returns how many packets are missing that are still to be heard. */
    public int missing() {
        long from = state == State.REPLAYING ? decoder.position() : startPosition;
        return reader.missing(from, packets.newest());
    }

    /** Returns how many packets were missing when their turn came. */
    public int missed() {
        return state == State.WAITING ? 0 : decoder.missing();
    }

    private double toMs(long samples) {
        return 1000.0 * samples / rateHz;
    }

    private long toSamples(double ms) {
        return (long) (ms * rateHz / 1000);
    }
}
