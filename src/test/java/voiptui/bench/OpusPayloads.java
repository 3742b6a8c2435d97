package voiptui.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import voiptui.codec.EncoderSettings;
import voiptui.codec.FrameDecoder;
import voiptui.codec.FrameDecoder.Recovered;
import voiptui.codec.FrameEncoder;
import voiptui.codec.Opus;
import voiptui.codec.OpusPacket;
import voiptui.demo.speech.SpeechSimilarity;
import voiptui.testkit.Wav;

/** Opus packets, which libopus decodes and recovers others from. */
final class OpusPayloads implements PayloadKind {

    private static final int RATE_HZ = 48_000;
    private static final int FRAME = 960;
    private static final int MAX_SAMPLES = 6 * FRAME;
    private static final int STEP = 120;
    private static final int SECONDS = 4;

    private final FrameDecoder decoder;
    private final List<byte[]> seeds = new ArrayList<>();
    private final List<byte[]> speech;
    private final short[] before;
    private final short[] audio = new short[MAX_SAMPLES];
    private int accepted;
    private int fec;
    private int deep;

    OpusPayloads() throws IOException {
        String problem = Opus.load();
        if (problem != null) {
            throw new IOException("libopus: " + problem);
        }
        short[] said = Wav.speech(SECONDS, 1, RATE_HZ);
        speech = encode(said, 20, new EncoderSettings(40_000, 20, true, 500, false));
        before = decode(Opus.library().decoder());
        decoder = Opus.library().decoder();
        for (int bitRateBps : new int[] {6_000, 10_000, 16_000, 32_000, 96_000}) {
            seeds.addAll(encode(said, 20, new EncoderSettings(bitRateBps, 0, false, 0, false)));
            seeds.addAll(encode(said, 10, new EncoderSettings(bitRateBps, 20, true, 0, false)));
        }
        seeds.addAll(speech);
        for (int dredMs = 200; dredMs <= 1_000; dredMs += 100) {
            seeds.addAll(encode(said, 20, new EncoderSettings(48_000, 20, false, dredMs, false)));
        }
        seeds.addAll(encode(said, 10, new EncoderSettings(48_000, 20, false, 1_000, true)));
        seeds.addAll(join(seeds.subList(0, 1_000)));
        seeds.removeIf(payload -> payload.length == 0);
    }

    private static List<byte[]> encode(short[] said, int frameMs, EncoderSettings settings) {
        FrameEncoder encoder = Opus.library().encoder(frameMs);
        encoder.adapt(settings);
        ByteBuffer packet = ByteBuffer.allocate(encoder.maxPayloadBytes());
        List<byte[]> payloads = new ArrayList<>();
        int samples = RATE_HZ / 1000 * frameMs;
        for (int at = 0; at + samples <= said.length; at += samples) {
            int bytes = encoder.encode(Arrays.copyOfRange(said, at, at + samples), packet, 0);
            payloads.add(Arrays.copyOf(packet.array(), bytes));
        }
        return payloads;
    }

    /** Returns packets of two and three frames, made of neighbours of one frame each (RFC 6716, 3.2.4 and 3.2.5). */
    private static List<byte[]> join(List<byte[]> payloads) {
        List<byte[]> joined = new ArrayList<>();
        for (int i = 0; i + 2 < payloads.size(); i += 3) {
            byte[] first = payloads.get(i);
            byte[] second = payloads.get(i + 1);
            byte[] third = payloads.get(i + 2);
            boolean plain = first.length > 0 && (first[0] & 3) == 0 && first.length < 252 && second.length < 252;
            if (plain && second.length > 0 && third.length > 0) {
                joined.add(packet(new byte[] {(byte) (first[0] | 2), (byte) (first.length - 1)}, first, second));
                byte[] header = {
                    (byte) (first[0] | 3), (byte) 0x83, (byte) (first.length - 1), (byte) (second.length - 1)
                };
                joined.add(packet(header, first, second, third));
            }
        }
        return joined;
    }

