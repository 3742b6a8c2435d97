package voiptui.rtp.rtcp;

import java.nio.ByteBuffer;
import voiptui.rtp.BigEndian;
import voiptui.rtp.rtcp.VoipMetrics.Concealment;
import voiptui.rtp.rtcp.VoipMetrics.Delays;
import voiptui.rtp.rtcp.VoipMetrics.JitterBuffer;
import voiptui.rtp.rtcp.VoipMetrics.Levels;
import voiptui.rtp.rtcp.VoipMetrics.Losses;
import voiptui.rtp.rtcp.VoipMetrics.Quality;
import voiptui.rtp.rtcp.VoipMetrics.Receiver;

/**
 * The VoIP metrics report block on the wire (RFC 3611, 4.7).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |     BT=7      |   reserved    |       block length = 8        |
 * |                        SSRC of source                         |
 * |   loss rate   | discard rate  | burst density |  gap density  |
 * |       burst duration          |         gap duration          |
 * |     round trip delay          |       end system delay        |
 * | signal level  |  noise level  |     RERL      |     Gmin      |
 * |   R factor    | ext. R factor |    MOS-LQ     |    MOS-CQ     |
 * |   RX config   |   reserved    |          JB nominal           |
 * |          JB maximum           |          JB abs max           |
 * </pre>
 *
 * <p>Values out of range are limited to it when written; ratings out of range are unknown when read. Stateless.
 */
final class VoipMetricsBlock {

    /** Block type (RFC 3611, 4.7). */
    static final int TYPE = 7;
    /** Length of the block, header included. */
    static final int BYTES = 36;

    private static final Concealment[] CONCEALMENTS = Concealment.values();
    private static final JitterBuffer[] BUFFERS = JitterBuffer.values();

    private VoipMetricsBlock() {}

    /** Writes the block at absolute position {@code at} and returns the position behind it. */
    static int write(ByteBuffer packet, int at, VoipMetrics metrics) {
        Losses losses = metrics.losses();
        Delays delays = metrics.delays();
        Levels levels = metrics.levels();
        Quality quality = metrics.quality();
        Receiver receiver = metrics.receiver();
        packet.put(at, (byte) TYPE);
        packet.put(at + 1, (byte) 0);
        BigEndian.put16(packet, at + 2, BYTES / 4 - 1);
        BigEndian.put32(packet, at + 4, metrics.ssrc());
        packet.put(at + 8, fraction(losses.lossFraction()));
        packet.put(at + 9, fraction(losses.discardFraction()));
        packet.put(at + 10, fraction(losses.burstDensity()));
        packet.put(at + 11, fraction(losses.gapDensity()));
        BigEndian.put16(packet, at + 12, duration(losses.burstMs()));
        BigEndian.put16(packet, at + 14, duration(losses.gapMs()));
        BigEndian.put16(packet, at + 16, duration(delays.roundTripMs()));
        BigEndian.put16(packet, at + 18, duration(delays.endSystemMs()));
        packet.put(at + 20, level(levels.signalDbm()));
        packet.put(at + 21, level(levels.noiseDbm()));
        packet.put(at + 22, level(levels.echoReturnLossDb()));
        packet.put(at + 23, (byte) limited(losses.gmin(), 1, 255));
        packet.put(at + 24, rating(quality.rating()));
        packet.put(at + 25, rating(quality.externalRating()));
        packet.put(at + 26, mos(quality.listeningMos()));
        packet.put(at + 27, mos(quality.conversationMos()));
        packet.put(at + 28, (byte) (receiver.concealment().ordinal() << 6
                | receiver.buffer().ordinal() << 4
                | limited(receiver.adjustmentRate(), 0, 15)));
        packet.put(at + 29, (byte) 0);
        BigEndian.put16(packet, at + 30, duration(delays.bufferNominalMs()));
        BigEndian.put16(packet, at + 32, duration(delays.bufferMaximumMs()));
        BigEndian.put16(packet, at + 34, duration(delays.bufferLimitMs()));
        return at + BYTES;
    }

    /** Reads the block of {@link #BYTES} at absolute position {@code at}, whatever it holds. */
    static VoipMetrics read(ByteBuffer datagram, int at) {
        int config = unsigned8(datagram, at + 28);
        return new VoipMetrics(
                BigEndian.get32(datagram, at + 4),
                new Losses(
                        unsigned8(datagram, at + 8) / 256.0,
                        unsigned8(datagram, at + 9) / 256.0,
                        unsigned8(datagram, at + 10) / 256.0,
                        unsigned8(datagram, at + 11) / 256.0,
                        BigEndian.get16(datagram, at + 12),
                        BigEndian.get16(datagram, at + 14),
                        Math.max(1, unsigned8(datagram, at + 23))),
                new Delays(
                        BigEndian.get16(datagram, at + 16),
                        BigEndian.get16(datagram, at + 18),
                        BigEndian.get16(datagram, at + 30),
                        BigEndian.get16(datagram, at + 32),
                        BigEndian.get16(datagram, at + 34)),
                new Levels(
                        levelOf(datagram.get(at + 20)),
                        levelOf(datagram.get(at + 21)),
                        datagram.get(at + 22) < 0 ? VoipMetrics.UNAVAILABLE : datagram.get(at + 22)),
                new Quality(
                        ratingOf(unsigned8(datagram, at + 24)),
                        ratingOf(unsigned8(datagram, at + 25)),
                        mosOf(unsigned8(datagram, at + 26)),
                        mosOf(unsigned8(datagram, at + 27))),
                new Receiver(CONCEALMENTS[config >> 6], BUFFERS[config >> 4 & 3], config & 15));
    }

    /** The integer part of 256 times the fraction, as RFC 3611, 4.7.1 has it. */
    private static byte fraction(double fraction) {
        return (byte) limited((int) (fraction * 256), 0, 255);
    }

    private static int duration(int ms) {
        return limited(ms, 0, 0xffff);
    }

    private static byte level(int db) {
        return (byte) limited(db, -VoipMetrics.UNAVAILABLE, VoipMetrics.UNAVAILABLE);
    }

    private static int levelOf(byte db) {
        return db == Byte.MIN_VALUE ? VoipMetrics.UNAVAILABLE : db;
    }

    private static byte rating(int rating) {
        return (byte) (rating == VoipMetrics.UNAVAILABLE ? rating : limited(rating, 0, 100));
    }

    private static int ratingOf(int value) {
        return value <= 100 ? value : VoipMetrics.UNAVAILABLE;
    }

    private static byte mos(double mos) {
        return (byte) (Double.isNaN(mos) ? VoipMetrics.UNAVAILABLE : limited((int) Math.round(mos * 10), 10, 50));
    }

    private static double mosOf(int value) {
        return value >= 10 && value <= 50 ? value / 10.0 : Double.NaN;
    }

    private static int limited(int value, int from, int to) {
        return Math.max(from, Math.min(to, value));
    }

    private static int unsigned8(ByteBuffer buffer, int at) {
        return buffer.get(at) & 0xff;
    }
}
