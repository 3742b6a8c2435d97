package voiptui.rtp.rtcp;

import java.nio.ByteBuffer;
import voiptui.rtp.BigEndian;
import voiptui.rtp.RtpPacket;

/**
 * Reads compound RTCP packets.
 *
 * <p>A datagram is validated as a whole first (RFC 3550, A.2): version, a report in front, lengths that add up to the
 * datagram's, padding in the last part only. Unknown packet types, feedback formats and report blocks, and profile-specific
 * extensions are skipped. Feedback must follow a report (RFC 4585, 3.1); packets of reduced size (RFC 5506) are invalid. The
 * datagram lies between position and limit; access is absolute and moves neither. Stateless.
 */
public final class RtcpReader {

    /** The most lost packets that a datagram can report: others are ignored, so that no datagram causes much work. */
    public static final int MAX_NACKS = 256;

    private static final int HEADER_BYTES = 4;
    private static final int SSRC_BYTES = 4;
    private static final int NACK_ITEM_BYTES = 4;
    private static final int BLOCK_HEADER_BYTES = 4;

    private RtcpReader() {}

    /**
     * Reads a datagram.
     *
     * @return false if it is no valid compound packet; {@code listener} then received nothing
     */
    public static boolean read(ByteBuffer datagram, RtcpListener listener) {
        if (!isValid(datagram)) {
            return false;
        }
        int nacksLeft = MAX_NACKS;
        for (int at = datagram.position(); at < datagram.limit(); at += lengthAt(datagram, at)) {
            int end = at + lengthAt(datagram, at);
            if ((datagram.get(at) & 0x20) != 0) {
                end -= datagram.get(end - 1) & 0xff;
            }
            int count = datagram.get(at) & 0x1f;
            switch (typeAt(datagram, at)) {
                case RtcpWriter.SENDER_REPORT -> readSenderReport(datagram, at, end, count, listener);
                case RtcpWriter.RECEIVER_REPORT -> readReceiverReport(datagram, at, end, count, listener);
                case RtcpWriter.SOURCE_DESCRIPTION ->
                    readDescription(datagram, at + HEADER_BYTES, end, count, listener);
                case RtcpWriter.BYE -> readBye(datagram, at + HEADER_BYTES, end, count, listener);
                case RtcpWriter.APPLICATION -> readApplication(datagram, at + HEADER_BYTES, end, count, listener);
                case RtcpWriter.TRANSPORT_FEEDBACK -> {
                    if (count == RtcpWriter.GENERIC_NACK) {
                        nacksLeft = readNack(datagram, at + HEADER_BYTES, end, nacksLeft, listener);
                    }
                }
                case RtcpWriter.EXTENDED_REPORT -> readExtendedReport(datagram, at + HEADER_BYTES, end, listener);
                default -> {}
            }
        }
        return true;
    }

    private static boolean isValid(ByteBuffer datagram) {
        int at = datagram.position();
        int end = datagram.limit();
        if (end - at < HEADER_BYTES + SSRC_BYTES || end - at > RtpPacket.MAX_DATAGRAM_BYTES) {
            return false;
        }
        int first = typeAt(datagram, at);
        if (first != RtcpWriter.SENDER_REPORT && first != RtcpWriter.RECEIVER_REPORT) {
            return false;
        }
        while (at < end) {
            if (end - at < HEADER_BYTES || (datagram.get(at) & 0xc0) != 0x80 || !isType(typeAt(datagram, at))) {
                return false;
            }
            int next = at + lengthAt(datagram, at);
            if (next > end || !hasRoom(datagram, at, next)) {
                return false;
            }
            boolean padded = (datagram.get(at) & 0x20) != 0;
            if (padded && (next != end || !isPadding(datagram.get(next - 1) & 0xff, next - at))) {
                return false;
            }
            at = next;
        }
        return true;
    }

    private static boolean isType(int type) {
        return type >= 192 && type <= 223;
    }

    private static boolean isPadding(int padding, int partBytes) {
        return padding > 0 && padding % 4 == 0 && padding <= partBytes - HEADER_BYTES;
    }

    /** Returns whether the part is long enough for the count in its header, as far as fixed lengths tell. */
    private static boolean hasRoom(ByteBuffer datagram, int at, int end) {
        int count = datagram.get(at) & 0x1f;
        int room = end - at - HEADER_BYTES;
        return switch (typeAt(datagram, at)) {
            case RtcpWriter.SENDER_REPORT ->
                room >= SSRC_BYTES + RtcpWriter.SENDER_INFO_BYTES + count * ReportBlock.BYTES;
            case RtcpWriter.RECEIVER_REPORT -> room >= SSRC_BYTES + count * ReportBlock.BYTES;
            case RtcpWriter.BYE -> room >= count * SSRC_BYTES;
            default -> true;
        };
    }

    private static void readSenderReport(ByteBuffer datagram, int at, int end, int count, RtcpListener listener) {
        int body = at + HEADER_BYTES + SSRC_BYTES;
        if (end - body < RtcpWriter.SENDER_INFO_BYTES) {
            return;
        }
        int ssrc = BigEndian.get32(datagram, at + HEADER_BYTES);
        long ntp = unsigned32(datagram, body) << 32 | unsigned32(datagram, body + 4);
        listener.onSenderReport(
                ssrc,
                new RtcpWriter.SenderInfo(
                        ntp,
                        BigEndian.get32(datagram, body + 8),
                        unsigned32(datagram, body + 12),
                        unsigned32(datagram, body + 16)));
        readBlocks(datagram, ssrc, body + RtcpWriter.SENDER_INFO_BYTES, end, count, listener);
    }

