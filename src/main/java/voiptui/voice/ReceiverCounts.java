package voiptui.voice;

import voiptui.codec.FrameDecoder.Recovered;
import voiptui.jitter.PacketOrigin;

/**
 * What became of the packets whose turn to be played came, and how the audio was changed. Every packet expected was played, recovered,
 * concealed or skipped.
 *
 * <p>Owned by the playout thread.
 */
public final class ReceiverCounts {

    private final int rateHz;
    private long played;
    private long fromCopies;
    private long retransmitted;
    private long fromFec;
    private long fromDred;
    private long concealed;
    private long skipped;
    private long late;
    private long undecodable;
    private long concealedSamples;
    private long removedSamples;
    private long addedSamples;

    ReceiverCounts(int rateHz) {
        this.rateHz = rateHz;
    }

    void onPlayed(PacketOrigin origin) {
        switch (origin) {
            case ORIGINAL -> played++;
            case RETRANSMISSION -> retransmitted++;
            case COPY -> fromCopies++;
        }
    }

    void onRecovered(Recovered how) {
        switch (how) {
            case FEC -> fromFec++;
            case DRED -> fromDred++;
            case NONE -> concealed++;
        }
    }

    void onLost(long packets) {
        concealed += packets;
    }

    void onSkipped(long packets) {
        skipped += packets;
    }

    void onLate() {
        late++;
    }

    void onUndecodable() {
        undecodable++;
        concealed++;
    }

    void onConcealedAudio(int samples) {
        concealedSamples += samples;
    }

    void onRemovedAudio(int samples) {
        removedSamples += samples;
    }

    void onAddedAudio(int samples) {
        addedSamples += samples;
    }

    /** Returns the packets whose turn came: the sum of those played, recovered, concealed and skipped. */
    public long expected() {
        return played + recovered() + concealed + skipped;
    }

    /** Returns the packets played from the packet itself. */
    public long played() {
        return played;
    }

    /** Returns the packets recovered in whatever way. */
    public long recovered() {
        return fromCopies + retransmitted + fromFec + fromDred;
    }

    /** Returns the packets played from a redundant copy (RFC 2198). */
    public long recoveredFromCopies() {
        return fromCopies;
    }

    /** Returns the packets played from a retransmission (RFC 4588). */
    public long recoveredByRetransmission() {
        return retransmitted;
    }

    /** Returns the packets recovered from in-band forward error correction. */
    public long recoveredFromFec() {
        return fromFec;
    }

    /** Returns the packets recovered from deep redundancy. */
    public long recoveredFromDred() {
        return fromDred;
    }

    /** Returns the packets that never came, came too late or could not be decoded, and were concealed. */
    public long concealed() {
        return concealed;
    }

    /** Returns the packets left out, to get back to the target at once or because too many waited. */
    public long skipped() {
        return skipped;
    }

    /** Returns the packets that came after their playout time; they count as concealed, too. */
    public long late() {
        return late;
    }

    /** Returns the packets whose payload was invalid; they count as concealed, too. */
    public long undecodable() {
        return undecodable;
    }

    /** Returns the audio that was made up, in milliseconds: for concealed packets and while late ones were awaited. */
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

    private double toMs(long samples) {
        return 1000.0 * samples / rateHz;
    }
}
