package voiptui.bench;

import java.nio.ByteBuffer;
import voiptui.audio.PcmFormat;
import voiptui.codec.FrameEncoder;
import voiptui.codec.Opus;
import voiptui.time.PacketTime;

/** Encodes each 20 ms and sends one packet. */
final class PlainSender implements SpeechSender {

    private final FrameEncoder encoder = Opus.library().encoder(PacketTime.MS);
    private final short[] packet = new short[PcmFormat.OPUS.samplesOf(PacketTime.MS)];
    private final ByteBuffer payload = ByteBuffer.allocate(encoder.maxPayloadBytes());
    private int filled;
    private long samples;

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public void onFrame(short[] frame, long nowNs, Wire wire) {
        System.arraycopy(frame, 0, packet, filled, frame.length);
        filled += frame.length;
        if (filled == packet.length) {
            filled = 0;
            int bytes = encoder.encode(packet, payload, 0);
            wire.send(samples, false, payload.array(), bytes);
            samples += packet.length;
        }
    }
}
