package voiptui.media;

import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import voiptui.audio.PcmFormat;
import voiptui.codec.FrameDecoder;
import voiptui.codec.FrameEncoder;
import voiptui.codec.Opus;
import voiptui.codec.PcmCodec;
import voiptui.codec.PcmDecoder;
import voiptui.codec.PcmEncoder;
import voiptui.codec.ResamplingDecoder;
import voiptui.codec.ResamplingEncoder;
import voiptui.jitter.ArrivalQueue;
import voiptui.jitter.DelayTarget;
import voiptui.net.DatagramSender;
import voiptui.protocol.MediaCodec;
import voiptui.protocol.MediaFormat;
import voiptui.protocol.PacketFormat;
import voiptui.rtp.NtpTime;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.ReceptionReport;
import voiptui.rtp.RtpSource;
import voiptui.rtp.SenderStats;
import voiptui.voice.VoiceReceiver;

/** Creates encoder, decoder, packetizer and depacketizer for the codec and packet format that a call negotiated. */
public final class CodecFactory {

    /** The longest payload of any codec, in bytes. */
    static final int MAX_PAYLOAD_BYTES = PayloadFormat.L16.maxPayloadBytes();

    private final MediaContext context;
    private final ArrivalQueue arrivals;
    private final DatagramSender sender;
    private final InstantSource wallClock;
    private final MediaConfig.Delay delay;

    /**
     * Creates media for one call.
     *
     * @param arrivals receives the payloads, for the playout thread
     * @param sender sends the reports
     * @param wallClock the wall clock of the sender reports (RFC 3550, 6.4.1)
     * @param delay the limits of the playout delay
     */
    CodecFactory(
            MediaContext context,
            ArrivalQueue arrivals,
            DatagramSender sender,
            InstantSource wallClock,
            MediaConfig.Delay delay) {
        this.context = context;
        this.arrivals = arrivals;
        this.sender = sender;
        this.wallClock = wallClock;
        this.delay = delay;
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
     * @throws IllegalArgumentException for any codec but {@link MediaCodec#PCM} in classic packets
     */
    NegotiatedMedia create(MediaFormat format) {
        if (format.packets() == PacketFormat.RTP) {
            return rtp(format.codec());
        }
        if (format.codec() != MediaCodec.PCM) {
            throw new IllegalArgumentException(
                    "classic packets cannot carry " + format.codec().wire());
        }
        return classic();
    }

    private NegotiatedMedia classic() {
        StreamReceiver stream = StreamReceiver.ofNumbers(context, arrivals);
        return new NegotiatedMedia(
                encoder(MediaCodec.PCM, ByteOrder.LITTLE_ENDIAN),
                receiver(decoder(MediaCodec.PCM, ByteOrder.LITTLE_ENDIAN), 1),
                new ClassicPacketizer(),
                new ClassicDepacketizer(stream, context.counters()),
                NegotiatedMedia.ReportSender.NONE);
    }

    private NegotiatedMedia rtp(MediaCodec codec) {
        PayloadFormat payload = codec == MediaCodec.OPUS ? PayloadFormat.OPUS : PayloadFormat.L16;
        RtpSource source = new RtpSource(new SecureRandom());
        NtpTime time = new NtpTime(wallClock, context.clock());
        SenderStats sent = new SenderStats(payload.clockHz());
        ReceptionReport received = new ReceptionReport();
        StreamReceiver stream = StreamReceiver.ofClock(payload.clockHz(), context, arrivals);
        return new NegotiatedMedia(
                encoder(codec, ByteOrder.BIG_ENDIAN),
                receiver(decoder(codec, ByteOrder.BIG_ENDIAN), payload.timestampStep()),
                new RtpPacketizer(source, payload, sent, context.clock()),
                new RtpDepacketizer(context, source, payload, stream, received, time),
                new RtcpReporter(context, source, sent, received, time, sender));
    }

    private FrameEncoder encoder(MediaCodec codec, ByteOrder pcmOrder) {
        PcmFormat coded = formatOf(codec);
        FrameEncoder encoder = codec == MediaCodec.OPUS ? Opus.library().encoder() : new PcmEncoder(coded, pcmOrder);
        return coded.equals(context.format()) ? encoder : new ResamplingEncoder(context.format(), coded, encoder);
    }

    private FrameDecoder decoder(MediaCodec codec, ByteOrder pcmOrder) {
        PcmFormat coded = formatOf(codec);
        FrameDecoder decoder = codec == MediaCodec.OPUS ? Opus.library().decoder() : new PcmDecoder(coded, pcmOrder);
        return coded.equals(context.format()) ? decoder : new ResamplingDecoder(decoder, coded, context.format());
    }

    private VoiceReceiver receiver(FrameDecoder decoder, int timestampStep) {
        return new VoiceReceiver(
                decoder,
                new DelayTarget(delay.minMs(), delay.maxMs()),
                context.format().sampleRateHz(),
                context.format().frameSamples(),
                timestampStep,
                MAX_PAYLOAD_BYTES,
                delay.capacityPackets());
    }

    private static PcmFormat formatOf(MediaCodec codec) {
        return codec == MediaCodec.OPUS ? PcmFormat.OPUS : PcmFormat.CLASSIC;
    }
}
