package voiptui.media.record;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.FrameResampler;
import voiptui.rtp.repair.HistoryReader;
import voiptui.rtp.repair.ReceivedPackets;
import voiptui.voice.HistoryDecoder;
import voiptui.voice.StreamHistory;

/**
 * The other side of a recording: what it sent, decoded from the history and not as it was played, so that packets that came too late
 * or again are in it, and nothing is stretched.
 *
 * <p>Its time is that of the near side, counted in frames of 10 ms that the microphone has given: audio belongs to the frame that was
 * captured when a packet that the network did not delay was due to be played. Owned by the recorder thread. Allocates nothing per frame.
 */
final class FarSide {

    /** How long a packet is waited for that can be asked for again, in milliseconds ... */
    static final int HEALING_MS = 10_000;
    /** ... and if the peer does not send it again: it may still come as a copy. */
    static final int COPIES_MS = 500;

    /** For how long the fastest packet counts, in frames: 10 s. */
    private static final int WINDOW_FRAMES = 1_000;

    private final StreamHistory history;
    private final ReceivedPackets packets;
    private final HistoryReader newest;
    private final HistoryDecoder decoder;
    private final DoubleSupplier playoutDelayMs;
    private final int frameSamples;
    private final @Nullable FrameResampler resampler;
    private final short[] decoded;
    private final short[] waiting;
    private final short[] frame;
    private final long patienceNs;

    private int waitingSamples;
    private boolean seeked;
    private boolean anchored;
    private long seen = -1;
    private int stream;
    /** The largest difference between the time of a packet and that of its arrival, in samples: now and in the window before. */
    private double fastest = Double.NaN;

    private double fastestBefore = Double.NaN;
    private long windowEnd;
    private double delaySamples;

    /**
     * Creates the far side of a recording that begins now. Allocates.
     *
     * @param playoutDelayMs the delay that playout aims at, in milliseconds
     */
    FarSide(StreamHistory history, DoubleSupplier playoutDelayMs, PcmFormat devices) {
        this.history = history;
        this.packets = history.packets();
        this.newest = packets.reader();
        this.decoder = new HistoryDecoder(history);
        this.playoutDelayMs = playoutDelayMs;
        PcmFormat coded = PcmFormat.atRate(decoder.rateHz());
        this.frameSamples = coded.frameSamples();
        this.resampler = coded.equals(devices) ? null : new FrameResampler(coded, devices);
        int longest = decoder.rateHz() * HistoryDecoder.MAX_MS / 1000;
        this.decoded = new short[longest];
        this.waiting = new short[longest + frameSamples];
        this.frame = new short[frameSamples];
        this.patienceNs = (history.heals() ? HEALING_MS : COPIES_MS) * NS_PER_MS;
    }

    /** Returns the history that this is decoded from. */
    StreamHistory history() {
        return history;
    }

    /**
     * Looks at what has arrived.
     *
     * @param next the frame of the microphone that the next one belongs to
     * @param captured frames that the microphone has given
     */
    void update(long next, long captured, long nowNs) {
        long last = packets.newest();
        if (last == seen) {
            return;
        }
        seen = last;
        newest.look(last);
        if (!newest.isHere()) {
            return;
        }
        double age = (nowNs - newest.timeNs()) / (double) (PcmFormat.FRAME_MS * NS_PER_MS);
        double lead = newest.timestamp() * (double) history.samplesPerUnit() - (captured - age) * frameSamples;
        if (newest.stream() != stream) {
            stream = newest.stream();
            fastest = Double.NaN;
            fastestBefore = Double.NaN;
            delaySamples = playoutDelayMs.getAsDouble() * decoder.rateHz() / 1000;
            windowEnd = captured + WINDOW_FRAMES;
        } else if (captured >= windowEnd) {
            fastestBefore = fastest;
            fastest = Double.NaN;
            windowEnd = captured + WINDOW_FRAMES;
        }
        fastest = Double.isNaN(fastest) ? lead : Math.max(fastest, lead);
        if (!seeked) {
            seeked = true;
            decoder.seek(newest.find((long) Math.ceil(wanted(next) / history.samplesPerUnit())));
            packets.want(ReceivedPackets.Use.RECORDING, decoder.position());
        }
    }

