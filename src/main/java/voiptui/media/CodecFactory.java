package voiptui.media;

import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import voiptui.audio.PcmFormat;
import voiptui.codec.FrameDecoder;
import voiptui.codec.FrameEncoder;
import voiptui.codec.Opus;
import voiptui.codec.PcmCodec;
import voiptui.codec.PcmDecoder;
import voiptui.codec.PcmEncoder;
import voiptui.crypto.SrtpProfile;
import voiptui.jitter.ArrivalQueue;
import voiptui.jitter.DelayTarget;
import voiptui.media.stream.ClassicDepacketizer;
import voiptui.media.stream.ClassicPacketizer;
import voiptui.media.stream.Healing;
import voiptui.media.stream.LocalState;
import voiptui.media.stream.LossFeedback;
import voiptui.media.stream.MediaContext;
import voiptui.media.stream.NackSender;
import voiptui.media.stream.Retransmitter;
import voiptui.media.stream.RtpDepacketizer;
import voiptui.media.stream.RtpPacketizer;
import voiptui.media.stream.RtpRepair;
import voiptui.media.stream.StreamReceiver;
import voiptui.media.stream.TextChannel;
import voiptui.net.DatagramSender;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeature;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.PacketFormat;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.RtpSource;
import voiptui.rtp.repair.ReceivedPackets;
import voiptui.rtp.repair.SentPackets;
import voiptui.rtp.rtcp.NtpTime;
import voiptui.rtp.rtcp.ReceptionReport;
import voiptui.rtp.rtcp.SenderStats;
import voiptui.time.PacketTime;
import voiptui.voice.SendAdaptation;
import voiptui.voice.StreamHistory;
import voiptui.voice.VoiceReceiver;
import voiptui.voice.VoiceSender;

/** Creates encoder, decoder, packetizer and depacketizer for the codec and packet format that a call negotiated. */
public final class CodecFactory {

    /** The longest payload of any codec, in bytes. */
    static final int MAX_PAYLOAD_BYTES = PayloadFormat.L16.maxPayloadBytes();

    /** Length of the packets where low latency counts. */
    private static final int SHORT_PACKET_MS = 10;
    /** Packets that can be sent again: more than a second. */
    private static final int KEPT_PACKETS = 64;
    /** What is kept of 30 s of Opus at the highest bit rate of usual limits, copies included, and with a margin, in bytes. */
    private static final int OPUS_HISTORY_BYTES = 1 << 20;
    /** What is kept of 30 s of uncompressed audio, each way, in bytes. */
    private static final int PCM_HISTORY_BYTES =
            SentPackets.HISTORY_MS / PacketTime.MS * (RtpPacket.HEADER_BYTES + MAX_PAYLOAD_BYTES);
    /** The most that is sent of uncompressed audio, which no limit makes smaller: itself, and half as much again. */
    private static final int PCM_MAX_BIT_RATE_BPS = 1_080_000;
    /** Retransmissions at most, as a share of what is sent. */
    private static final double MAX_RETRANSMITTED_SHARE = 0.5;

    private final MediaContext context;
    private final ArrivalQueue arrivals;
    private final Senders senders;
    private final InstantSource wallClock;
    private final MediaConfig config;
    private final PlayoutPipeline playout;
    private final QualityMeter quality;
    private final LocalState localState;
    private final TextChannel texts;

    /**
     * What sends the datagrams of the threads that do not capture.
     *
     * @param network for the network thread: feedback about losses, retransmissions
     * @param call for the call thread: reports
     */
    record Senders(DatagramSender network, DatagramSender call) {}

    /**
     * What the reports tell the peer, apart from what was received.
     *
     * @param quality rates the voice
     * @param state the state of this phone; told in encrypted calls only
     * @param texts the texts of the call
     */
    record Told(QualityMeter quality, LocalState state, TextChannel texts) {}

    /**
     * Creates media for one call.
     *
     * @param arrivals receives the payloads, for the playout thread
     * @param senders send everything but media
     * @param wallClock the wall clock of the sender reports (RFC 3550, 6.4.1)
     * @param config the limits of playout delay and bit rate
     * @param playout knows the delay of the playout
     * @param told what the reports tell
     */
    CodecFactory(
            MediaContext context,
            ArrivalQueue arrivals,
            Senders senders,
            InstantSource wallClock,
            MediaConfig config,
            PlayoutPipeline playout,
            Told told) {
        this.context = context;
        this.arrivals = arrivals;
        this.senders = senders;
        this.wallClock = wallClock;
        this.config = config;
        this.playout = playout;
        this.quality = told.quality();
        this.localState = told.state();
        this.texts = told.texts();
    }

