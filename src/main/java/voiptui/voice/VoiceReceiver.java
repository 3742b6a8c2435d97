package voiptui.voice;

import java.util.Arrays;
import voiptui.codec.FrameDecoder;
import voiptui.codec.FrameDecoder.Recovered;
import voiptui.jitter.ArrivalQueue;
import voiptui.jitter.DelayTarget;
import voiptui.jitter.PacketOrigin;
import voiptui.jitter.PacketStore;

/**
 * Turns the packets of one stream into continuous audio, after WebRTC's NetEQ.
 *
 * <p>A packet that arrives is put into a {@link PacketStore}. {@link #pull} decodes what is due and decides what to do when it is
 * missing: a gap, when later packets are there already, is recovered from them or concealed; an underrun, when nothing newer has
 * arrived, is concealed without giving the packet up, which makes the delay longer. The delay moves towards a {@link DelayTarget} by
 * {@link TimeStretch}, a pitch period at a time. Since the delay is measured against the fastest packets of late, a difference of the
 * clocks of sender and speaker is absorbed in the same way. A pause that the sender announced is filled with the decoder's comfort
 * noise, and time goes on.
 *
 * <p>Owned by the playout thread. Allocates nothing after construction.
 */
public final class VoiceReceiver implements ArrivalQueue.Receiver {

    /** Above the target by this part of it, pitch periods are removed: each time is heard, if only just ... */
    private static final double UPPER_MARGIN_PART = 0.15;
    /** ... but by no less than this, in milliseconds: hardly more than the shortest period ... */
    private static final double LEAST_UPPER_MARGIN_MS = 3.5;
    /** ... until it is no longer above the target by this much. */
    private static final double SETTLED_MS = 2;
    /** Below the target by this much, in milliseconds, pitch periods are repeated. */
    private static final double LOWER_MARGIN_MS = 10;
    /** ... or by this much, once a packet or a repair came too late. */
    private static final double LATE_MARGIN_MS = 1;
    /** Away from the target by this much, periods are removed or repeated at every chance, with worse likeness. */
    private static final double URGENT_MS = 60;
    /** Above the target by this much, packets are skipped. */
    private static final double SKIP_MS = 400;
    /** The shortest time between two changes that are not urgent. */
    private static final double STRETCH_INTERVAL_MS = 50;
    /** How much is concealed at a time while nothing newer has arrived, in milliseconds: it makes the delay longer. */
    private static final double UNDERRUN_STEP_MS = 10;
    /** Concealment after which the sender counts as paused, in milliseconds: an Opus or PCM concealment is silent by then. */
    private static final double MAX_UNDERRUN_MS = 200;
    /** Comfort noise after which an announced pause counts as the end of the stream, in milliseconds: updates come every 400 ms. */
    private static final double MAX_PAUSE_MS = 2_000;
    /** A timestamp further away than this from what is played begins another stream, in milliseconds. */
    private static final double MAX_JUMP_MS = 10_000;
    /** The part of the store that the target may fill, where packets are so short that it holds little. */
    private static final double STORABLE_PART = 0.75;
    /** The weight of a new reading of the delay. */
    private static final double SMOOTHING = 0.1;
    /** Up to this far from the target, in milliseconds, only what lasts is corrected, unless a packet comes too late. */
    private static final double NEAR_MS = 25;
    /** How long a small deviation lasts before it counts, in milliseconds: the time constant of its mean ... */
    private static final double LASTING_MS = 1_000;
    /** ... which is as long as the stream, but at least this: at first the fastest packets are yet to come. */
    private static final double FIRST_LASTING_MS = 500;

    /**
     * The packets of a stream.
     *
     * @param samplesPerUnit samples of decoded audio in one unit of the timestamps
     * @param packetSamples samples in a packet, until one is decoded
     * @param maxPayloadBytes the longest payload
     * @param capacity the most packets that may wait
     */
    public record Format(int samplesPerUnit, int packetSamples, int maxPayloadBytes, int capacity) {}

    private final FrameDecoder decoder;
    private final PacketStore store;
    private final DelayTarget target;
    private final PlayoutAudio audio;
    private final MissedPackets missed = new MissedPackets();
    private final ReceiverCounts counts;
    private final int rateHz;
    private final int samplesPerUnit;
    private final int capacity;
    private final byte[] payload;
    private final short[] decoded;
    private final short[] concealment;

    private boolean timed;
    private long originNs;
    private int stream;
    private boolean started;
    private boolean playing;
    private boolean ending;
    private boolean paused;
    private boolean wasAudible;
    private boolean blending;
    private boolean shortening;
    /** Timestamp of the next sample to decode, in samples. */
    private long next;