    private static void readReceiverReport(ByteBuffer datagram, int at, int end, int count, RtcpListener listener) {
        int body = at + HEADER_BYTES + SSRC_BYTES;
        if (body <= end) {
            int ssrc = BigEndian.get32(datagram, at + HEADER_BYTES);
            listener.onReceiverReport(ssrc);
            readBlocks(datagram, ssrc, body, end, count, listener);
        }
    }

    private static void readBlocks(
            ByteBuffer datagram, int reporter, int from, int end, int count, RtcpListener listener) {
        int at = from;
        for (int i = 0; i < count && end - at >= ReportBlock.BYTES; i++, at += ReportBlock.BYTES) {
            listener.onReportBlock(
                    reporter,
                    new ReportBlock(
                            BigEndian.get32(datagram, at),
                            datagram.get(at + 4) & 0xff,
                            BigEndian.get24(datagram, at + 5),
                            BigEndian.get32(datagram, at + 8),
                            BigEndian.get32(datagram, at + 12),
                            BigEndian.get32(datagram, at + 16),
                            BigEndian.get32(datagram, at + 20)));
        }
    }

    /** Reads chunks of an SSRC and items; a chunk ends with a zero and is padded to a word (RFC 3550, 6.5). */
    private static void readDescription(ByteBuffer datagram, int from, int end, int count, RtcpListener listener) {
        int at = from;
        for (int i = 0; i < count && end - at >= SSRC_BYTES; i++) {
            int ssrc = BigEndian.get32(datagram, at);
            at += SSRC_BYTES;
            while (at < end && datagram.get(at) != 0) {
                if (end - at < 2) {
                    return;
                }
                int bytes = datagram.get(at + 1) & 0xff;
                if (bytes > end - at - 2) {
                    return;
                }
                if (datagram.get(at) == RtcpWriter.CNAME) {
                    listener.onCname(ssrc, datagram, at + 2, bytes);
                }
                at += 2 + bytes;
            }
            at += 4 - (at - from) % 4;
        }
    }

    private static void readBye(ByteBuffer datagram, int from, int end, int count, RtcpListener listener) {
        int at = from;
        for (int i = 0; i < count && end - at >= SSRC_BYTES; i++, at += SSRC_BYTES) {
            listener.onBye(BigEndian.get32(datagram, at));
        }
    }

    /** Reads an application's data, and its first word; packets of another subtype than 0 or without data are skipped. */
    private static void readApplication(ByteBuffer datagram, int from, int end, int subtype, RtcpListener listener) {
        if (subtype == 0 && end - from >= SSRC_BYTES + 8) {
            listener.onApplication(
                    BigEndian.get32(datagram, from),
                    BigEndian.get32(datagram, from + SSRC_BYTES),
                    BigEndian.get32(datagram, from + SSRC_BYTES + 4));
            listener.onApplicationData(
                    BigEndian.get32(datagram, from),
                    BigEndian.get32(datagram, from + SSRC_BYTES),
                    datagram,
                    from + SSRC_BYTES + 4,
                    end);
        }
    }

    /** Reports the lost packets one by one, at most {@code left}; returns how many may follow (RFC 4585, 6.2.1). */
    private static int readNack(ByteBuffer datagram, int from, int end, int left, RtcpListener listener) {
        int at = from + 2 * SSRC_BYTES;
        if (at > end) {
            return left;
        }
        int sender = BigEndian.get32(datagram, from);
        int mediaSsrc = BigEndian.get32(datagram, from + SSRC_BYTES);
        int nacksLeft = left;
        for (; end - at >= NACK_ITEM_BYTES; at += NACK_ITEM_BYTES) {
            int first = BigEndian.get16(datagram, at);
            int lost = BigEndian.get16(datagram, at + 2) << 1 | 1;
            for (int ahead = 0; lost != 0; ahead++, lost >>>= 1) {
                if ((lost & 1) == 0) {
                    continue;
                }
                if (nacksLeft == 0) {
                    return 0;
                }
                nacksLeft--;
                listener.onNack(sender, mediaSsrc, first + ahead & 0xffff);
            }
        }
        return nacksLeft;
    }

    /** Reads blocks of a type and a length in words (RFC 3611, 3). */
    private static void readExtendedReport(ByteBuffer datagram, int from, int end, RtcpListener listener) {
        int at = from + SSRC_BYTES;
        while (end - at >= BLOCK_HEADER_BYTES) {
            int bytes = lengthAt(datagram, at);
            if (bytes > end - at) {
                return;
            }
            if (datagram.get(at) == VoipMetricsBlock.TYPE && bytes >= VoipMetricsBlock.BYTES) {
                listener.onVoipMetrics(BigEndian.get32(datagram, from), VoipMetricsBlock.read(datagram, at));
            }
            if (datagram.get(at) == LossMap.TYPE) {
                LossMap map = new LossMap();
                if (map.read(datagram, at, at + bytes)) {
                    listener.onLossMap(BigEndian.get32(datagram, from), map);
                }
            }
            at += bytes;
        }
    }

    private static int typeAt(ByteBuffer datagram, int at) {
        return datagram.get(at + 1) & 0xff;
    }

    private static int lengthAt(ByteBuffer datagram, int at) {
        return 4 * (BigEndian.get16(datagram, at + 2) + 1);
    }

    private static long unsigned32(ByteBuffer datagram, int at) {
        return BigEndian.get32(datagram, at) & 0xffff_ffffL;
    }
}
