package voiptui.rtp.rtcp;

import java.nio.ByteBuffer;

/** Receives the parts of a compound RTCP packet in order, on the thread that reads it. What is not overridden is ignored. */
public interface RtcpListener {

    /**
     * Handles the sender information of a source.
     *
     * @param ssrc the source
     * @param info its counts are modulo 2^32
     */
    default void onSenderReport(int ssrc, RtcpWriter.SenderInfo info) {}

    /** Handles the head of a receiver report of {@code ssrc}; its blocks follow. */
    default void onReceiverReport(int ssrc) {}

    /**
     * Handles a report block.
     *
     * @param reporter the source that reports
     * @param block names the source reported on
     */
    default void onReportBlock(int reporter, ReportBlock block) {}

    /**
     * Handles the canonical name (CNAME) of a source.
     *
     * @param ssrc the source
     * @param datagram holds the name, unchecked bytes that should be UTF-8; not to be kept
     * @param at absolute position of the name
     * @param bytes length of the name, 0 to 255
     */
    default void onCname(int ssrc, ByteBuffer datagram, int at, int bytes) {}

    /**
     * Handles one lost packet of a generic NACK (RFC 4585, 6.2.1). A datagram causes at most {@link RtcpReader#MAX_NACKS}.
     *
     * @param sender the source that asks for the packet
     * @param mediaSsrc the source of the packet
     * @param sequence its sequence number, 0 to 65,535
     */
    default void onNack(int sender, int mediaSsrc, int sequence) {}

    /**
     * Handles VoIP metrics (RFC 3611, 4.7).
     *
     * @param sender the source that reports
     * @param metrics name the source reported on
     */
    default void onVoipMetrics(int sender, VoipMetrics metrics) {}

    /**
     * Handles a report of packets received and lost (RFC 3611, 4.1).
     *
     * @param sender the source that reports
     * @param map names the source reported on; valid during the call only
     */
    default void onLossMap(int sender, LossMap map) {}

    /**
     * Handles an application-defined packet (RFC 3550, 6.7).
     *
     * @param ssrc who sent it
     * @param name four ASCII characters, unchecked
     * @param data the first 32 bits of its data
     */
    default void onApplication(int ssrc, int name, int data) {}

    /**
     * Handles all data of such a packet.
     *
     * @param datagram holds the data from {@code at} to {@code end}, unchecked; not to be kept
     */
    default void onApplicationData(int ssrc, int name, ByteBuffer datagram, int at, int end) {}

    /** Handles the BYE of a source. */
    default void onBye(int ssrc) {}
}
