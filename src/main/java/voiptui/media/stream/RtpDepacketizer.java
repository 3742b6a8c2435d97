package voiptui.media.stream;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.VoiceEvent;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.RtpSource;
import voiptui.rtp.SequenceExtender;
import voiptui.rtp.SequenceTracker.Arrival;
import voiptui.rtp.SourceSelector;
import voiptui.rtp.repair.LossWindow;
import voiptui.rtp.repair.RedPayload;
import voiptui.rtp.repair.RtxPacket;
import voiptui.rtp.rtcp.LossMap;
import voiptui.rtp.rtcp.NtpTime;
import voiptui.rtp.rtcp.ReceptionReport;
import voiptui.rtp.rtcp.ReportBlock;
import voiptui.rtp.rtcp.RtcpListener;
import voiptui.rtp.rtcp.RtcpReader;
import voiptui.rtp.rtcp.RtcpWriter;
import voiptui.rtp.rtcp.VoipMetrics;
import voiptui.time.PacketTime;

/**
 * Parses RTP and RTCP (RFC 3550): media of one source at a time with redundant copies (RFC 2198) and retransmissions (RFC 4588), its
 * reports about us, and its BYE.
 *
 * <p>Owned by the network thread. Allocates nothing per media packet.
 */
public final class RtpDepacketizer implements Depacketizer, RtcpListener {

    private final RtpSource source;
    private final PayloadFormat format;
    private final StreamReceiver stream;
    private final ReceptionReport report;
    private final RtpRepair repair;
    private final NtpTime time;
    private final boolean encrypted;
    private final @Nullable TextChannel texts;
    private final EventBus bus;
    private final Counters counters;
    private final MediaSignals signals;
    private final RtpPacket packet = new RtpPacket();
    private final RedPayload red = new RedPayload(PayloadFormat.RED_PAYLOAD_TYPE);
    private final SourceSelector selector = new SourceSelector();
    private final SequenceExtender extender = new SequenceExtender();
    /** What the peer lost of ours. */
    private final LossWindow peerLosses = new LossWindow();

    private boolean heardAnySource;
    private int peerNextSequence;
    private boolean peerMapsLosses;
    private double worstPeerMos = Double.MAX_VALUE;
    private long rtcpArrivalNs;
    /** Whether the datagram at hand holds a regular report of the peer. */
    private boolean peerReports;
    /** Whether it says that something of ours has arrived since the report before. */
    private boolean peerHears;

    private boolean peerHasHeard;
    private int peerHighest;
    private int peerState;
    private volatile long peerLost = -1;

    /**
     * How the peer's reports are read.
     *
     * @param clock the clock of our sender reports
     * @param encrypted whether its packets are authentic, so that what it tells about itself can be believed
     * @param texts takes its texts; null: there are none
     */
    public record Peer(
            NtpTime clock, boolean encrypted, @Nullable TextChannel texts) {

        /** A peer that sends no texts. */
        public Peer(NtpTime clock, boolean encrypted) {
            this(clock, encrypted, null);
        }
    }

    /**
     * Starts without a source: the first packet of the negotiated payload type chooses it.
     *
     * @param source our own synchronization source, which reports refer to
     * @param format the negotiated payload type and clock
     * @param stream receives the media packets
     * @param report collects what our receiver reports tell the peer
     * @param repair repairs losses
     * @param peer how the peer's reports are read
     */
    public RtpDepacketizer(
            MediaContext context,
            RtpSource source,
            PayloadFormat format,
            StreamReceiver stream,
            ReceptionReport report,
            RtpRepair repair,
            Peer peer) {
        this.source = source;
        this.format = format;
        this.stream = stream;
        this.report = report;
        this.repair = repair;
        this.time = peer.clock();
        this.encrypted = peer.encrypted();
        this.texts = peer.texts();
        this.bus = context.bus();
        this.counters = context.counters();
        this.signals = context.signals();
    }

    @Override
    public void onDatagram(ByteBuffer datagram, long arrivalNs) {
        if (RtpPacket.isRtcp(datagram)) {
            onRtcp(datagram, arrivalNs);
        } else if (!packet.parse(datagram)) {
            counters.increment(Counter.PACKETS_MALFORMED);
        } else if (packet.ssrc() == source.ssrc()) {
            // A loop may return our own packets (RFC 3550, 8.2); played, they would be an echo.
            counters.increment(Counter.PACKETS_UNEXPECTED);
        } else {
            onRtp(datagram, arrivalNs);
        }
        repair.healing().onDatagram(arrivalNs);
    }

    private void onRtcp(ByteBuffer datagram, long arrivalNs) {
        rtcpArrivalNs = arrivalNs;
        peerReports = false;
        peerHears = false;
        counters.increment(RtcpReader.read(datagram, this) ? Counter.RTCP_RECEIVED : Counter.PACKETS_MALFORMED);
        if (peerReports || peerHears) {
            signals.peerReported(peerHears);
        }
    }

