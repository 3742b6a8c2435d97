package voiptui.voice;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.FrameResampler;
import voiptui.codec.EncoderSettings;
import voiptui.codec.FrameEncoder;
import voiptui.rtp.repair.RedPayload;
import voiptui.rtp.repair.RedWriter;

/**
 * Turns continuous audio into the payloads of one stream: resamples, encodes a packet at a time, adds redundant copies of earlier
 * frames (RFC 2198), and sends nothing in long pauses but their first frames and rare updates.
 *
 * <p>Owned by the capture thread. Allocates nothing after construction.
 */
public final class VoiceSender {

    /** Frames kept for copies: the longest distance of a copy, in packets. */
    public static final int MAX_COPY_DISTANCE = 15;
    /** The longest payload of any stream: it has room for 20 ms of PCM. */
    public static final int MAX_PAYLOAD_BYTES = 1_900;

    /** The longest payload with copies: it passes every path unfragmented, headers and encryption included. */
    private static final int MAX_REDUNDANT_BYTES = 1_200;
    /** Empty frames sent when a pause begins: one may be lost. */
    private static final int MIN_ANNOUNCED_FRAMES = 3;
    /** The part of its bit rate that an encoder gets on a clean path while it takes too much. */
    private static final double THRIFTY_PART = 0.93;
    /** A payload this short has no content (discontinuous transmission; RFC 6716, 2.1.9). */
    private static final int MAX_DTX_BYTES = 2;

    /**
     * The format of the stream.
     *
     * @param devices format of the frames that come in
     * @param rateHz sample rate of the codec, in hertz
     * @param packetMs audio in a packet, in milliseconds, unless the settings ask for less: 10 or 20
     * @param payloadType payload type of the codec
     */
    public record Format(PcmFormat devices, int rateHz, int packetMs, int payloadType) {}

    private final FrameEncoder encoder;
    private final int payloadType;
    private final int rateHz;
    private final @Nullable FrameResampler resampler;
    private final short[] converted;
    private final short[] longPacket;
    private final short[] shortPacket;
    private short[] packet;
    private final RedWriter red = new RedWriter();
    private final BitBudget budget;
    private final ByteBuffer[] frames = new ByteBuffer[MAX_COPY_DISTANCE + 1];
    private final int[] frameBytes = new int[MAX_COPY_DISTANCE + 1];
    private final long[] frameTimestamps = new long[MAX_COPY_DISTANCE + 1];
    private final ByteBuffer redundant;

    private final PauseDetector pauses = new PauseDetector();
    private final int longestMs;

    private @Nullable SendSettings settings;
    private final CleanRate cleanRate = new CleanRate();
    /** Settings of the encoder: in speech and in pauses, each with the full bit rate and with less. */
    private final EncoderSettings[][] choices = new EncoderSettings[2][2];

    private @Nullable EncoderSettings used;
    private int filled;
    private int newest;
    private long timestamp;
    private ByteBuffer payload;
    private int payloadBytes;
    private boolean hasCopies;
    private boolean paused;
    private int emptyFrames;
    private boolean startsTalkSpurt;
    private long samples;

    /** Creates a sender that has sent nothing. */
    public VoiceSender(FrameEncoder encoder, Format format) {
        PcmFormat coded = PcmFormat.atRate(format.rateHz());
        this.encoder = encoder;
        this.payloadType = format.payloadType();
        this.rateHz = format.rateHz();
        this.resampler = coded.equals(format.devices()) ? null : new FrameResampler(format.devices(), coded);
        this.converted = new short[coded.frameSamples()];
        this.longestMs = format.packetMs();
        this.longPacket = new short[coded.samplesOf(format.packetMs())];
        this.shortPacket = new short[coded.frameSamples()];
        this.packet = longPacket;
        for (int i = 0; i < frames.length; i++) {
            frames[i] = ByteBuffer.allocateDirect(encoder.maxPayloadBytes());
        }
        this.redundant = ByteBuffer.allocateDirect((RedWriter.MAX_COPIES + 1) * (encoder.maxPayloadBytes() + 4));
        this.payload = frames[0];
        this.budget = new BitBudget(coded.sampleRateHz());
    }

    /** Sends as {@code wanted} from the next packet on. Does nothing if these are the current settings. */
    public void adapt(SendSettings wanted) {
        if (wanted != settings) {
            settings = wanted;
            for (int thrifty = 0; thrifty < 2; thrifty++) {
                EncoderSettings pausing = wanted.encoder();
                if (thrifty == 1) {
                    pausing = pausing.withBitRate((int) (THRIFTY_PART * pausing.bitRateBps()));
                }
                choices[0][thrifty] = pausing.withoutDtx();
                choices[1][thrifty] = pausing;
            }
            budget.limit(wanted.maxBitRateBps());
        }
    }