    /** Returns the sample rate of a codec in hertz, whatever the devices run at. Any thread. */
    public static int sampleRateHz(MediaCodec codec) {
        return formatOf(codec).sampleRateHz();
    }

    /** Returns the bit rate of a codec in kbit/s, without headers; the average where it varies. Any thread. */
    public static int bitrateKbps(MediaCodec codec) {
        return codec == MediaCodec.OPUS ? Opus.BITRATE_KBPS : PcmCodec.bitrateKbps(formatOf(codec));
    }

    /** Returns the name of the library that implements a codec, or null if it needs none. Any thread. */
    public static @Nullable String libraryOf(MediaCodec codec) {
        return codec == MediaCodec.OPUS ? Opus.library().name() : null;
    }

    /**
     * Creates what sends and receives one stream.
     *
     * @param encrypted whether the packets will be encrypted
     * @throws IllegalArgumentException for any codec but {@link MediaCodec#PCM} in classic packets
     */
    NegotiatedMedia create(MediaFormat format, boolean encrypted) {
        texts.use(encrypted, format.features().contains(MediaFeature.TEXT));
        if (format.packets() == PacketFormat.RTP) {
            return rtp(format, encrypted);
        }
        if (format.codec() != MediaCodec.PCM) {
            throw new IllegalArgumentException(
                    "classic packets cannot carry " + format.codec().wire());
        }
        return classic();
    }

    private NegotiatedMedia classic() {
        StreamHistory history = history(
                MediaCodec.PCM,
                ByteOrder.LITTLE_ENDIAN,
                PcmFormat.CLASSIC.samplesOf(PacketTime.MS),
                false,
                () -> Double.NaN);
        StreamReceiver stream = StreamReceiver.ofNumbers(context, arrivals, history.packets());
        return new NegotiatedMedia(
                sender(MediaCodec.PCM, ByteOrder.LITTLE_ENDIAN, 0, PacketTime.MS),
                receiver(MediaCodec.PCM, ByteOrder.LITTLE_ENDIAN, PcmFormat.CLASSIC.samplesOf(PacketTime.MS)),
                new ClassicPacketizer(),
                new ClassicDepacketizer(stream, context.counters()),
                history,
                null,
                NegotiatedMedia.ReportSender.NONE);
    }

    private NegotiatedMedia rtp(MediaFormat agreed, boolean encrypted) {
        MediaCodec codec = agreed.codec();
        PayloadFormat payload = codec == MediaCodec.OPUS ? PayloadFormat.OPUS : PayloadFormat.L16;
        boolean shortPackets = config.lowLatency()
                && codec == MediaCodec.OPUS
                && agreed.features().contains(MediaFeature.PTIME);
        int packetMs = shortPackets ? SHORT_PACKET_MS : PacketTime.MS;
        boolean retransmits = agreed.features().contains(MediaFeature.RTX);
        boolean heals = retransmits && agreed.features().contains(MediaFeature.HEAL);
        SecureRandom random = new SecureRandom();
        RtpSource source = new RtpSource(random);
        NtpTime time = new NtpTime(wallClock, context.clock());
        SenderStats sent = new SenderStats(payload.clockHz());
        ReceptionReport received = new ReceptionReport();
        int maxBitRateBps = config.maxBitRateBps() - (encrypted ? bps(SrtpProfile.TAG_BYTES, packetMs) : 0);
        SentPackets kept = retransmits ? keeper(codec, heals, maxBitRateBps) : null;
        NackSender nacks = new NackSender(context, source, senders.network());
        LossFeedback feedback = new LossFeedback(nacks, retransmits, playout::targetMs);
        StreamHistory history = history(codec, ByteOrder.BIG_ENDIAN, 1, heals, feedback::roundTripMs);
        RtpRepair repair = new RtpRepair(
                feedback,
                new Healing(history.packets(), nacks, feedback, heals),
                new SendAdaptation(new SendAdaptation.Limits(
                        maxBitRateBps,
                        agreed.features().contains(MediaFeature.RED) && codec == MediaCodec.OPUS,
                        retransmits,
                        agreed.features().contains(MediaFeature.DTX),
                        packetMs,
                        agreed.features().contains(MediaFeature.PTIME) && codec == MediaCodec.OPUS)),
                kept == null
                        ? null
                        : new Retransmitter(
                                context,
                                kept,
                                payload,
                                random.nextInt(),
                                random.nextInt() & RtpSource.MAX_FIRST_SEQUENCE,
                                senders.network()));
        StreamReceiver stream = StreamReceiver.ofClock(payload.clockHz(), context, arrivals, history.packets());
        quality.use(stream, codec == MediaCodec.OPUS);
        TextChannel exchanged = encrypted && agreed.features().contains(MediaFeature.TEXT) ? texts : null;
        return new NegotiatedMedia(
                sender(codec, ByteOrder.BIG_ENDIAN, payload.payloadType(), packetMs),
                receiver(codec, ByteOrder.BIG_ENDIAN, 1),
                new RtpPacketizer(source, payload, sent, kept, context.clock()),
                new RtpDepacketizer(
                        context,
                        source,
                        payload,
                        stream,
                        received,
                        repair,
                        new RtpDepacketizer.Peer(time, encrypted, exchanged)),
                history,
                codec == MediaCodec.OPUS ? repair.adaptation() : null,
                new RtcpReporter(
                        context,
                        source,
                        new RtcpReporter.Content(
                                sent,
                                received,
                                feedback,
                                quality,
                                config.delay(),
                                agreed.features().contains(MediaFeature.XR),
                                encrypted ? localState : null,
                                exchanged),
                        time,
                        random,
                        senders.call()));
    }

