package voiptui.voice;

import java.util.Arrays;
import voiptui.codec.FrameDecoder;
import voiptui.jitter.ArrivalQueue;
import voiptui.jitter.DelayTarget;
import voiptui.jitter.PacketStore;

/**
 * Turns the packets of one stream into continuous audio, after WebRTC's NetEQ.
 *
 * <p>A packet that arrives is put into a {@link PacketStore}. {@link #pull} decodes what is due and decides what to do when it is
 * missing: a gap, when later packets are there already, is concealed and its packet counts as lost; an underrun, when nothing newer
 * has arrived, is concealed without giving the packet up, which makes the delay longer. The delay moves towards a {@link DelayTarget}
 * by {@link TimeStretch}, a pitch period at a time. Since the delay is measured against the fastest packets of late, a difference of
 * the clocks of sender and speaker is absorbed in the same way.
 *
 * <p>Owned by the playout thread. Allocates nothing after construction.
 */
public final class VoiceReceiver implements ArrivalQueue.Receiver {

    /** Above the target by this much, in milliseconds, pitch periods are removed ... */
    private static final double UPPER_MARGIN_MS = 10;
    /** ... until it is no longer above the target by this much. */
    private static final double SETTLED_MS = 4;
    /** Above the target by this much, periods are removed at every chance, with worse likeness. */
    private static final double URGENT_MS = 60;
    /** Above the target by this much, packets are skipped. */
    private static final double SKIP_MS = 400;
    /** The shortest time between two changes that are not urgent. */
    private static final double STRETCH_INTERVAL_MS = 50;
    /** Concealment after which the sender counts as paused, in milliseconds: an Opus or PCM concealment is silent by then. */
    private static final double MAX_UNDERRUN_MS = 200;
    /** A timestamp further away than this from what is played begins another stream, in milliseconds. */
    private static final double MAX_JUMP_MS = 10_000;
    /** The weight of a new reading of the delay. */
    private static final double SMOOTHING = 0.1;

    private final FrameDecoder decoder;
    private final PacketStore store;
    private final DelayTarget target;
    private final TimeStretch stretch;
    private final int rateHz;
    private final int frameSamples;
    private final int frameUnits;
    private final double unitsPerMs;
    private final byte[] payload;
    private final short[] frame;
    private final short[] concealment;
    private final short[] fade;
    /** What was played last, then what is decoded and not played yet. */
    private final short[] audio;

    private final int historySamples;
    private int readyAt;
    private int readySamples;

    private int stream;
    private boolean started;
    private boolean playing;
    private boolean ending;
    private boolean wasAudible;
    private boolean blending;
    private boolean shortening;
    private long next;
    private double underrunMs;
    private double delayMs;
    private double sinceStretchMs;
    private double pullMs;

    private long played;
    private long lost;
    private long skipped;
    private long late;
    private long undecodable;
    private long concealedSamples;
    private long removedSamples;
    private long addedSamples;

    /**
     * Creates a receiver that has heard nothing.
     *
     * @param decoder decodes one packet to one frame, at {@code rateHz}
     * @param rateHz sample rate of the decoded audio
     * @param frameSamples samples of a decoded packet
     * @param frameUnits how far the timestamps of successive packets are apart
     * @param maxPayloadBytes the longest payload
     * @param capacity the most packets that may wait
     */
    public VoiceReceiver(
            FrameDecoder decoder,
            DelayTarget target,
            int rateHz,
            int frameSamples,
            int frameUnits,
            int maxPayloadBytes,
            int capacity) {
        this.decoder = decoder;
        this.target = target;
        this.rateHz = rateHz;
        this.frameSamples = frameSamples;
        this.frameUnits = frameUnits;
        this.unitsPerMs = frameUnits / (1000.0 * frameSamples / rateHz);
        this.store = new PacketStore(capacity, maxPayloadBytes);
        this.stretch = new TimeStretch(rateHz);
        this.payload = new byte[maxPayloadBytes];
        this.frame = new short[rateHz * FrameDecoder.MAX_PAYLOAD_MS / 1000];
        this.concealment = new short[frameSamples];
        this.fade = new short[stretch.samplesToLengthen()];
        this.historySamples = stretch.samplesBeforeToLengthen();
        this.audio = new short[historySamples + 8 * frameSamples + rateHz / 10];
        this.readyAt = historySamples;
    }

    /** {@inheritDoc} */
    @Override
    public void onPacket(int newStream, long timestamp, long arrivalNs, byte[] data, int bytes) {
        if (newStream != stream || started && Math.abs(timestamp - next) > MAX_JUMP_MS * unitsPerMs) {
            stream = newStream;
            restart();
        }
        target.onPacket(timestamp / unitsPerMs, arrivalNs);
        switch (store.add(timestamp, true, data, bytes)) {
            case LATE -> late++;
            case DISPLACED_OLDEST -> skipped++;
            case QUEUED, REPLACED, DUPLICATE -> {}
        }
    }

