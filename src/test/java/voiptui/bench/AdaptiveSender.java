package voiptui.bench;

import java.nio.ByteBuffer;
import voiptui.audio.PcmFormat;
import voiptui.codec.Opus;
import voiptui.time.PacketTime;
import voiptui.voice.SendAdaptation;
import voiptui.voice.VoiceSender;

/** Sends as a call does: by a {@link VoiceSender} that a {@link SendAdaptation} controls. */
final class AdaptiveSender implements SpeechSender {

    private final boolean retransmissions;
    private final SendAdaptation adaptation;
    private final VoiceSender sender = new VoiceSender(
            Opus.library().encoder(PacketTime.MS),
            new VoiceSender.Format(
                    PcmFormat.OPUS, PcmFormat.OPUS.sampleRateHz(), PacketTime.MS, VoiceLoop.PAYLOAD_TYPE));
    private final byte[] bytes = new byte[VoiceSender.MAX_PAYLOAD_BYTES];

    /** @param retransmissions whether packets are sent again on demand */
    AdaptiveSender(boolean retransmissions) {
        this.retransmissions = retransmissions;
        adaptation = new SendAdaptation(new SendAdaptation.Limits(
                SendAdaptation.USUAL_MAX_BIT_RATE_BPS, true, retransmissions, true, PacketTime.MS, true));
    }

    @Override
    public String name() {
        return "adaptive";
    }

    @Override
    public void onFrame(short[] frame, long nowNs, Wire wire) {
        sender.adapt(adaptation.settings());
        if (sender.add(frame)) {
            ByteBuffer payload = sender.payload();
            payload.get(0, bytes, 0, sender.payloadBytes());
            wire.send(sender.timestamp(), sender.hasCopies(), bytes, sender.payloadBytes());
        }
    }

    @Override
    public void onReport(double lossPercent, double burstPackets, double rttMs, double jitterMs, long nowNs) {
        adaptation.onRoundTrip(rttMs);
        adaptation.onJitter(jitterMs, nowNs);
        adaptation.onLoss(lossPercent / 100, burstPackets, nowNs);
    }

    @Override
    public void onResent(int bytes) {
        sender.spendElsewhere(bytes);
    }

    @Override
    public boolean retransmits() {
        return retransmissions
                && (adaptation.settings().retransmissions()
                        || adaptation.settings().copies().isEmpty());
    }
}