    private void onRtp(ByteBuffer datagram, long arrivalNs) {
        int payloadType = packet.payloadType();
        if (payloadType == format.payloadType() && packet.payloadBytes() <= format.maxPayloadBytes()) {
            onMedia(datagram, packet.payloadAt(), packet.payloadBytes(), arrivalNs);
        } else if (payloadType == format.payloadType()) {
            counters.increment(Counter.PACKETS_MALFORMED);
        } else if (payloadType == PayloadFormat.RED_PAYLOAD_TYPE) {
            onRedundant(datagram, arrivalNs);
        } else if (payloadType == PayloadFormat.RTX_PAYLOAD_TYPE || payloadType == PayloadFormat.RED_RTX_PAYLOAD_TYPE) {
            onRetransmission(datagram, payloadType == PayloadFormat.RED_RTX_PAYLOAD_TYPE, arrivalNs);
        } else {
            counters.increment(Counter.PACKETS_UNEXPECTED);
        }
    }

    private boolean onMedia(ByteBuffer datagram, int payloadAt, int payloadBytes, long arrivalNs) {
        switch (selector.onPacket(packet.ssrc(), packet.sequence(), arrivalNs)) {
            case CURRENT -> {}
            case CHANGED -> onNewSource();
            case FOREIGN -> {
                counters.increment(Counter.PACKETS_UNEXPECTED);
                return false;
            }
            case AFTER_END -> {
                counters.increment(Counter.PACKETS_AFTER_END);
                return false;
            }
        }
        Arrival arrival = stream.onMedia(
                extender.extend(packet.sequence()), packet.timestamp(), datagram, payloadAt, payloadBytes, arrivalNs);
        report.onPacket(stream.tracker(), stream.jitter().jitterUnits(format.clockHz()));
        if (arrival != Arrival.DUPLICATE && arrival != Arrival.STRAY) {
            repair.feedback().onPacket(stream.tracker().extended(), packet.sequence(), arrivalNs);
        }
        return true;
    }

    private void onNewSource() {
        heardAnySource = true;
        stream.expectNewStream();
        extender.onNewSource();
        report.onNewSource(packet.ssrc(), stream.tracker());
        repair.feedback().onNewSource(packet.ssrc());
        repair.healing().onNewSource(packet.ssrc());
    }

    private void onRedundant(ByteBuffer datagram, long arrivalNs) {
        int blocks = red.parse(datagram, packet.payloadAt(), packet.payloadBytes());
        int primary = blocks - 1;
        if (blocks == 0 || !isPayload(primary)) {
            counters.increment(Counter.PACKETS_MALFORMED);
        } else if (onMedia(datagram, red.at(primary), red.bytes(primary), arrivalNs)) {
            onCopies(datagram, true, arrivalNs);
        }
    }

    private void onCopies(ByteBuffer datagram, boolean playable, long arrivalNs) {
        for (int block = 0; block < red.blocks() - 1; block++) {
            if (isPayload(block)) {
                stream.onCopy(
                        packet.timestamp() - red.timestampOffset(block),
                        playable,
                        datagram,
                        red.at(block),
                        red.bytes(block),
                        arrivalNs);
            }
        }
    }

    private boolean isPayload(int block) {
        return red.payloadType(block) == format.payloadType()
                && red.bytes(block) > 0
                && red.bytes(block) <= format.maxPayloadBytes();
    }

    private void onRetransmission(ByteBuffer datagram, boolean redundant, long arrivalNs) {
        int original = RtxPacket.originalSequence(datagram, packet);
        boolean playable = original >= 0 && repair.feedback().onRetransmission(original);
        // The source of retransmissions is told by the packets asked for (RFC 4588, 5.3).
        if (original < 0 || !playable && !stream.isAskedFor(original)) {
            counters.increment(Counter.PACKETS_UNEXPECTED);
            return;
        }
        int at = RtxPacket.originalPayloadAt(packet);
        int bytes = RtxPacket.originalPayloadBytes(packet);
        if (redundant) {
            int blocks = red.parse(datagram, at, bytes);
            if (blocks > 0 && isPayload(blocks - 1)) {
                onRetransmitted(datagram, original, playable, red.at(blocks - 1), red.bytes(blocks - 1), arrivalNs);
                onCopies(datagram, playable, arrivalNs);
                return;
            }
        } else if (bytes > 0 && bytes <= format.maxPayloadBytes()) {
            onRetransmitted(datagram, original, playable, at, bytes, arrivalNs);
            return;
        }
        counters.increment(Counter.PACKETS_MALFORMED);
    }

    private void onRetransmitted(
            ByteBuffer datagram, int original, boolean playable, int at, int bytes, long arrivalNs) {
        counters.add(Counter.RECEIVED_BYTES, RtpPacket.LOWER_LAYER_BYTES + datagram.remaining());
        stream.onRetransmission(original, packet.timestamp(), playable, datagram, at, bytes, arrivalNs);
    }