    private int packetSamples;
    private int underrunSamples;
    private double pauseMs;
    private double delayMs;
    /** How far the delay is from the target; the delay is averaged while that is little. */
    private double deviationMs;
    /** How far the delay has been above the target for some time: the next readings may be less. */
    private final LeastOfLate excessMs = new LeastOfLate();

    /** The target at the last pull. */
    private double lastWantedMs;
    /** How long this stream has been played, in milliseconds. */
    private double heardMs;

    /** Whether a packet just came too late, or too early for the store. */
    private boolean misplaced;

    /** Whether something came too late since the target was last reached. */
    private boolean tooLate;

    private double sinceStretchMs;
    private double pullMs;

    /** Creates a receiver that has heard nothing. */
    public VoiceReceiver(FrameDecoder decoder, DelayTarget target, Format format) {
        this.decoder = decoder;
        this.target = target;
        this.rateHz = decoder.rateHz();
        this.samplesPerUnit = format.samplesPerUnit();
        this.packetSamples = format.packetSamples();
        this.capacity = format.capacity();
        this.store = new PacketStore(capacity, format.maxPayloadBytes());
        this.counts = new ReceiverCounts(rateHz);
        this.payload = new byte[format.maxPayloadBytes()];
        int longest = rateHz * FrameDecoder.MAX_PAYLOAD_MS / 1000;
        this.decoded = new short[longest];
        this.concealment = new short[longest];
        this.audio = new PlayoutAudio(rateHz, 4 * longest);
    }

    /** {@inheritDoc} */
    @Override
    public void onPacket(int newStream, long timestamp, long arrivedNs, PacketOrigin origin, byte[] data, int bytes) {
        long arrivalNs = elapsedNs(arrivedNs);
        long at = timestamp * samplesPerUnit;
        if (newStream != stream || started && Math.abs(at - next) > toSamples(MAX_JUMP_MS)) {
            stream = newStream;
            restart();
        }
        if (origin == PacketOrigin.ORIGINAL) {
            target.onPacket(toMs(at), arrivalNs);
        } else if (origin == PacketOrigin.COPY) {
            target.onCopy(toMs(at), arrivalNs);
        }
        switch (store.add(at, origin, data, bytes)) {
            case LATE -> onLate(at, arrivalNs, origin);
            case DISPLACED_OLDEST -> onDisplaced();
            case QUEUED -> {
                if (origin != PacketOrigin.ORIGINAL) {
                    onRepair(at, arrivalNs, origin);
                }
            }
            case REPLACED, DUPLICATE -> {}
        }
    }

    private void onLate(long at, long arrivalNs, PacketOrigin origin) {
        boolean wasMissed = missed.remove(at);
        if (!wasMissed) {
            return;
        }
        misplaced = true;
        tooLate = true;
        if (origin == PacketOrigin.ORIGINAL) {
            counts.onLate();
        } else {
            onRepair(at, arrivalNs, origin);
        }
    }

    private void onRepair(long at, long arrivalNs, PacketOrigin origin) {
        if (origin == PacketOrigin.COPY) {
            target.onFirstCopy(toMs(at), arrivalNs);
        } else {
            target.onRetransmission(toMs(at), arrivalNs);
        }
    }

    private void onDisplaced() {
        misplaced = true;
        // Otherwise the gap that it leaves is counted when its turn comes.
        if (!started || paused) {
            counts.onSkipped(1);
        }
    }

    private void restart() {
        counts.onSkipped(store.clear());
        target.clear();
        missed.clear();
        started = false;
        playing = false;
        ending = false;
        paused = false;
        underrunSamples = 0;
        heardMs = 0;
        blending = false;
        tooLate = false;
    }

