package voiptui.codec;

/**
 * How an encoder uses the path, see {@link FrameEncoder#adapt}.
 *
 * @param bitRateBps average bit rate of the payloads, in bit/s
 * @param lossPercent the loss to protect against, 0 to 100
 * @param inBandFec whether packets describe the packet before at a lower bit rate (RFC 6716, 2.1.7)
 * @param dredMs how far back packets describe earlier audio (deep redundancy), in milliseconds, 0 to 1,000
 * @param dtx whether next to nothing is sent in silence (RFC 6716, 2.1.9)
 */
public record EncoderSettings(int bitRateBps, int lossPercent, boolean inBandFec, int dredMs, boolean dtx) {}
