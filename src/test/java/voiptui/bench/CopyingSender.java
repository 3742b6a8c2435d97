package voiptui.bench;

import java.nio.ByteBuffer;
import java.util.List;
import voiptui.audio.PcmFormat;
import voiptui.codec.EncoderSettings;
import voiptui.codec.Opus;
import voiptui.time.PacketTime;
import voiptui.voice.SendSettings;
import voiptui.voice.VoiceSender;

/** Sends by a {@link VoiceSender} with settings that never change. */
final class CopyingSender implements SpeechSender {

    private static final int MAX_BIT_RATE_BPS = 1_000_000;

    private final String name;
    private final VoiceSender sender;
    private final byte[] bytes = new byte[VoiceSender.MAX_PAYLOAD_BYTES];

    /**
     * Creates a sender.
     *
     * @param bitRateBps bit rate of each frame, in bit/s
     * @param copies distances of the copies, in packets
     */
    CopyingSender(int bitRateBps, List<Integer> copies) {
        this.name = bitRateBps / 1000 + " kbit/s, copies " + copies;
        this.sender = new VoiceSender(
                Opus.library().encoder(PacketTime.MS),
                new VoiceSender.Format(
                        PcmFormat.OPUS, PcmFormat.OPUS.sampleRateHz(), PacketTime.MS, VoiceLoop.PAYLOAD_TYPE));
        sender.adapt(
                new SendSettings(new EncoderSettings(bitRateBps, 0, false, 0, false), copies, false, MAX_BIT_RATE_BPS));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void onFrame(short[] frame, long nowNs, Wire wire) {
        if (sender.add(frame)) {
            ByteBuffer payload = sender.payload();
            payload.get(0, bytes, 0, sender.payloadBytes());
            wire.send(sender.timestamp(), sender.hasCopies(), bytes, sender.payloadBytes());
        }
    }
}
