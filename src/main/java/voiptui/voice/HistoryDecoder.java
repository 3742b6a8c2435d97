package voiptui.voice;

import java.util.Arrays;
import voiptui.codec.FrameDecoder;
import voiptui.codec.FrameDecoder.Recovered;
import voiptui.rtp.repair.HistoryReader;
import voiptui.rtp.repair.ReceivedPackets;
import voiptui.rtp.repair.ReceivedPackets.Kind;

/**
 * Decodes a stream from its history, packet by packet in the order in which it was sent: no packet is late, and none is left out to
 * shorten a delay. What never came is recovered from the packets after it or concealed, pauses are filled with comfort noise.
 *
 * <p>Owned by one thread, any. Allocates nothing after construction.
 */
public final class HistoryDecoder {

    /** A gap of the timestamps longer than this is no audio, in milliseconds: the sender stood still. */
    private static final int MAX_GAP_MS = 10_000;
    /** How far after a missing packet another one may be that it is recovered from, in packets. */
    private static final int MAX_RECOVERY_DISTANCE = 16;
    /** Packets decoded ahead of a start within a stream, so that the decoder has settled: 80 ms (RFC 7845, 4.2). */
    private static final int PRE_ROLL_PACKETS = 4;

    /** The longest audio that {@link #next} writes, in milliseconds. */
    public static final int MAX_MS = FrameDecoder.MAX_PAYLOAD_MS;

    private final ReceivedPackets packets;
    private final HistoryReader packet;
    private final HistoryReader later;
    private final FrameDecoder decoder;
    private final int samplesPerUnit;
    private final long maxGapSamples;
    private final short[] unused;

    private int packetSamples;
    private long cursor;
    private boolean started;
    private boolean paused;
    private int stream;
    private long time;

    private boolean isPause;
    private int healed;
    private int missing;

    /** Creates a decoder at the beginning of the history. */
    public HistoryDecoder(StreamHistory history) {
        this.packets = history.packets();
        this.packet = packets.reader();
        this.later = packets.reader();
        this.decoder = history.decoders().get();
        this.samplesPerUnit = history.samplesPerUnit();
        this.packetSamples = history.packetSamples();
        this.maxGapSamples = (long) decoder.rateHz() * MAX_GAP_MS / 1000;
        this.unused = new short[decoder.rateHz() * MAX_MS / 1000];
    }

    /** Goes on with the packet at {@code position}, whatever was decoded before. */
    public void seek(long position) {
        cursor = Math.max(position, packets.oldest());
        started = false;
        paused = false;
        healed = 0;
        missing = 0;
        for (long before = cursor - PRE_ROLL_PACKETS; before < cursor; before++) {
            packet.read(before);
            if (packet.isHere()) {
                decoder.decode(packet.payload(), packet.bytes(), unused);
                paused = decoder.beginsPause(packet.payload(), packet.bytes());
            }
        }
    }

    /** Returns the position of the next packet. */
    public long position() {
        return cursor;
    }

    /** Returns the time of the next sample, in samples of the stream; after {@link #seek}, once something was decoded. */
    public long time() {
        return time;
    }

    /** Returns whether {@link #time} is known. */
    public boolean isStarted() {
        return started;
    }

    /** Returns whether no packet is left. */
    public boolean isAtEnd() {
        return cursor > packets.newest();
    }

    /** Returns whether the next packet has not come. */
    public boolean isNextMissing() {
        return packet.look(cursor) == Kind.MISSING;
    }

    /** Returns since when the next packet is missing; after {@link #isNextMissing}. */
    public long missingSinceNs() {
        return packet.timeNs();
    }

    /** Returns whether the next packet has a time of its own: it is the first of another stream, or follows a long standstill. */
    public boolean isNextElsewhere() {
        packet.look(cursor);
        long gap = packet.timestamp() * samplesPerUnit - time;
        return packet.isHere() && (!started || packet.stream() != stream || Math.abs(gap) > maxGapSamples);
    }

    /** Returns the time of the next packet, in samples of its stream; after {@link #isNextElsewhere}. */
    public long nextTime() {
        return packet.timestamp() * samplesPerUnit;
    }

    /** Returns whether the audio of the last {@link #next} is a pause in which nothing was sent. */
    public boolean isPause() {
        return isPause;
    }

    /** Returns how many packets since {@link #seek} came because they were asked for here. */
    public int healed() {
        return healed;
    }

    /** Returns how many packets since {@link #seek} never came. */
    public int missing() {
        return missing;
    }

    /** Returns the samples per second of the audio. */
    public int rateHz() {
        return decoder.rateHz();
    }

    /**
     * Decodes what comes next; a packet that is missing is given up.
     *
     * @param audio receives the samples; has room for {@value #MAX_MS} ms
     * @return how many samples; 0: no packet is left
     */
    public int next(short[] audio) {
        if (isAtEnd()) {
            return 0;
        }
        isPause = false;
        Kind kind = packet.read(cursor);
        int gap = packet.isHere() ? gapBefore() : 0;
        if (gap > 0) {
            return fill(audio, gap);
        }
        cursor++;
        if (packet.isHere()) {
            return decode(audio, kind);
        }
        if (kind == Kind.WITHHELD) {
            Arrays.fill(audio, 0, packetSamples, (short) 0);
        } else {
            missing++;
            recover(audio);
        }
        time += packetSamples;
        return packetSamples;
    }

    /** Returns the samples between what was decoded last and the packet, or begins anew with it. */
    private int gapBefore() {
        long at = packet.timestamp() * samplesPerUnit;
        long gap = at - time;
        if (!started || packet.stream() != stream || Math.abs(gap) > maxGapSamples || gap < 0) {
            started = true;
            stream = packet.stream();
            time = at;
            return 0;
        }
        return (int) gap;
    }

    private int fill(short[] audio, int gap) {
        int samples = Math.min(gap, packetSamples);
        conceal(audio, samples);
        isPause = paused;
        return samples;
    }

    /** Makes up audio, as while nothing arrives. */
    public void conceal(short[] audio, int samples) {
        // A decoder conceals in steps of its own.
        decoder.conceal(unused, packetSamples);
        System.arraycopy(unused, 0, audio, 0, samples);
        time += samples;
    }

    private int decode(short[] audio, Kind kind) {
        healed += kind == Kind.HEALED ? 1 : 0;
        int samples = decoder.decode(packet.payload(), packet.bytes(), audio);
        paused = decoder.beginsPause(packet.payload(), packet.bytes());
        isPause = paused;
        if (samples == 0) {
            decoder.conceal(audio, packetSamples);
            samples = packetSamples;
        } else {
            packetSamples = samples;
        }
        time += samples;
        return samples;
    }

    private void recover(short[] audio) {
        long end = Math.min(packets.newest(), cursor + MAX_RECOVERY_DISTANCE);
        for (long position = cursor; started && position <= end; position++) {
            later.read(position);
            if (later.isHere()) {
                long distance = later.timestamp() * samplesPerUnit - time;
                boolean regular = distance == (position - cursor + 1) * packetSamples;
                if (regular
                        && decoder.recover(later.payload(), later.bytes(), (int) distance, audio, packetSamples)
                                != Recovered.NONE) {
                    return;
                }
                break;
            }
        }
        decoder.conceal(audio, packetSamples);
    }
}
