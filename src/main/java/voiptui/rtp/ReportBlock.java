package voiptui.rtp;

import voiptui.time.Wrap32;

/**
 * What one side tells about how it receives another: a reception report block (RFC 3550, 6.4.1).
 *
 * @param ssrc whom it is about
 * @param fractionLost packets lost since the report before, in 1/256 of those expected
 * @param cumulativeLost packets lost in all; 24 bits with a sign, negative when more came than were expected
 * @param extendedHighest the highest sequence number that came; 32 bits, see {@link SequenceExtender}
 * @param jitterUnits interarrival jitter in units of the payload's clock; 32 bits without a sign
 * @param lastReport the middle 32 bits of the NTP timestamp in the last sender report that came; 0 for none
 * @param sinceLastReport time since that, in 1/65,536 s; 32 bits without a sign, 0 for none
 */
public record ReportBlock(
        int ssrc,
        int fractionLost,
        int cumulativeLost,
        int extendedHighest,
        int jitterUnits,
        int lastReport,
        int sinceLastReport) {

    /** Its length in a packet. */
    static final int BYTES = 24;

    /** Packets lost since the report before, as a part of those expected, from 0 to 100. */
    public double lossPercent() {
        return fractionLost * 100 / 256.0;
    }

    /**
     * The jitter in milliseconds.
     *
     * @param clockHz the clock of the payload
     */
    public double jitterMs(int clockHz) {
        return Wrap32.unsigned(jitterUnits) * 1000.0 / clockHz;
    }

    /**
     * The round trip: {@code A - LSR - DLSR} (RFC 3550, 6.4.1, figure 2).
     *
     * @param nowNtp the moment at which the report came, on the clock of the sender reports ({@link NtpTime#middle})
     * @return milliseconds, or NaN when the report tells nothing, or nothing that can be
     */
    public double roundTripMs(int nowNtp) {
        if (lastReport == 0) {
            return Double.NaN;
        }
        // Of the 18 hours that the numbers span, a negative result is a lie; less than a millisecond of it is rounding.
        int units = nowNtp - lastReport - sinceLastReport;
        return units < -NtpTime.UNITS_PER_SECOND / 1000
                ? Double.NaN
                : Math.max(0, units) * 1000.0 / NtpTime.UNITS_PER_SECOND;
    }
}