    private static byte[] packet(byte[] header, byte[]... frames) {
        ByteBuffer packet = ByteBuffer.allocate(4_000).put(header);
        for (byte[] frame : frames) {
            packet.put(frame, 1, frame.length - 1);
        }
        return Arrays.copyOf(packet.array(), packet.position());
    }

    /** Decodes the speech with a pattern of losses that are recovered by FEC, by DRED, and concealed. */
    private short[] decode(FrameDecoder fresh) {
        short[] heard = new short[speech.size() * FRAME];
        short[] out = new short[MAX_SAMPLES];
        for (int i = 0; i < speech.size(); i++) {
            byte[] payload = speech.get(i);
            byte[] next = speech.get(Math.min(i + 1, speech.size() - 1));
            byte[] later = speech.get(Math.min(i + 2, speech.size() - 1));
            boolean made = switch (i % 20) {
                case 5 -> fresh.recover(next, next.length, FRAME, out, FRAME) != Recovered.NONE;
                case 10 -> fresh.recover(later, later.length, 2 * FRAME, out, FRAME) != Recovered.NONE;
                case 15 -> false;
                default -> fresh.decode(payload, payload.length, out) == FRAME;
            };
            if (!made) {
                fresh.conceal(out, FRAME);
            }
            System.arraycopy(out, 0, heard, i * FRAME, FRAME);
        }
        return heard;
    }

    /** Returns packets of 20 ms each of some seconds of speech. */
    List<byte[]> speech() {
        return speech;
    }

    @Override
    public String name() {
        return "opus";
    }

    @Override
    public List<byte[]> seeds() {
        return seeds;
    }

    @Override
    public int maxBytes() {
        return 2_000;
    }

    @Override
    public void take(byte[] payload, int bytes, Random random) {
        int samples = decoder.samples(payload, bytes);
        int expected = Math.max(0, OpusPacket.samples(payload, bytes));
        require(samples == expected && samples <= MAX_SAMPLES, "samples: " + samples);
        if (random.nextBoolean()) {
            recover(payload, bytes, samples, random);
        }
        int decoded = decoder.decode(payload, bytes, audio);
        require(decoded == 0 || decoded == samples, "decoded " + decoded + " of " + samples);
        accepted += decoded > 0 ? 1 : 0;
    }

    private void recover(byte[] payload, int bytes, int samples, Random random) {
        int count = STEP * (1 + random.nextInt(random.nextInt(4) == 0 ? 48 : 8));
        int distance = count + STEP * random.nextInt(random.nextInt(4) == 0 ? 400 : 16);
        switch (random.nextInt(8)) {
            case 0 -> {
                count = random.nextInt();
                distance = random.nextInt();
            }
            case 1, 2, 3 -> {
                count = samples;
                distance = samples;
            }
            default -> {}
        }
        switch (decoder.recover(payload, bytes, distance, audio, count)) {
            case FEC -> fec++;
            case DRED -> deep++;
            case NONE -> decoder.conceal(audio, STEP * random.nextInt(9));
        }
    }

    /** A fresh decoder gives the same to the bit; the one that took everything, the same to the ear after a second. */
    @Override
    public String check() {
        require(Arrays.equals(decode(Opus.library().decoder()), before), "a fresh decoder gives something else");
        short[] settled = decode(decoder);
        double likeness = SpeechSimilarity.ofAligned(
                Arrays.copyOfRange(before, RATE_HZ, before.length),
                Arrays.copyOfRange(settled, RATE_HZ, settled.length),
                RATE_HZ);
        require(likeness > 0.97, "likeness of the decoder that took them: " + likeness);
        require(accepted > 0 && fec > 0 && deep > 0, "nothing of a kind: " + accepted + ", " + fec + ", " + deep);
        return String.format(
                "%,d decoded, %,d recovered by FEC, %,d by DRED; a fresh decoder is the same to the bit, this one %.3f alike",
                accepted, fec, deep, likeness);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