    private static SentPackets keeper(MediaCodec codec, boolean heals, int maxBitRateBps) {
        if (!heals) {
            return new SentPackets(KEPT_PACKETS, VoiceSender.MAX_PAYLOAD_BYTES, MAX_RETRANSMITTED_SHARE);
        }
        return SentPackets.ofHistory(
                historyBytes(codec),
                VoiceSender.MAX_PAYLOAD_BYTES,
                MAX_RETRANSMITTED_SHARE,
                codec == MediaCodec.OPUS ? maxBitRateBps : PCM_MAX_BIT_RATE_BPS);
    }

    private static StreamHistory history(
            MediaCodec codec, ByteOrder pcmOrder, int samplesPerUnit, boolean heals, DoubleSupplier roundTripMs) {
        return new StreamHistory(
                new ReceivedPackets(MAX_PAYLOAD_BYTES, historyBytes(codec)),
                () -> decoder(codec, pcmOrder),
                samplesPerUnit,
                formatOf(codec).samplesOf(PacketTime.MS),
                heals,
                roundTripMs);
    }

    private static int historyBytes(MediaCodec codec) {
        return codec == MediaCodec.OPUS ? OPUS_HISTORY_BYTES : PCM_HISTORY_BYTES;
    }

    private static FrameDecoder decoder(MediaCodec codec, ByteOrder pcmOrder) {
        return codec == MediaCodec.OPUS ? Opus.library().decoder() : new PcmDecoder(formatOf(codec), pcmOrder);
    }

    private static int bps(int bytes, int everyMs) {
        return bytes * Byte.SIZE * 1000 / everyMs;
    }

    private VoiceSender sender(MediaCodec codec, ByteOrder pcmOrder, int payloadType, int packetMs) {
        PcmFormat coded = formatOf(codec);
        FrameEncoder encoder =
                codec == MediaCodec.OPUS ? Opus.library().encoder(packetMs) : new PcmEncoder(coded, pcmOrder);
        return new VoiceSender(
                encoder, new VoiceSender.Format(context.format(), coded.sampleRateHz(), packetMs, payloadType));
    }

    private VoiceReceiver receiver(MediaCodec codec, ByteOrder pcmOrder, int samplesPerUnit) {
        PcmFormat coded = formatOf(codec);
        return new VoiceReceiver(
                decoder(codec, pcmOrder),
                new DelayTarget(config.delay().minMs(), config.delay().maxMs()),
                new VoiceReceiver.Format(
                        samplesPerUnit,
                        coded.samplesOf(PacketTime.MS),
                        MAX_PAYLOAD_BYTES,
                        config.delay().capacityPackets()));
    }

    private static PcmFormat formatOf(MediaCodec codec) {
        return codec == MediaCodec.OPUS ? PcmFormat.OPUS : PcmFormat.CLASSIC;
    }
}
