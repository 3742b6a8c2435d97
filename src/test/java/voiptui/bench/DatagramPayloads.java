package voiptui.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import voiptui.codec.Opus;
import voiptui.demo.speech.SpeechMatch;
import voiptui.event.Counter;
import voiptui.media.ReceivingEnd;
import voiptui.rtp.RtpPacket;

/**
 * Datagrams of a call, on their whole way: depacketizer, arrival queue, voice receiver, libopus. Most headers are put right
 * after the damage, so that they go on with the stream: whoever does not know the source gets no further than the header.
 */
final class DatagramPayloads implements PayloadKind {

    private static final int RATE_HZ = 48_000;
    private static final int FRAME = 960;
    private static final int PEER = 0x5eed_5eed;
    /** One in so many headers stays as damaged as it is. */
    private static final int DAMAGED = 8;
    /** Time passes once in so many datagrams, which do not carry the stream. */
    private static final int PER_TURN = 4;
    /** Other datagrams of a source that has left, until another source goes on. */
    private static final int IGNORED = 20;
    /** One in so many of the stream's own packets is lost. */
    private static final int LOST = 5;

    private final String name;
    private final boolean carriesStream;
    private final List<byte[]> seeds = new ArrayList<>();
    private final List<byte[]> speech;
    private final ReceivingEnd end;
    private final short[] before;
    private final short[] audio = new short[FRAME];
    private final byte[] datagram = new byte[maxBytes()];
    private int peer = PEER;
    private int sequence;
    private int timestamp;
    private long ignored;

    private DatagramPayloads(String name, OpusPayloads opus, DatagramSort... sorts) {
        this.name = name;
        this.end = new ReceivingEnd(Opus.library().decoder());
        DatagramSeeds valid = new DatagramSeeds(opus.seeds(), PEER, end.ssrc());
        for (DatagramSort sort : sorts) {
            seeds.addAll(valid.of(sort));
        }
        this.carriesStream = List.of(sorts).contains(DatagramSort.RED);
        this.speech = opus.speech();
        this.before = play(new ReceivingEnd(Opus.library().decoder()), PEER, 0, 0);
    }

    /** Returns datagrams of one sort. */
    static DatagramPayloads of(DatagramSort sort, OpusPayloads opus) {
        return new DatagramPayloads(sort.name().toLowerCase(Locale.ROOT), opus, sort);
    }

    /** Returns datagrams of all sorts. */
    static DatagramPayloads all(OpusPayloads opus) {
        return new DatagramPayloads("datagrams", opus, DatagramSort.values());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<byte[]> seeds() {
        return seeds;
    }

    @Override
    public int maxBytes() {
        return 2_400;
    }

    @Override
    public void take(byte[] payload, int bytes, Random random) {
        if (carriesStream || random.nextInt(PER_TURN) == 0) {
            turn(random);
        }
        System.arraycopy(payload, 0, datagram, 0, bytes);
        ByteBuffer buffer = ByteBuffer.wrap(datagram, 0, bytes);
        if (random.nextInt(DAMAGED) > 0) {
            repair(buffer, random);
        }
        end.onDatagram(buffer);
        if (end.count(Counter.PACKETS_AFTER_END) - ignored > IGNORED) {
            ignored = end.count(Counter.PACKETS_AFTER_END);
            peer = random.nextInt();
        }
    }

    /** Lets 20 ms pass, in which a valid packet arrives or is lost, and plays them. */
    private void turn(Random random) {
        end.advance();
        sequence++;
        timestamp += FRAME;
        if (!carriesStream && random.nextInt(LOST) > 0) {
            end.onDatagram(packet(speech.get(sequence % speech.size()), peer, sequence, timestamp));
        }
        end.pull(audio);
    }

    private static ByteBuffer packet(byte[] payload, int ssrc, int sequence, int timestamp) {
        ByteBuffer packet = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + payload.length);
        RtpPacket.writeHeader(packet, false, 111, sequence, timestamp, ssrc);
        return packet.put(RtpPacket.HEADER_BYTES, payload);
    }

    /** Makes a header that of the stream, with the payload type that it has, and refers to what the end waits for. */
    private void repair(ByteBuffer buffer, Random random) {
        if (buffer.remaining() < RtpPacket.HEADER_BYTES) {
            return;
        }
        if (RtpPacket.isRtcp(buffer)) {
            for (int at = 4; at + 4 <= buffer.limit(); at += 4) {
                if (buffer.getInt(at) == PEER) {
                    buffer.putInt(at, peer);
                }
            }
            return;
        }
        int payloadType = buffer.get(1) & 0x7f;
        boolean again = payloadType == 113 || payloadType == 114;
        int number = again ? end.missing() : sequence;
        int time = again ? timestamp - (short) (sequence - number) * FRAME : timestamp;
        RtpPacket.writeHeader(buffer, random.nextBoolean(), payloadType, again ? sequence : number, time, peer);
        if (again && buffer.remaining() >= RtpPacket.HEADER_BYTES + 2) {
            buffer.putShort(RtpPacket.HEADER_BYTES, (short) number);
        }
    }

    /** Plays the speech without losses. */
    private short[] play(ReceivingEnd fresh, int ssrc, int firstSequence, int firstTimestamp) {
        short[] heard = new short[speech.size() * FRAME];
        for (int i = 0; i < speech.size(); i++) {
            fresh.advance();
            fresh.onDatagram(packet(speech.get(i), ssrc, firstSequence + i, firstTimestamp + i * FRAME));
            fresh.pull(audio);
            System.arraycopy(audio, 0, heard, i * FRAME, FRAME);
        }
        return heard;
    }

    /** A fresh end plays the same to the bit; the one that took everything, the same to the ear once it has settled. */
    @Override
    public String check() {
        short[] again = play(new ReceivingEnd(Opus.library().decoder()), PEER, 0, 0);
        require(Arrays.equals(again, before), "a fresh end plays something else");
        int next = sequence + 10;
        play(end, peer + 1, next, timestamp);
        short[] settled = play(end, peer + 1, next + speech.size(), timestamp + speech.size() * FRAME);
        short[] middle = Arrays.copyOfRange(before, RATE_HZ, before.length - RATE_HZ);
        double likeness = SpeechMatch.find(middle, settled, RATE_HZ).similarity();
        require(likeness > 0.95, "likeness of what the end that took them plays: " + likeness);
        return String.format(
                "%,d received, %,d malformed; %,d played, %,d from copies, %,d from retransmissions of %,d, %,d reports,"
                        + " %,d sent again; a fresh end is the same to the bit, this one %.3f alike",
                end.count(Counter.PACKETS_RECEIVED),
                end.count(Counter.PACKETS_MALFORMED),
                end.counts().played(),
                positive(end.counts().recoveredFromCopies(), DatagramSort.RED),
                positive(end.counts().recoveredByRetransmission(), DatagramSort.RTX),
                end.count(Counter.RETRANSMISSIONS_REQUESTED),
                positive(end.count(Counter.RTCP_RECEIVED), DatagramSort.RTCP),
                positive(end.count(Counter.RETRANSMISSIONS_SENT), DatagramSort.RTCP),
                likeness);
    }

    private long positive(long count, DatagramSort by) {
        boolean wanted = name.equalsIgnoreCase(by.name());
        require(!wanted || count > 0, "nothing was done with " + name);
        return count;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
