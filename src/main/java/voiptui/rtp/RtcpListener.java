package voiptui.rtp;

import java.nio.ByteBuffer;

/** Told of what a compound RTCP packet says, in its order, by the thread that reads it. */
public interface RtcpListener {

    /**
     * A source tells about its stream.
     *
     * @param ssrc the source
     * @param info what it tells; counts modulo 2^32
     */
    void onSenderReport(int ssrc, RtcpWriter.SenderInfo info);

    /**
     * A source tells how it receives another, or the same.
     *
     * @param reporter who tells
     * @param block about whom, and what
     */
    void onReportBlock(int reporter, ReportBlock block);

    /**
     * A source tells its canonical name.
     *
     * @param ssrc the source
     * @param datagram has the name, unchecked bytes that should be UTF-8; the reader's again when this returns
     * @param at where the name begins, absolute
     * @param bytes how long it is, from 0 to 255
     */
    void onCname(int ssrc, ByteBuffer datagram, int at, int bytes);

    /** A source leaves. */
    void onBye(int ssrc);
}
