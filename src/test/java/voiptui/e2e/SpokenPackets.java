package voiptui.e2e;

import java.util.List;
import voiptui.codec.FrameDecoder;
import voiptui.codec.Opus;
import voiptui.demo.speech.SpeechMatch;

/** What whoever takes payloads for Opus gets to hear. */
final class SpokenPackets {

    private static final int RATE_HZ = 48_000;

    private SpokenPackets() {}

    /** Returns how similar the sound of {@code payloads} is to what was said; below 0.5 for other sound. */
    static double similarity(short[] said, List<byte[]> payloads) {
        FrameDecoder decoder = Opus.library().decoder();
        short[] sound = new short[payloads.size() * RATE_HZ / 50];
        short[] frame = new short[RATE_HZ * FrameDecoder.MAX_PAYLOAD_MS / 1_000];
        int at = 0;
        for (byte[] payload : payloads) {
            int samples = decoder.decode(payload, payload.length, frame);
            if (samples > 0 && at + samples <= sound.length) {
                System.arraycopy(frame, 0, sound, at, samples);
            }
            at += RATE_HZ / 50;
        }
        return SpeechMatch.find(said, sound, RATE_HZ).similarity();
    }
}
