package voiptui.jitter;

/** How a packet's payload reached us. */
public enum PacketOrigin {
    /** In the packet itself. */
    ORIGINAL,
    /** In a retransmission of the packet (RFC 4588). */
    RETRANSMISSION,
    /** As a redundant copy in a later packet (RFC 2198). */
    COPY
}