    private void restart() {
        skipped += store.clear();
        target.clear();
        started = false;
        playing = false;
        ending = false;
        underrunMs = 0;
        blending = false;
    }

    /** Plays what is left without waiting for more; {@link #isEnding} then turns false. Later packets start another stream. */
    public void endOfStream() {
        ending = true;
    }

    /** Returns whether an ended stream still has something to play. */
    public boolean isEnding() {
        return ending;
    }

    /**
     * Fills {@code out} with the next samples to play.
     *
     * @param nowNs the time at which the first of them is handed to the speaker
     * @return whether something is being received; otherwise it is silence
     */
    public boolean pull(short[] out, long nowNs) {
        double nowMs = nowNs / 1e6;
        pullMs = toMs(out.length);
        if (ending && store.count() == 0 && readySamples < out.length) {
            ending = false;
            playing = false;
        }
        if (!playing && !begin(nowMs, nowNs)) {
            beSilent(out);
            return false;
        }
        if (!ending) {
            adapt(nowMs, nowNs, out.length);
        }
        while (readySamples < out.length) {
            produce();
        }
        System.arraycopy(audio, readyAt, out, 0, out.length);
        consume(out.length);
        sinceStretchMs += toMs(out.length);
        wasAudible = true;
        if (underrunMs > MAX_UNDERRUN_MS && store.count() == 0) {
            playing = false;
        }
        return true;
    }

    /** Fades out what was played last, so that the end of a stream does not click; then silence. */
    private void beSilent(short[] out) {
        Arrays.fill(out, (short) 0);
        if (wasAudible) {
            wasAudible = false;
            while (readySamples < out.length) {
                decoder.conceal(frame, frameSamples);
                append();
            }
            for (int i = 0; i < out.length; i++) {
                out[i] = (short) (audio[readyAt + i] * (out.length - i) / out.length);
            }
            consume(readySamples);
        }
    }

    private boolean begin(double nowMs, long nowNs) {
        if (store.count() == 0) {
            return false;
        }
        double waitedMs = nowMs - target.referenceMs() - store.firstTimestamp() / unitsPerMs;
        if (waitedMs < targetMs(nowNs) && !ending) {
            return false;
        }
        if (started) {
            lost += Math.max(0, (store.firstTimestamp() - next) / frameUnits);
        }
        next = store.firstTimestamp();
        started = true;
        playing = true;
        underrunMs = 0;
        delayMs = waitedMs;
        skipToTarget(waitedMs, targetMs(nowNs));
        return true;
    }

    /** Measures the delay that the next packet will have had when it is played, and moves it towards the target. */
    private void adapt(double nowMs, long nowNs, int wanted) {
        double readingMs = nowMs + toMs(readySamples) - target.referenceMs() - next / unitsPerMs;
        delayMs += (readingMs - delayMs) * SMOOTHING;
        double wantedMs = targetMs(nowNs);
        if (readingMs > wantedMs + SKIP_MS) {
            skipToTarget(readingMs, wantedMs);
            blending = true;
            return;
        }
        boolean urgent = delayMs > wantedMs + URGENT_MS;
        if (sinceStretchMs < STRETCH_INTERVAL_MS && !urgent || underrunMs > 0) {
            return;
        }
        shortening = delayMs > wantedMs + (shortening ? SETTLED_MS : UPPER_MARGIN_MS);
        if (shortening) {
            while (readySamples < Math.max(wanted, stretch.samplesToShorten()) && isNextHere()) {
                decodeNext();
            }
            if (readySamples >= stretch.samplesToShorten()) {
                shorten((int) ((delayMs - wantedMs) * rateHz / 1000), urgent);
            }
        } else if (delayMs < wantedMs) {
            while (readySamples < stretch.samplesToLengthen() && isNextHere()) {
                decodeNext();
            }
            if (readySamples >= stretch.samplesToLengthen()) {
                lengthen(wantedMs - delayMs > URGENT_MS);
            }
        }
    }

    private void shorten(int most, boolean urgent) {
        int removed = stretch.shorten(audio, readyAt, most, urgent);
        if (removed > 0) {
            // History and the rest stay next to each other.
            System.arraycopy(
                    audio, readyAt - historySamples, audio, readyAt - historySamples + removed, historySamples);
            readyAt += removed;
            readySamples -= removed;
            removedSamples += removed;
            delayMs -= toMs(removed);
            sinceStretchMs = 0;
        }
    }