    /** Returns the time in the stream that belongs to a frame of the microphone, in samples. */
    private double wanted(long captured) {
        double best = Double.isNaN(fastest) || fastestBefore > fastest ? fastestBefore : fastest;
        return captured * (double) frameSamples + best - delaySamples;
    }

    /** Returns how many frames too late the next one is for a frame of the microphone; negative: too early. */
    long framesBehind(long captured) {
        return anchored ? (long) ((wanted(captured) - decoder.time() + waitingSamples) / frameSamples) : 0;
    }

    /** Returns whether the next frame is complete, or what it lacks is given up. */
    boolean isReady(long nowNs) {
        if (!seeked || waitingSamples >= frameSamples) {
            return true;
        }
        if (decoder.isAtEnd()) {
            return !anchored;
        }
        return !decoder.isNextMissing() || nowNs - decoder.missingSinceNs() >= patienceNs || isOfOldStream();
    }

    private boolean isOfOldStream() {
        return decoder.position() < packets.firstOfStream();
    }

    /** Returns whether nothing is left of what has arrived. */
    boolean isAtEnd() {
        return !seeked || decoder.isAtEnd() && waitingSamples == 0;
    }

    /**
     * Writes the next frame.
     *
     * @param captured the frame of the microphone that it belongs to
     * @param audio receives it, in the format of the devices
     */
    void next(long captured, short[] audio) {
        while (seeked && waitingSamples < frameSamples && append(captured)) {}
        int samples = Math.min(waitingSamples, frameSamples);
        System.arraycopy(waiting, 0, frame, 0, samples);
        Arrays.fill(frame, samples, frameSamples, (short) 0);
        waitingSamples -= samples;
        System.arraycopy(waiting, samples, waiting, 0, waitingSamples);
        if (resampler == null) {
            System.arraycopy(frame, 0, audio, 0, frameSamples);
        } else {
            resampler.convert(frame, audio);
        }
    }

    /** Decodes a packet; returns false when its time has not come. */
    private boolean append(long captured) {
        if (decoder.isAtEnd()) {
            if (!anchored) {
                return false;
            }
            int missing = frameSamples - waitingSamples;
            decoder.conceal(decoded, missing);
            add(missing);
            return true;
        }
        boolean gaveUp = !decoder.isStarted() && decoder.isNextMissing();
        if (!gaveUp && decoder.isNextElsewhere()) {
            anchored = false;
            if (!isDue(captured)) {
                return false;
            }
            anchored = true;
        }
        int samples = decoder.next(decoded);
        packets.want(ReceivedPackets.Use.RECORDING, decoder.position());
        if (!gaveUp) {
            add(samples);
        }
        return true;
    }

    /** Returns whether a packet with a time of its own belongs to a frame of the microphone: that of an older stream always does. */
    private boolean isDue(long captured) {
        boolean isOld = isOfOldStream();
        return isOld || decoder.isNextElsewhere() && wanted(captured) >= decoder.nextTime() - frameSamples / 2;
    }

    private void add(int samples) {
        System.arraycopy(decoded, 0, waiting, waitingSamples, samples);
        waitingSamples += samples;
    }

    /** Returns how many packets came only because they were asked for again. */
    int healed() {
        return seeked ? decoder.healed() : 0;
    }

    /** Returns how many packets never came. */
    int missing() {
        return seeked ? decoder.missing() : 0;
    }

    /** Asks for nothing any more. */
    void close() {
        packets.want(ReceivedPackets.Use.RECORDING, Long.MAX_VALUE);
    }
}