    /**
     * Adds a frame of the devices.
     *
     * @return whether a packet is to be sent now: {@link #payload}
     */
    public boolean add(short[] frame) {
        short[] coded = frame;
        if (resampler != null) {
            resampler.convert(frame, converted);
            coded = converted;
        }
        packet = nextPacket();
        System.arraycopy(coded, 0, packet, filled, coded.length);
        filled += coded.length;
        if (filled < packet.length) {
            return false;
        }
        filled = 0;
        timestamp = samples;
        samples += packet.length;
        return encode();
    }

    /** Returns the packet that is being filled, or one of the length wanted now. */
    private short[] nextPacket() {
        SendSettings current = settings;
        if (filled > 0) {
            return packet;
        }
        return current != null && current.packetMs() < longestMs ? shortPacket : longPacket;
    }

    /** Returns how many frames of the devices the next packet lacks; at least 1. */
    public int framesToPacket() {
        return (nextPacket().length - filled) / converted.length;
    }

    private boolean encode() {
        newest = (newest + 1) % frames.length;
        ByteBuffer frame = frames[newest];
        double packetMs = 1000.0 * packet.length / rateHz;
        chooseSettings(pauses.isPause(packet, packetMs));
        int bytes = encoder.encode(packet, frame, 0);
        cleanRate.onPacket(bytes, packetMs);
        boolean empty = bytes <= MAX_DTX_BYTES;
        frameBytes[newest] = empty ? 0 : bytes;
        frameTimestamps[newest] = timestamp;
        emptyFrames = empty ? emptyFrames + 1 : 0;
        if (bytes == 0 || emptyFrames > announcedFrames()) {
            paused = true;
            return false;
        }
        startsTalkSpurt = paused;
        paused = false;
        budget.refill(timestamp);
        addCopies(bytes);
        hasCopies = red.copies() > 0;
        if (hasCopies) {
            payload = redundant;
            payloadBytes = red.write(redundant, 0, payloadType, frame, 0, bytes);
        } else {
            payload = frame;
            payloadBytes = bytes;
        }
        budget.spend(payloadBytes);
        return true;
    }

    private void chooseSettings(boolean pause) {
        SendSettings current = settings;
        if (current == null) {
            return;
        }
        boolean isClean = current.copies().isEmpty() && !current.encoder().inBandFec();
        EncoderSettings wanted = choices[pause ? 1 : 0][isClean && cleanRate.isExceeded() ? 1 : 0];
        if (!wanted.equals(used)) {
            used = wanted;
            encoder.adapt(wanted);
        }
    }

    /** Returns how many empty frames announce a pause: all copies of the speech before it go with them. */
    private int announcedFrames() {
        SendSettings current = settings;
        int farthest = current == null || current.copies().isEmpty()
                ? 0
                : current.copies().get(current.copies().size() - 1);
        return Math.max(MIN_ANNOUNCED_FRAMES, farthest);
    }

    /** The farthest copy first, as RFC 2198 has it; those that would make the packet too long are left out. */
    private void addCopies(int primaryBytes) {
        red.clear();
        SendSettings current = settings;
        if (current == null) {
            return;
        }
        List<Integer> distances = current.copies();
        for (int i = distances.size() - 1; i >= 0; i--) {
            int distance = distances.get(i);
            int at = (newest - distance + frames.length) % frames.length;
            int bytes = red.payloadBytes(primaryBytes) + RedPayload.COPY_HEADER_BYTES + frameBytes[at];
            if (frameBytes[at] > 0 && bytes <= MAX_REDUNDANT_BYTES && budget.allows(bytes)) {
                red.addCopy(payloadType, (int) (timestamp - frameTimestamps[at]), frames[at], 0, frameBytes[at]);
            }
        }
    }

    /**
     * Lets time go on without audio, because the microphone gave none: timestamps count time, not packets.
     *
     * @param lostSamples samples of the codec that are missing; whole packets of them are skipped
     */
    public void skip(long lostSamples) {
        samples += lostSamples / packet.length * packet.length;
    }

    /** Counts bytes that are sent apart from this stream, headers included: copies give way to them. */
    public void spendElsewhere(int bytes) {
        budget.spendElsewhere(bytes);
    }

    /** Returns the sample rate of the codec, in hertz. */
    public int rateHz() {
        return rateHz;
    }

    /** Returns the payload of the packet to send, from index 0; valid until the next {@link #add}. */
    public ByteBuffer payload() {
        return payload;
    }

    /** Returns the length of {@link #payload} in bytes. */
    public int payloadBytes() {
        return payloadBytes;
    }

    /** Returns whether the payload has copies, and so is in the format of RFC 2198. */
    public boolean hasCopies() {
        return hasCopies;
    }

    /** Returns whether the packet is the first after a pause, which the marker bit tells (RFC 3551, 4.1). */
    public boolean startsTalkSpurt() {
        return startsTalkSpurt;
    }

    /** Returns the time of the packet's first sample, in samples of the codec since the start. */
    public long timestamp() {
        return timestamp;
    }
}