    private void lengthen(boolean urgent) {
        int lag = stretch.lengthen(audio, readyAt, fade, urgent);
        if (lag > 0) {
            makeRoomFor(lag);
            // After the fade the audio goes on one period earlier than it was.
            System.arraycopy(
                    audio, readyAt - lag + fade.length, audio, readyAt + fade.length, readySamples + lag - fade.length);
            System.arraycopy(fade, 0, audio, readyAt, fade.length);
            readySamples += lag;
            addedSamples += lag;
            delayMs += toMs(lag);
            sinceStretchMs = 0;
        }
    }

    private boolean isNextHere() {
        return store.count() > 0 && store.firstTimestamp() == next;
    }

    private void produce() {
        if (store.count() > 0 && underrunMs > 0) {
            // What was concealed meanwhile stands for packets that turned out lost.
            long missing = (store.firstTimestamp() - next) / frameUnits;
            long covered = Math.min(missing, (long) (underrunMs / toMs(frameSamples)));
            next += covered * frameUnits;
            lost += covered;
            underrunMs = 0;
        }
        if (isNextHere()) {
            decodeNext();
        } else if (store.count() > 0) {
            conceal();
            next = Math.min(next + frameUnits, store.firstTimestamp());
            store.expect(next);
            lost++;
        } else {
            conceal();
            underrunMs += toMs(frameSamples);
        }
    }

    private void decodeNext() {
        int bytes = store.take(payload);
        if (blending) {
            decoder.conceal(concealment, frameSamples);
        }
        boolean oneFrame = decoder.samples(payload, bytes) == frameSamples;
        if (!oneFrame || decoder.decode(payload, bytes, frame) != frameSamples) {
            decoder.conceal(frame, frameSamples);
            undecodable++;
            concealedSamples += frameSamples;
        }
        for (int i = 0; blending && i < frameSamples; i++) {
            frame[i] = (short) (concealment[i] + (frame[i] - concealment[i]) * i / frameSamples);
        }
        blending = false;
        append();
        next += frameUnits;
        played++;
    }

    private void conceal() {
        decoder.conceal(frame, frameSamples);
        concealedSamples += frameSamples;
        append();
    }

    private void append() {
        makeRoomFor(frameSamples);
        System.arraycopy(frame, 0, audio, readyAt + readySamples, frameSamples);
        readySamples += frameSamples;
    }

    private void makeRoomFor(int samples) {
        if (readyAt + readySamples + samples > audio.length) {
            System.arraycopy(audio, readyAt - historySamples, audio, 0, historySamples + readySamples);
            readyAt = historySamples;
        }
    }

    private void consume(int samples) {
        readyAt += samples;
        readySamples -= samples;
    }

    /** Skips packets that would bring the delay back to the target, if there are so many. */
    private void skipToTarget(double readingMs, double wantedMs) {
        long frames = (long) ((readingMs - wantedMs) / toMs(frameSamples));
        long until = Math.min(next + frames * frameUnits, store.count() == 0 ? next : store.lastTimestamp());
        if (until <= next) {
            return;
        }
        long passed = (until - next) / frameUnits;
        long dropped = store.expect(until);
        skipped += dropped;
        lost += passed - dropped;
        next = until;
        delayMs = readingMs - passed * toMs(frameSamples);
    }

    /** Returns the packets played. */
    public long played() {
        return played;
    }

    /** Returns the packets that never came, or too late, and were concealed. */
    public long lost() {
        return lost;
    }

    /** Returns the packets left out, to get back to the target at once or because too many waited. */
    public long skipped() {
        return skipped;
    }

    /** Returns the packets that came after their playout time. */
    public long late() {
        return late;
    }

    /** Returns the packets played whose payload was invalid; their audio was concealed. */
    public long undecodable() {
        return undecodable;
    }

    /** Returns the audio that was made up for missing packets, in milliseconds. */
    public double concealedMs() {
        return toMs(concealedSamples);
    }

    /** Returns the audio that time stretching removed, in milliseconds. */
    public double removedMs() {
        return toMs(removedSamples);
    }

    /** Returns the audio that time stretching added, in milliseconds. */
    public double addedMs() {
        return toMs(addedSamples);
    }

    /** Returns the delay between the arrival of a packet that was not delayed and its playout, in milliseconds. */
    public double delayMs() {
        return delayMs;
    }

    /** Returns the delay aimed at, in milliseconds: a packet is needed up to one pull before its first sample is. */
    public double targetMs(long nowNs) {
        return target.targetMs(nowNs) + pullMs / 2;
    }

    private double toMs(long samples) {
        return 1000.0 * samples / rateHz;
    }
}
