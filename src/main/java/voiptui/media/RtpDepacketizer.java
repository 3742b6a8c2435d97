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
import voiptui.rtp.SourceSelector;

/**
 * Parses RTP and RTCP (RFC 3550): media of one source at a time, its reports about us, and its BYE.
 *
 * <p>Owned by the network thread. Allocates nothing per media packet.
 */
final class RtpDepacketizer implements Depacketizer, RtcpListener {

    private final RtpSource source;
    private final PayloadFormat format;
    private final StreamReceiver stream;
    private final ReceptionReport report;
    private final NtpTime time;
    private final EventBus bus;
    private final Counters counters;
    private final RtpPacket packet = new RtpPacket();
    private final SourceSelector guard = new SourceSelector();
    private final SequenceExtender extender = new SequenceExtender();
    private boolean heardAnySource;
    private long rtcpArrivalNs;

    /**
     * Starts without a source: the first packet of the negotiated payload type chooses it.
     *
     * @param source our own synchronization source, which reports refer to
     * @param format the negotiated payload type and clock
     * @param stream receives the media packets
     * @param report collects what our receiver reports tell the peer
     * @param time the clock of our sender reports
     */
    RtpDepacketizer(
            MediaContext context,
            RtpSource source,
            PayloadFormat format,
            StreamReceiver stream,
            ReceptionReport report,
            NtpTime time) {
        this.source = source;
        this.format = format;
        this.stream = stream;
        this.report = report;
        this.time = time;
        this.bus = context.bus();
        this.counters = context.counters();
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
        // A loop may return our own packets (RFC 3550, 8.2); played, they would be an echo.
        if (packet.payloadType() != format.payloadType() || packet.ssrc() == source.ssrc()) {
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
        stream.onMedia(
                extender.extend(packet.sequence()),
                packet.timestamp(),
                datagram,
                packet.payloadAt(),
                packet.payloadBytes(),
                arrivalNs);
        report.onPacket(stream.tracker(), stream.jitter().jitterUnits(format.clockHz()));
    }

    private void onNewSource() {
        heardAnySource = true;
        stream.expectNewStream();
        extender.onNewSource();
        report.onNewSource(packet.ssrc(), stream.tracker());
    }

    @Override
    public void onSenderReport(int ssrc, RtcpWriter.SenderInfo info) {
        if (guard.isCurrent(ssrc)) {
            report.onSenderReport(info.ntp(), rtcpArrivalNs);
        }
    }

    @Override
    public void onReportBlock(int reporter, ReportBlock block) {
        // Before any media arrived, whoever knows our random SSRC is taken for the peer.
        if (block.ssrc() != source.ssrc() || heardAnySource && !guard.isCurrent(reporter)) {
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
        // the relay has already told us who the peer is
    }

    @Override
    public void onBye(int ssrc) {
        if (guard.onBye(ssrc, rtcpArrivalNs)) {
            stream.onEndOfTransmission();
        }
    }

    @Override
    public double jitterMs() {
        return stream.jitterMs();
    }
}
