package voiptui.media;

import java.nio.ByteBuffer;
import java.util.Random;
import voiptui.audio.PcmFormat;
import voiptui.codec.FrameDecoder;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.jitter.ArrivalQueue;
import voiptui.jitter.DelayTarget;
import voiptui.media.stream.Healing;
import voiptui.media.stream.LossFeedback;
import voiptui.media.stream.MediaContext;
import voiptui.media.stream.MediaSignals;
import voiptui.media.stream.NackSender;
import voiptui.media.stream.Retransmitter;
import voiptui.media.stream.RtpDepacketizer;
import voiptui.media.stream.RtpRepair;
import voiptui.media.stream.StreamReceiver;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.RtpSource;
import voiptui.rtp.repair.ReceivedPackets;
import voiptui.rtp.repair.SentPackets;
import voiptui.rtp.rtcp.NtpTime;
import voiptui.rtp.rtcp.ReceptionReport;
import voiptui.rtp.rtcp.ReportBlock;
import voiptui.rtp.rtcp.RtcpListener;
import voiptui.rtp.rtcp.RtcpReader;
import voiptui.rtp.rtcp.RtcpWriter;
import voiptui.testkit.ManualClock;
import voiptui.time.PacketTime;
import voiptui.voice.ReceiverCounts;
import voiptui.voice.SendAdaptation;
import voiptui.voice.VoiceReceiver;
import voiptui.voice.VoiceSender;

/**
 * All that a received datagram of a call with Opus passes, on a clock that the caller moves: depacketizer, feedback and
 * retransmitter, arrival queue, voice receiver, decoder. One thread.
 */
public final class ReceivingEnd implements RtcpListener {

    /** Synchronization source of the retransmissions. */
    private static final int RTX_SSRC = 99;

    private static final double ROUND_TRIP_MS = 10;
    private static final double MIN_DELAY_MS = 60;
    private static final double MAX_DELAY_MS = 200;
    private static final int QUEUED_PACKETS = 256;
    private static final int STORED_PACKETS = 128;
    private static final int SENT_BYTES = 100;
    /** Sequence numbers of what this end sends, again and again: requests name one of them. */
    private static final int SENT_NUMBERS = 512;

    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final RtpSource source = new RtpSource(new Random(1));
    private final ArrivalQueue arrivals = new ArrivalQueue(QUEUED_PACKETS, CodecFactory.MAX_PAYLOAD_BYTES);
    private final ReceivedPackets history = new ReceivedPackets(CodecFactory.MAX_PAYLOAD_BYTES, 1 << 20);
    private final SentPackets sent = SentPackets.ofHistory(1 << 20, VoiceSender.MAX_PAYLOAD_BYTES, 0.5, 96_000);
    private final ByteBuffer ours = ByteBuffer.allocateDirect(RtpPacket.HEADER_BYTES + SENT_BYTES);
    private final LossFeedback feedback;
    private final RtpDepacketizer depacketizer;
    private final VoiceReceiver receiver;
    private int sequence;
    private int missing = -1;

    /** Creates an end that has received nothing. */
    public ReceivingEnd(FrameDecoder decoder) {
        MediaContext context =
                new MediaContext(PcmFormat.OPUS, new EventBus(), counters, new MediaSignals(() -> {}), clock);
        receiver = new VoiceReceiver(
                decoder,
                new DelayTarget(MIN_DELAY_MS, MAX_DELAY_MS),
                new VoiceReceiver.Format(
                        1, PcmFormat.OPUS.frameSamples(), CodecFactory.MAX_PAYLOAD_BYTES, STORED_PACKETS));
        NackSender nacks = new NackSender(context, source, this::onSent);
        feedback = new LossFeedback(nacks, true, () -> MAX_DELAY_MS);
        history.want(ReceivedPackets.Use.REPLAY, 0);
        depacketizer = new RtpDepacketizer(
                context,
                source,
                PayloadFormat.OPUS,
                StreamReceiver.ofClock(PayloadFormat.OPUS.clockHz(), context, arrivals, history),
                new ReceptionReport(),
                new RtpRepair(
                        feedback,
                        new Healing(history, nacks, feedback, true),
                        new SendAdaptation(new SendAdaptation.Limits(96_000, false, true, true, PacketTime.MS)),
                        new Retransmitter(context, sent, PayloadFormat.OPUS, RTX_SSRC, 0, ByteBuffer::remaining)),
                new RtpDepacketizer.Peer(new NtpTime(clock, clock), false));
    }

    /** Returns our synchronization source, which reports refer to. */
    public int ssrc() {
        return source.ssrc();
    }

    /** Returns the sequence number of a packet that this end asked for again last; -1: none. */
    public int missing() {
        return missing;
    }

    private int onSent(ByteBuffer datagram) {
        RtcpReader.read(datagram, this);
        return datagram.remaining();
    }

    @Override
    public void onNack(int sender, int mediaSsrc, int lost) {
        missing = lost;
    }

    /** Lets the time of a packet pass, in which this end sends one. Whatever reports said, the round trip is short then. */
    public void advance() {
        feedback.onRoundTrip(ROUND_TRIP_MS);
        clock.advanceMs(PacketTime.MS);
        ours.clear();
        RtpPacket.writeHeader(ours, false, PayloadFormat.OPUS.payloadType(), sequence, sequence * 960, source.ssrc());
        sent.onSent(ours, clock.nanoTime());
        sequence = (sequence + 1) % SENT_NUMBERS;
    }

    /** Receives a datagram, the bytes between position and limit. */
    public void onDatagram(ByteBuffer datagram) {
        depacketizer.onDatagram(datagram, clock.nanoTime());
    }

    /** Fills {@code out} with the next samples; returns whether something is being received. */
    public boolean pull(short[] out) {
        arrivals.drainTo(receiver);
        return receiver.pull(out, clock.nanoTime());
    }

    /** Returns what became of the packets. */
    public ReceiverCounts counts() {
        return receiver.counts();
    }

    /** Returns the value of a counter of the network thread. */
    public long count(Counter counter) {
        return counters.get(counter);
    }

    @Override
    public void onSenderReport(int ssrc, RtcpWriter.SenderInfo info) {
        // nothing is done with our own reports
    }

    @Override
    public void onReportBlock(int reporter, ReportBlock block) {
        // nothing is done with our own reports
    }

    @Override
    public void onCname(int ssrc, ByteBuffer datagram, int at, int bytes) {
        // nothing is done with our own reports
    }

    @Override
    public void onBye(int ssrc) {
        // nothing is done with our own reports
    }
}
