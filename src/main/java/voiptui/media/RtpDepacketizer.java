package voiptui.media;

import java.nio.ByteBuffer;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.rtp.NtpTime;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.ReceptionReport;
import voiptui.rtp.ReportBlock;
import voiptui.rtp.RtcpListener;
import voiptui.rtp.RtcpReader;
import voiptui.rtp.RtcpWriter;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.RtpSource;
import voiptui.rtp.SequenceExtender;
import voiptui.rtp.SourceGuard;

/**
 * Takes RTP and RTCP of a call: sound of one source at a time, what it reports about us, and its BYE.
 *
 * <p>Owned by the network thread. Allocates nothing for a packet of sound.
 */
final class RtpDepacketizer implements Depacketizer, RtcpListener {

    private final RtpSource ourselves;
    private final PayloadFormat format;
    private final StreamReceiver intake;
    private final ReceptionReport report;
    private final NtpTime time;
    private final EventBus bus;
    private final Counters counters;
    private final RtpPacket packet = new RtpPacket();
    private final SourceGuard guard = new SourceGuard();
    private final SequenceExtender extender = new SequenceExtender();
    private boolean heardAnybody;
    private long rtcpArrivalNs;

    /**
     * Listens to nobody yet.
     *
     * @param ourselves whom reports are about
     * @param format what was agreed on
     * @param intake takes what is sound
     * @param report is kept for what we tell the peer
     * @param time the clock of our sender reports
     */
    RtpDepacketizer(
            RtpSource ourselves,
            PayloadFormat format,
            StreamReceiver intake,
            ReceptionReport report,
            NtpTime time,
            EventBus bus,
            Counters counters) {
        this.ourselves = ourselves;
        this.format = format;
        this.intake = intake;
        this.report = report;
        this.time = time;
        this.bus = bus;
        this.counters = counters;
    }

    @Override
    public void onDatagram(ByteBuffer datagram, long arrivalNs) {
        if (RtpPacket.isRtcp(datagram)) {
            rtcpArrivalNs = arrivalNs;
            counters.increment(RtcpReader.read(datagram, this) ? Counter.RTCP_RECEIVED : Counter.PACKETS_MALFORMED);
        } else if (packet.parse(datagram) && packet.payloadBytes() <= format.maxPayloadBytes()) {
            onRtp(datagram, arrivalNs);
        } else {
            counters.increment(Counter.PACKETS_MALFORMED);
        }
    }

    private void onRtp(ByteBuffer datagram, long arrivalNs) {
        // Our own packets may come back to us (RFC 3550, 8.2); they would be heard as an echo.
        if (packet.payloadType() != format.payloadType() || packet.ssrc() == ourselves.ssrc()) {
            counters.increment(Counter.PACKETS_UNEXPECTED);
            return;
        }
        switch (guard.onPacket(packet.ssrc(), packet.sequence(), arrivalNs)) {
            case CURRENT -> {}
            case CHANGED -> onNewSource();
            case FOREIGN -> {
                counters.increment(Counter.PACKETS_UNEXPECTED);
                return;
            }
            case AFTER_END -> {
                counters.increment(Counter.PACKETS_AFTER_END);
                return;
            }
        }
        intake.onMedia(
                extender.extend(packet.sequence()),
                packet.timestamp(),
                datagram,
                packet.payloadAt(),
                packet.payloadBytes(),
                arrivalNs);
        report.onPacket(intake.tracker(), intake.jitter().jitterUnits(format.clockHz()));
    }

    private void onNewSource() {
        heardAnybody = true;
        intake.expectNewStream();
        extender.onNewSource();
        report.onNewSource(packet.ssrc(), intake.tracker());
    }

    @Override
    public void onSenderReport(int ssrc, RtcpWriter.SenderInfo info) {
        if (guard.isCurrent(ssrc)) {
            report.onSenderReport(info.ntp(), rtcpArrivalNs);
        }
    }

    @Override
    public void onReportBlock(int reporter, ReportBlock block) {
        // Before the peer was heard, anybody who knows our random number is the peer.
        if (block.ssrc() != ourselves.ssrc() || heardAnybody && !guard.isCurrent(reporter)) {
            return;
        }
        double rttMs = block.roundTripMs(NtpTime.middle(time.at(rtcpArrivalNs)));
        bus.publish(new CallEvent.PeerReport(
                block.lossPercent(),
                block.cumulativeLost(),
                block.jitterMs(format.clockHz()),
                Double.isNaN(rttMs) ? null : rttMs));
    }

    @Override
    public void onCname(int ssrc, ByteBuffer datagram, int at, int bytes) {
        // names what we know already: the one at the other end
    }

    @Override
    public void onBye(int ssrc) {
        if (guard.onBye(ssrc, rtcpArrivalNs)) {
            intake.onEndOfTransmission();
        }
    }

    @Override
    public double jitterMs() {
        return intake.jitterMs();
    }
}
