package voiptui.rtp.rtcp;

import voiptui.rtp.SequenceExtender;
import voiptui.time.Wrap32;

/**
 * A reception report block: how one participant receives a source (RFC 3550, 6.4.1).
 *
 * @param ssrc the source reported on
 * @param fractionLost fraction of packets lost since the previous report, in 1/256
 * @param cumulativeLost packets lost in total; signed 24 bits, negative if more arrived than expected
 * @param extendedHighest the highest sequence number received; 32 bits, see {@link SequenceExtender}
 * @param jitterUnits interarrival jitter in units of the RTP clock; unsigned 32 bits
 * @param lastReport LSR: the middle 32 bits of the NTP timestamp in the last sender report received; 0: none
 * @param sinceLastReport DLSR: time since then, in 1/65,536 s; unsigned 32 bits, 0: none
 */
public record ReportBlock(
        int ssrc,
        int fractionLost,
        int cumulativeLost,
        int extendedHighest,
        int jitterUnits,
        int lastReport,
        int sinceLastReport) {

    /** Length in a packet. */
    static final int BYTES = 24;

    /** Returns the packets lost since the previous report, in percent of those expected. */
    public double lossPercent() {
        return fractionLost * 100 / 256.0;
    }

    /**
     * Returns the jitter in milliseconds.
     *
     * @param clockHz the RTP clock, in hertz
     */
    public double jitterMs(int clockHz) {
        return Wrap32.unsigned(jitterUnits) * 1000.0 / clockHz;
    }

    /**
     * Computes the round trip: {@code A - LSR - DLSR} (RFC 3550, 6.4.1, figure 2).
     *
     * @param nowNtp the arrival time of the report, on the clock of the sender reports ({@link NtpTime#middle})
     * @return milliseconds; NaN if the report carries no time or an impossible one
     */
    public double roundTripMs(int nowNtp) {
        if (lastReport == 0) {
            return Double.NaN;
        }
        // The units wrap after 18 hours. A negative result is impossible, but up to a millisecond may be rounding.
        int units = nowNtp - lastReport - sinceLastReport;
        return units < -NtpTime.UNITS_PER_SECOND / 1000
                ? Double.NaN
                : Math.max(0, units) * 1000.0 / NtpTime.UNITS_PER_SECOND;
    }
}
