package voiptui.media;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.VoiceEvent;
import voiptui.media.stream.LocalState;
import voiptui.media.stream.LossFeedback;
import voiptui.media.stream.MediaContext;
import voiptui.media.stream.TextChannel;
import voiptui.net.DatagramSender;
import voiptui.rtp.RtpSource;
import voiptui.rtp.rtcp.LossMap;
import voiptui.rtp.rtcp.NtpTime;
import voiptui.rtp.rtcp.ReceptionReport;
import voiptui.rtp.rtcp.ReportBlock;
import voiptui.rtp.rtcp.RtcpSchedule;
import voiptui.rtp.rtcp.RtcpWriter;
import voiptui.rtp.rtcp.SenderStats;
import voiptui.rtp.rtcp.VoipMetrics;
import voiptui.time.NanoClock;

/**
 * Sends the peer compound RTCP packets: SR or RR, SDES (RFC 3550, 6.4 and 6.5), and extended reports (RFC 3611) of the packets received
 * and lost and of the quality of the voice. When a loss begins, a report goes early (RFC 4585, 3.5).
 *
 * <p>Owned by the call thread.
 */
final class RtcpReporter implements NegotiatedMedia.ReportSender {

    /** Bit rate of the media both ways, of which reports take 5 %. */
    private static final int MEDIA_BPS = 100_000;
    /** Everything beside jitter buffer and network: packet and devices. */
    private static final int END_SYSTEM_MS = 40;

    private final RtpSource source;
    private final SenderStats sent;
    private final ReceptionReport received;
    private final LossFeedback losses;
    private final QualityMeter quality;
    private final MediaConfig.Delay delayLimits;
    private final boolean extended;
    private final @Nullable LocalState state;
    private final @Nullable TextChannel texts;
    private final NtpTime time;
    private final DatagramSender sender;
    private final Counters counters;
    private final NanoClock clock;
    private final RtcpSchedule schedule;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(RtcpWriter.MAX_BYTES + TextChannel.MAX_PACKET_BYTES);
    private final byte[] cname;
    private boolean started;
    private int toldState;

    /**
     * What the reports tell.
     *
     * @param sent what we sent, counted by the packetizer
     * @param received what we received, counted by the depacketizer
     * @param losses which packets were lost
     * @param quality how the peer sounds here
     * @param delayLimits limits of the playout delay
     * @param extended whether the peer understands extended reports
     * @param state the state of this phone; null: nothing is told about it
     * @param texts sends texts; null: there are none
     */
    record Content(
            SenderStats sent,
            ReceptionReport received,
            LossFeedback losses,
            QualityMeter quality,
            MediaConfig.Delay delayLimits,
            boolean extended,
            @Nullable LocalState state,
            @Nullable TextChannel texts) {

        /** Reports without texts. */
        Content(
                SenderStats sent,
                ReceptionReport received,
                LossFeedback losses,
                QualityMeter quality,
                MediaConfig.Delay delayLimits,
                boolean extended,
                @Nullable LocalState state) {
            this(sent, received, losses, quality, delayLimits, extended, state, null);
        }
    }

    /**
     * Reports from the first tick on.
     *
     * @param source our synchronization source
     * @param time the clock of the sender reports
     * @param random randomises the intervals
     * @param sender sends the packets
     */
    RtcpReporter(
            MediaContext context,
            RtpSource source,
            Content content,
            NtpTime time,
            RandomGenerator random,
            DatagramSender sender) {
        this.source = source;
        this.cname = source.cname();
        this.sent = content.sent();
        this.received = content.received();
        this.losses = content.losses();
        this.quality = content.quality();
        this.delayLimits = content.delayLimits();
        this.extended = content.extended();
        this.state = content.state();
        this.texts = content.texts();
        this.time = time;
        this.sender = sender;
        this.counters = context.counters();
        this.clock = context.clock();
        this.schedule = new RtcpSchedule(random, MEDIA_BPS);
    }

    @Override
    public void onTick(long nowMs) {
        long nowNs = clock.nanoTime();
        if (!started) {
            started = true;
            schedule.start(nowNs);
        }
        quality.onRoundTrip(losses.roundTripMs());
        if (extended && losses.isLossNew()) {
            schedule.requestEarly(nowNs);
        }
        if (state != null && state.bits() != toldState) {
            schedule.requestEarly(nowNs);
        }
        if (texts != null && texts.isUrgent()) {
            schedule.requestEarly(nowNs);
        }
        if (schedule.isDue(nowNs)) {
            report(nowNs);
        }
    }

    private void report(long nowNs) {
        RtcpWriter.SenderInfo info = sent.next(time, nowNs);
        ReportBlock block = received.next(nowNs);
        packet.clear();
        if (info == null) {
            RtcpWriter.receiverReport(packet, source.ssrc(), block);
        } else {
            RtcpWriter.senderReport(packet, source.ssrc(), info, block);
        }
        RtcpWriter.cname(packet, source.ssrc(), cname);
        if (extended && block != null) {
            LossMap map = losses.next(nowNs);
            RtcpWriter.lossMap(packet, source.ssrc(), map);
            RtcpWriter.voipMetrics(packet, source.ssrc(), metrics(block.ssrc()));
        }
        if (state != null) {
            toldState = state.bits();
            RtcpWriter.application(packet, source.ssrc(), LocalState.NAME, toldState);
        }
        if (texts != null) {
            texts.write(packet, source.ssrc());
        }
        int bytes = packet.flip().remaining();
        if (sender.send(packet) >= 0) {
            counters.increment(Counter.RTCP_SENT);
        }
        schedule.onReport(nowNs, bytes);
    }

    private VoipMetrics metrics(int ssrc) {
        VoipMetrics.Losses way = losses.metrics();
        VoiceEvent.VoiceQuality rated = quality.quality();
        double roundTripMs = quality.roundTripMs();
        int bufferMs = (int) Math.round(quality.playoutDelayMs());
        return new VoipMetrics(
                ssrc,
                new VoipMetrics.Losses(
                        quality.concealedFraction(),
                        quality.discardedFraction(),
                        way.burstDensity(),
                        way.gapDensity(),
                        way.burstMs(),
                        way.gapMs(),
                        way.gmin()),
                new VoipMetrics.Delays(
                        Double.isNaN(roundTripMs) ? 0 : (int) Math.round(roundTripMs),
                        END_SYSTEM_MS + bufferMs,
                        bufferMs,
                        bufferMs,
                        delayLimits.maxMs()),
                VoipMetrics.Levels.UNKNOWN,
                rated == null
                        ? VoipMetrics.Quality.UNKNOWN
                        : new VoipMetrics.Quality(
                                VoipMetrics.UNAVAILABLE, VoipMetrics.UNAVAILABLE, Double.NaN, rated.mos()),
                new VoipMetrics.Receiver(VoipMetrics.Concealment.ENHANCED, VoipMetrics.JitterBuffer.ADAPTIVE, 3));
    }
}