    @Override
    public void onReceiverReport(int ssrc) {
        peerReports |= isPeer(ssrc);
    }

    @Override
    public void onSenderReport(int ssrc, RtcpWriter.SenderInfo info) {
        peerReports |= isPeer(ssrc);
        if (selector.isCurrent(ssrc)) {
            report.onSenderReport(info.ntp(), rtcpArrivalNs);
            stream.onSenderReport(info.packets(), info.rtpTimestamp());
        }
    }

    /** Returns whether {@code reporter} is the peer: before any media arrived, whoever knows our random SSRC is. */
    private boolean isAboutUs(int reporter, int ssrc) {
        return ssrc == source.ssrc() && isPeer(reporter);
    }

    private boolean isPeer(int ssrc) {
        return !heardAnySource || selector.isCurrent(ssrc);
    }

    @Override
    public void onReportBlock(int reporter, ReportBlock block) {
        if (!isAboutUs(reporter, block.ssrc())) {
            return;
        }
        if (!peerHasHeard || block.extendedHighest() != peerHighest) {
            peerHasHeard = true;
            peerHears = true;
            peerHighest = block.extendedHighest();
        }
        peerLost = block.cumulativeLost();
        double rttMs = block.roundTripMs(NtpTime.middle(time.at(rtcpArrivalNs)));
        if (!Double.isNaN(rttMs)) {
            repair.adaptation().onRoundTrip(rttMs);
            repair.feedback().onRoundTrip(rttMs);
        }
        if (!peerMapsLosses) {
            repair.adaptation().onLoss(block.lossPercent() / 100, 1, rtcpArrivalNs);
        }
        repair.adaptation().onJitter(block.jitterMs(format.clockHz()), rtcpArrivalNs);
        bus.publish(new CallEvent.PeerReport(
                block.lossPercent(),
                block.cumulativeLost(),
                block.jitterMs(format.clockHz()),
                Double.isNaN(rttMs) ? null : rttMs));
    }

    @Override
    public void onLossMap(int sender, LossMap map) {
        if (!isAboutUs(sender, map.ssrc())) {
            return;
        }
        int known = peerMapsLosses ? peerNextSequence - map.beginSequence() & 0xffff : 0;
        // Reports may overlap or be lost; a packet counts once.
        int from = known < map.packets() ? known : 0;
        for (int i = from; i < map.packets(); i++) {
            long sentNs = rtcpArrivalNs - (map.packets() - 1 - i) * PacketTime.NS;
            if (map.isReceived(i)) {
                peerLosses.onReceived(sentNs);
            } else {
                peerLosses.onLost(1, sentNs);
            }
        }
        peerMapsLosses = true;
        peerNextSequence = map.beginSequence() + map.packets() & 0xffff;
        repair.adaptation()
                .onLoss(peerLosses.lossFraction(rtcpArrivalNs), peerLosses.meanRunLength(rtcpArrivalNs), rtcpArrivalNs);
    }

    @Override
    public void onVoipMetrics(int sender, VoipMetrics metrics) {
        if (isAboutUs(sender, metrics.ssrc()) && !Double.isNaN(metrics.quality().conversationMos())) {
            double mos = metrics.quality().conversationMos();
            worstPeerMos = Math.min(worstPeerMos, mos);
            bus.publish(new VoiceEvent.PeerQuality(
                    mos, worstPeerMos, 100 * metrics.losses().lossFraction()));
        }
    }

    @Override
    public void onNack(int sender, int mediaSsrc, int sequence) {
        // Feedback goes with a report that says nothing about what arrived.
        peerReports = false;
        Retransmitter retransmitter = repair.retransmitter();
        if (retransmitter != null && isAboutUs(sender, mediaSsrc)) {
            // Copies take the place of retransmissions for playout: both together would exceed the bit rate.
            retransmitter.onNack(
                    sequence, !repair.adaptation().settings().copies().isEmpty());
        }
    }

    @Override
    public void onApplication(int ssrc, int name, int data) {
        if (encrypted && name == LocalState.NAME && isPeer(ssrc) && data != peerState) {
            peerState = data;
            bus.publish(new CallEvent.PeerState(
                    (data & LocalState.MUTED) != 0,
                    (data & LocalState.RECORDING) != 0,
                    (data & LocalState.ON_HOLD) != 0));
        }
    }

    @Override
    public void onApplicationData(int ssrc, int name, ByteBuffer datagram, int at, int end) {
        if (encrypted && texts != null && name == TextChannel.NAME && isPeer(ssrc)) {
            texts.onPacket(datagram, at, end, rtcpArrivalNs);
        }
    }

    @Override
    public void onBye(int ssrc) {
        if (selector.onBye(ssrc, rtcpArrivalNs)) {
            stream.onEndOfTransmission();
        }
    }

    @Override
    public long peerLost() {
        return peerLost;
    }

    @Override
    public double jitterMs() {
        return stream.jitterMs();
    }
}