    /**
     * Notes that the speaker ran out of audio, and is supplied later or earlier from now on: how far the delay is from the target
     * is clear at once, and need not last before it is corrected.
     */
    public void onSpeakerUnderrun() {
        misplaced = true;
        shortening = true;
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
     * Fills {@code out} with the next samples to play, at the decoder's rate.
     *
     * @param nowNs the time at which the first of them is handed to the speaker
     * @return whether something is being received; otherwise it is silence
     */
    public boolean pull(short[] out, long nowNs) {
        long elapsedNs = elapsedNs(nowNs);
        double elapsedMs = elapsedNs / 1e6;
        pullMs = toMs(out.length);
        if (ending && store.count() == 0 && audio.ready() < out.length) {
            ending = false;
            playing = false;
        }
        if (!playing && !begin(elapsedMs, elapsedNs)) {
            beSilent(out);
            return false;
        }
        if (!ending) {
            adapt(elapsedMs, elapsedNs, out.length);
        }
        while (audio.ready() < out.length) {
            produce();
        }
        audio.take(out);
        sinceStretchMs += toMs(out.length);
        wasAudible = true;
        if (store.count() == 0 && (toMs(underrunSamples) > MAX_UNDERRUN_MS || pauseMs > MAX_PAUSE_MS)) {
            playing = false;
        }
        return true;
    }

    /** Fades out what was played last, so that the end of a stream does not click; then silence. */
    private void beSilent(short[] out) {
        Arrays.fill(out, (short) 0);
        if (wasAudible) {
            wasAudible = false;
            while (audio.ready() < out.length) {
                decoder.conceal(concealment, packetSamples);
                audio.append(concealment, packetSamples);
            }
            audio.takeFadingOut(out);
        }
    }

    private boolean begin(double elapsedMs, long elapsedNs) {
        if (store.count() == 0) {
            return false;
        }
        double waitedMs = elapsedMs - target.referenceMs() - toMs(store.firstTimestamp());
        // What is decoded now is needed now: the half pull in the target is for sound that is decoded before.
        if (waitedMs < targetAtMs(elapsedNs) - pullMs / 2 && !ending && !store.isFull()) {
            return false;
        }
        if (started && !paused) {
            counts.onLost(Math.max(0, (store.firstTimestamp() - next) / packetSamples));
        }
        next = store.firstTimestamp();
        started = true;
        playing = true;
        underrunSamples = 0;
        pauseMs = 0;
        delayMs = waitedMs;
        misplaced = true;
        skipToTarget(waitedMs, targetAtMs(elapsedNs));
        return true;
    }

    /** Measures the delay that the next packet will have had when it is played, and moves it towards the target. */
    private void adapt(double elapsedMs, long elapsedNs, int wanted) {
        double readingMs = elapsedMs + toMs(audio.ready()) - target.referenceMs() - toMs(next);
        delayMs += (readingMs - delayMs) * (misplaced ? 1 : SMOOTHING);
        double wantedMs = targetAtMs(elapsedNs);
        if (readingMs > wantedMs + SKIP_MS) {
            skipToTarget(readingMs, wantedMs);
            blending = true;
            return;
        }
        double nowMs = delayMs - wantedMs;
        deviationMs += lastWantedMs - wantedMs;
        excessMs.shift(lastWantedMs - wantedMs);
        lastWantedMs = wantedMs;
        boolean small = Math.max(Math.abs(nowMs), Math.abs(deviationMs)) < NEAR_MS;
        heardMs += pullMs;
        double lastingMs = Math.max(FIRST_LASTING_MS, Math.min(LASTING_MS, heardMs));
        if (small && !misplaced) {
            deviationMs += (nowMs - deviationMs) * pullMs / lastingMs;
            excessMs.add(nowMs, pullMs);
        } else {
            deviationMs = nowMs;
            excessMs.set(nowMs);
        }
        misplaced = underrunSamples > 0;
        boolean urgent = Math.abs(nowMs) > URGENT_MS;
        if (sinceStretchMs < STRETCH_INTERVAL_MS && !urgent || underrunSamples > 0) {
            return;
        }
        double upperMarginMs = Math.max(LEAST_UPPER_MARGIN_MS, UPPER_MARGIN_PART * wantedMs);
        shortening = excessMs.value() > (shortening ? SETTLED_MS : upperMarginMs);
        if (shortening) {
            decodeUntil(Math.max(wanted, audio.samplesToShorten()));
            int spare = isNextHere() ? audio.ready() : audio.ready() - wanted;
            onStretched(-audio.shorten(Math.min(toSamples(excessMs.value()), spare), urgent));
            return;
        }
        tooLate &= deviationMs < -LATE_MARGIN_MS;
        if (tooLate || deviationMs < -LOWER_MARGIN_MS) {
            decodeUntil(audio.samplesToLengthen());
            if (audio.ready() >= audio.samplesToLengthen()) {
                onStretched(audio.lengthen(urgent));
            }
        }
    }

    private void decodeUntil(int samples) {
        while (audio.ready() < samples && isNextHere()) {
            decodeNext();
        }
    }

    private void onStretched(int samples) {
        if (samples > 0) {
            counts.onAddedAudio(samples);
        } else {
            counts.onRemovedAudio(-samples);
        }
        if (samples != 0) {
            delayMs += toMs(samples);
            deviationMs += toMs(samples);
            excessMs.shift(toMs(samples));
            sinceStretchMs = 0;
        }
    }

    private boolean isNextHere() {
        return store.count() > 0 && store.firstTimestamp() == next;
    }

    private void produce() {
        if (store.count() > 0 && underrunSamples > 0) {
            onUnderrunOver();
        }
        if (isNextHere()) {
            decodeNext();
        } else if (paused) {
            fillPause();
        } else if (store.count() > 0) {
            recoverOrConceal();
        } else {
            int samples = Math.min(packetSamples, toSamples(UNDERRUN_STEP_MS));
            conceal(samples);
            underrunSamples += samples;
            misplaced = true;
        }
    }

    /** What was concealed during the underrun stands for packets that turned out lost; the last of them is completed. */
    private void onUnderrunOver() {
        long missing = (store.firstTimestamp() - next) / packetSamples;
        int concealed = underrunSamples;
        underrunSamples = 0;
        for (; missing > 0 && concealed > 0; missing--) {
            if (concealed < packetSamples) {
                conceal(packetSamples - concealed);
            }
            onMissed(Recovered.NONE);
            concealed -= packetSamples;
        }
    }

    private void decodeNext() {
        int bytes = store.take(payload);
        if (blending) {
            decoder.conceal(concealment, packetSamples);
        }
        int samples = decoder.decode(payload, bytes, decoded);
        if (samples == 0) {
            counts.onUndecodable();
            conceal(packetSamples);
            next += packetSamples;
        } else {
            if (blending) {
                blend(Math.min(samples, packetSamples));
            }
            audio.append(decoded, samples);
            counts.onPlayed(store.takenOrigin());
            target.onPlayed(store.takenOrigin() != PacketOrigin.ORIGINAL);
            packetSamples = samples;
            next += samples;
        }
        blending = false;
        paused = decoder.beginsPause(payload, bytes);
        pauseMs = 0;
        counts.onSkipped(store.expect(next));
    }

    private void blend(int samples) {
        for (int i = 0; i < samples; i++) {
            decoded[i] = (short) (concealment[i] + (decoded[i] - concealment[i]) * i / samples);
        }
    }

    /** Returns whether the sender has announced a pause that has not ended. */
    public boolean isPauseAnnounced() {
        return started && paused;
    }

    /** Plays comfort noise, but not past the packet that ends the pause. */
    private void fillPause() {
        long left = store.count() == 0 ? packetSamples : store.firstTimestamp() - next;
        int samples = (int) Math.min(packetSamples, left);
        decoder.conceal(concealment, packetSamples);
        audio.append(concealment, samples);
        next += samples;
        store.expect(next);
        pauseMs += toMs(samples);
    }

    private void recoverOrConceal() {
        long gap = store.firstTimestamp() - next;
        if (gap < packetSamples) {
            // The timestamps do not fit the lengths of the packets.
            next = store.firstTimestamp();
            return;
        }
        int bytes = store.peek(payload);
        Recovered how = decoder.recover(payload, bytes, (int) gap, decoded, packetSamples);
        if (how == Recovered.NONE) {
            conceal(packetSamples);
        } else {
            audio.append(decoded, packetSamples);
        }
        onMissed(how);
        store.expect(next);
    }

    private void onMissed(Recovered how) {
        counts.onRecovered(how);
        target.onPlayed(true);
        missed.add(next);
        next += packetSamples;
    }

    private void conceal(int samples) {
        decoder.conceal(concealment, samples);
        counts.onConcealedAudio(samples);
        audio.append(concealment, samples);
    }

    /** Skips packets that would bring the delay back to the target, if there are so many. */
    private void skipToTarget(double readingMs, double wantedMs) {
        long packets = toSamples(readingMs - wantedMs) / packetSamples;
        long until = Math.min(next + packets * packetSamples, store.count() == 0 ? next : store.lastTimestamp());
        if (until <= next) {
            return;
        }
        long passed = (until - next) / packetSamples;
        long dropped = store.expect(until);
        counts.onSkipped(dropped);
        counts.onLost(Math.max(0, passed - dropped));
        next = until;
        delayMs = readingMs - passed * toMs(packetSamples);
    }

    /** Returns the time of the next sample to play, in samples of the stream; what was stretched counts as it was sent. */
    public long time() {
        return next - audio.ready();
    }

    /** Returns what became of the packets. */
    public ReceiverCounts counts() {
        return counts;
    }

    /** Returns the sample rate of the audio, in hertz. */
    public int rateHz() {
        return rateHz;
    }

    /** Returns the delay between the arrival of a packet that was not delayed and its playout, in milliseconds. */
    public double delayMs() {
        return delayMs;
    }

    /** Returns the delay aimed at, in milliseconds: a packet is needed up to one pull before its first sample is. */
    public double targetMs(long nowNs) {
        return targetAtMs(elapsedNs(nowNs));
    }

    private double targetAtMs(long elapsedNs) {
        double storableMs = toMs((long) (STORABLE_PART * capacity) * packetSamples);
        return Math.min(target.targetMs(elapsedNs), storableMs) + pullMs / 2;
    }

    /** Returns the time since the first call: the clock may wrap. */
    private long elapsedNs(long clockNs) {
        if (!timed) {
            timed = true;
            originNs = clockNs;
        }
        return clockNs - originNs;
    }

    private double toMs(long samples) {
        return 1000.0 * samples / rateHz;
    }

    private int toSamples(double ms) {
        return (int) (ms * rateHz / 1000);
    }
}
