package voiptui.media;

import java.nio.ByteOrder;
import voiptui.audio.PcmFormat;
import voiptui.codec.FrameDecoder;
import voiptui.codec.FrameEncoder;
import voiptui.codec.OpusVoice;
import voiptui.codec.PcmCodec;
import voiptui.codec.PcmDecoder;
import voiptui.codec.PcmEncoder;
import voiptui.codec.ResamplingDecoder;
import voiptui.codec.ResamplingEncoder;
import voiptui.protocol.MediaCodec;
import voiptui.protocol.PacketFormat;
import voiptui.rtp.PayloadFormat;

/** From what two sides agree on to what does it. Stateless; any thread. */
public final class CodecFactory {

    private CodecFactory() {}

    /** Samples a second of a codec, whatever the devices run at. */
    public static int sampleRateHz(MediaCodec codec) {
        return formatOf(codec).sampleRateHz();
    }

    /** Thousand bits of sound in a second, without headers; the mean where it varies. */
    public static int bitrateKbps(MediaCodec codec) {
        return codec == MediaCodec.OPUS ? OpusVoice.BITRATE_KBPS : PcmCodec.bitrateKbps(formatOf(codec));
    }

    private static PcmFormat formatOf(MediaCodec codec) {
        return codec == MediaCodec.OPUS ? PcmFormat.OPUS : PcmFormat.CLASSIC;
    }

    /** What RTP packets of a codec carry. */
    static PayloadFormat payloadOf(MediaCodec codec) {
        return codec == MediaCodec.OPUS ? PayloadFormat.OPUS : PayloadFormat.L16;
    }

    private static ByteOrder orderOf(PacketFormat packets) {
        return packets == PacketFormat.CLASSIC ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    /** Codes frames of {@code devices}. */
    static FrameEncoder encoder(MediaCodec codec, PacketFormat packets, PcmFormat devices) {
        PcmFormat coded = formatOf(codec);
        FrameEncoder encoder = codec == MediaCodec.OPUS ? OpusVoice.encoder() : new PcmEncoder(coded, orderOf(packets));
        return coded.equals(devices) ? encoder : new ResamplingEncoder(devices, coded, encoder);
    }

    /** Decodes to frames of {@code devices}. */
    static FrameDecoder decoder(MediaCodec codec, PacketFormat packets, PcmFormat devices) {
        PcmFormat coded = formatOf(codec);
        FrameDecoder decoder = codec == MediaCodec.OPUS ? OpusVoice.decoder() : new PcmDecoder(coded, orderOf(packets));
        return coded.equals(devices) ? decoder : new ResamplingDecoder(decoder, coded, devices);
    }
}
