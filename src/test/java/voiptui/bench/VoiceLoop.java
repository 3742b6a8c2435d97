package voiptui.bench;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.PriorityQueue;
import voiptui.audio.PcmFormat;
import voiptui.codec.Opus;
import voiptui.demo.network.ImpairedPath;
import voiptui.demo.network.NetworkProfile;
import voiptui.demo.speech.SpeechMatch;
import voiptui.jitter.DelayTarget;
import voiptui.jitter.PacketOrigin;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.repair.RedPayload;
import voiptui.rtp.repair.RtxPacket;
import voiptui.rtp.repair.SentPackets;
import voiptui.testkit.Speech;
import voiptui.testkit.pesq.PesqEstimate;
import voiptui.time.PacketTime;
import voiptui.voice.ReceiverCounts;
import voiptui.voice.SendAdaptation;
import voiptui.voice.VoiceReceiver;
import voiptui.voice.VoiceSender;

/**
 * A call in one direction on simulated time: sender, network, receiver. The same setting gives the same result.
 *
 * <p>The sender's clock may run faster or slower than the receiver's. Delays are averaged after a minute, or after a sixth of a
 * shorter call, in which the receiver gets to know the network.
 */
final class VoiceLoop {

    /** Payload type of the frames. */
    static final int PAYLOAD_TYPE = 111;

    private static final int RED_PAYLOAD_TYPE = 63;
    private static final int RTX_PAYLOAD_TYPE = 64;
    private static final int RATE_HZ = PcmFormat.OPUS.sampleRateHz();
    private static final int FRAME = PcmFormat.OPUS.frameSamples();
    private static final long NS_PER_MS = 1_000_000;
    /** RTP, UDP and IPv4. */
    private static final int HEADER_BYTES = 12 + 8 + 20;

    private static final int CAPACITY = 256;
    private static final int MAX_WARM_UP_MS = 60_000;
    private static final int KEPT = 256;
    /** How long after trouble begins the sender may take to adapt. */
    private static final int ADAPTATION_SECONDS = 3;
    /** The speech that is judged at a time. */
    private static final int OPINION_SECONDS = 8;
    /** The most speech that is compared: the last of it. */
    private static final int COMPARED_SECONDS = 30;

    /**
     * What is simulated.
     *
     * @param network what packets pass
     * @param driftPpm how much faster the sender's clock runs, in millionths
     * @param seconds length of the call
     * @param pullMs how much the receiver is asked for at a time: 10 or 20
     * @param seed of the network
     * @param trouble when the network begins to be like that
     */
    record Setting(NetworkProfile network, double driftPpm, int seconds, int pullMs, long seed, Trouble trouble) {

        /** The network is so from the start, and the way back as long as the way there. */
        Setting(NetworkProfile network, double driftPpm, int seconds, int pullMs, long seed) {
            this(
                    network,
                    driftPpm,
                    seconds,
                    pullMs,
                    seed,
                    new Trouble(0, network.delay().baseMs()));
        }
    }

    /**
     * The network's course.
     *
     * @param afterSeconds until then packets only take as long as the fastest
     * @param returnMs how long feedback takes
     * @param returnLoss the part of it that is lost, 0 to 1
     */
    record Trouble(int afterSeconds, double returnMs, double returnLoss) {

        /** No feedback is lost. */
        Trouble(int afterSeconds, double returnMs) {
            this(afterSeconds, returnMs, 0);
        }
    }

    /**
     * What came of it.
     *
     * @param sent packets sent
     * @param kbps their bit rate, RTP, UDP and IPv4 headers included
     * @param counts what became of them
     * @param delay the playout delay after the warm-up
     * @param concealed audio made up, per minute after the warm-up, in milliseconds
     * @param stretches how often time was stretched
     * @param similarity of heard to said speech; see {@link SpeechMatch}
     * @param opinion of listeners, estimated from three seconds after the trouble began; see {@link PesqEstimate}
     * @param adaptationMs from the first loss until copies were sent; NaN: never
     */
    record Result(
            int sent,
            double kbps,
            ReceiverCounts counts,
            Delay delay,
            double concealed,
            int stretches,
            double similarity,
            double opinion,
            double adaptationMs) {}

    /** The playout delay in milliseconds: mean, 95th percentile, and the target at the end. */
    record Delay(double meanMs, double p95Ms, double targetMs) {}

    private record Packet(
            long arrivalNs,
            int number,
            int sequence,
            long timestamp,
            boolean hasCopies,
            boolean isRetransmission,
            byte[] payload)
            implements Comparable<Packet> {
        @Override
        public int compareTo(Packet other) {
            return arrivalNs != other.arrivalNs
                    ? Long.compare(arrivalNs, other.arrivalNs)
                    : Integer.compare(number, other.number);
        }
    }

    private final Setting setting;
    private final SpeechSender sender;
    private final short[] speech;
    private final ImpairedPath path;
    private final PriorityQueue<Packet> underWay = new PriorityQueue<>();
    private final RedPayload red = new RedPayload(RED_PAYLOAD_TYPE);
    private final byte[] block = new byte[RedPayload.MAX_COPY_BYTES + 512];
    private final DelayTarget target = new DelayTarget(10, 500);
    private final VoiceReceiver receiver;
    private final ImpairedPath calm;
    private final Feedback feedback;
    private final SentPackets sentPackets =
            SentPackets.ofHistory(1 << 20, VoiceSender.MAX_PAYLOAD_BYTES, 0.5, SendAdaptation.USUAL_MAX_BIT_RATE_BPS);
    private final RtxPacket retransmission = new RtxPacket(sentPackets, 2, 0);
    private final ByteBuffer datagram = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + VoiceSender.MAX_PAYLOAD_BYTES);
    private final Packet[] kept = new Packet[KEPT];
    private int sent;
    private int copies;
    private long sentBytes;
    private long firstLossNs = -1;
    private long firstCopiesNs = -1;

    private VoiceLoop(Setting setting, SpeechSender sender, short[] speech) {
        retransmission.map(PAYLOAD_TYPE, RTX_PAYLOAD_TYPE);
        this.setting = setting;
        this.sender = sender;
        this.speech = speech;
        this.path = ImpairedPath.of(setting.network, setting.seed);
        double baseMs = setting.network.delay().baseMs();
        this.calm = ImpairedPath.of(NetworkProfile.IDEAL.withDelay(baseMs), setting.seed);
        this.feedback =
                new Feedback(setting.trouble.returnMs, baseMs + setting.trouble.returnMs, setting.trouble.returnLoss);
        this.receiver = new VoiceReceiver(
                Opus.library().decoder(),
                target,
                new VoiceReceiver.Format(1, PcmFormat.OPUS.samplesOf(PacketTime.MS), block.length, CAPACITY));
    }

    /**
     * Simulates a call.
     *
     * @param speech what is said, over and over, at 48 kHz
     */
    static Result run(Setting setting, SpeechSender sender, short[] speech) {
        return new VoiceLoop(setting, sender, speech).run();
    }

    private Result run() {
        int pulls = setting.seconds * 1000 / setting.pullMs;
        int troubledMs = setting.trouble.afterSeconds > 0
                ? 1000 * (setting.trouble.afterSeconds + ADAPTATION_SECONDS)
                : Math.min(MAX_WARM_UP_MS, setting.seconds * 1000 / 6);
        int warmUpPulls = troubledMs / setting.pullMs;
        int pullSamples = RATE_HZ * setting.pullMs / 1000;
        short[] heard = new short[pulls * pullSamples];
        short[] out = new short[pullSamples];
        double[] delaysMs = new double[pulls - warmUpPulls];
        double concealedBeforeMs = 0;
        double stretchedMs = 0;
        int stretches = 0;
        long frames = 0;
        short[] frame = new short[FRAME];
        for (int pull = 0; pull < pulls; pull++) {
            long nowNs = pull * setting.pullMs * NS_PER_MS;
            for (long spokenNs = spokenNs(frames); spokenNs <= nowNs; spokenNs = spokenNs(frames)) {
                say(frame, frames++);
                long sentNs = spokenNs;
                sender.onFrame(
                        frame,
                        spokenNs,
                        (timestamp, hasCopies, payload, bytes) -> send(sentNs, timestamp, hasCopies, payload, bytes));
            }
            deliverUntil(nowNs);
            report(nowNs);
            receiver.pull(out, nowNs);
            System.arraycopy(out, 0, heard, pull * pullSamples, pullSamples);
            double changedMs = receiver.counts().addedMs() + receiver.counts().removedMs();
            stretches += changedMs != stretchedMs ? 1 : 0;
            stretchedMs = changedMs;
            if (pull < warmUpPulls) {
                concealedBeforeMs = receiver.counts().concealedMs();
            } else {
                delaysMs[pull - warmUpPulls] = receiver.delayMs();
            }
        }
        double measuredMs = delaysMs.length * setting.pullMs;
        return new Result(
                sent,
                8.0 * sentBytes / setting.seconds / 1000,
                receiver.counts(),
                delay(delaysMs, receiver.targetMs(setting.seconds * 1000 * NS_PER_MS)),
                (receiver.counts().concealedMs() - concealedBeforeMs) * 60_000 / measuredMs,
                stretches,
                similarity(heard),
                opinion(heard),
                firstCopiesNs < 0 ? Double.NaN : (firstCopiesNs - firstLossNs) / 1e6);
    }

    private void report(long nowNs) {
        feedback.onTick(nowNs);
        for (int again = feedback.arriveAt(sender, nowNs); again >= 0; again = feedback.arriveAt(sender, nowNs)) {
            Packet packet = kept[again % KEPT];
            if (packet != null && retransmission.build(again, !sender.retransmits(), nowNs) != null) {
                transmit(nowNs, packet.sequence, packet.timestamp, packet.hasCopies, true, packet.payload);
            }
        }
    }

    private static Delay delay(double[] delaysMs, double targetMs) {
        double mean = Arrays.stream(delaysMs).average().orElse(0);
        double[] sorted = delaysMs.clone();
        Arrays.sort(sorted);
        return new Delay(mean, sorted[sorted.length * 95 / 100], targetMs);
    }

    /** Returns when the last sample of a frame was spoken, on the receiver's clock. */
    private long spokenNs(long frame) {
        return (long) ((frame + 1) * PcmFormat.OPUS.frameNs() / (1 + setting.driftPpm * 1e-6));
    }

    private void say(short[] frame, long number) {
        for (int i = 0; i < FRAME; i++) {
            frame[i] = speech[(int) ((number * FRAME + i) % speech.length)];
        }
    }

    private void send(long nowNs, long timestamp, boolean hasCopies, byte[] payload, int bytes) {
        sent++;
        transmit(nowNs, sent, timestamp, hasCopies, false, Arrays.copyOf(payload, bytes));
    }

    private void transmit(
            long nowNs, int sequence, long timestamp, boolean hasCopies, boolean isRetransmission, byte[] payload) {
        int bytes = payload.length + HEADER_BYTES + (isRetransmission ? 2 : 0);
        sentBytes += bytes;
        ImpairedPath way = nowNs < setting.trouble.afterSeconds * 1_000 * NS_PER_MS ? calm : path;
        int arriving = way.send(nowNs, bytes);
        if (arriving == 0 && firstLossNs < 0) {
            firstLossNs = nowNs;
        }
        if (hasCopies && firstLossNs >= 0 && firstCopiesNs < 0) {
            firstCopiesNs = nowNs;
        }
        for (int copy = 0; copy < arriving; copy++) {
            underWay.add(new Packet(
                    way.arrivalNs(copy), copies++, sequence, timestamp, hasCopies, isRetransmission, payload));
        }
        if (!isRetransmission) {
            RtpPacket.writeHeader(datagram.clear(), false, PAYLOAD_TYPE, sequence, (int) timestamp, 1);
            datagram.put(RtpPacket.HEADER_BYTES, payload).limit(RtpPacket.HEADER_BYTES + payload.length);
            sentPackets.onSent(datagram, nowNs);
            sender.onResent(sentPackets.takeResentBytes());
            kept[sequence % KEPT] = new Packet(0, 0, sequence, timestamp, hasCopies, false, payload);
        }
    }

    private void deliverUntil(long nowNs) {
        while (!underWay.isEmpty() && underWay.peek().arrivalNs <= nowNs) {
            deliver(underWay.poll());
        }
    }

    private void deliver(Packet packet) {
        if (packet.isRetransmission && !feedback.onRetransmission(packet.sequence)) {
            return;
        }
        if (!packet.isRetransmission) {
            feedback.onPacket(packet.sequence, packet.timestamp, receiver.targetMs(packet.arrivalNs), packet.arrivalNs);
        }
        PacketOrigin origin = packet.isRetransmission ? PacketOrigin.RETRANSMISSION : PacketOrigin.ORIGINAL;
        if (!packet.hasCopies) {
            receiver.onPacket(0, packet.timestamp, packet.arrivalNs, origin, packet.payload, packet.payload.length);
            return;
        }
        int blocks = red.parse(ByteBuffer.wrap(packet.payload), 0, packet.payload.length);
        // The packet itself first, as a call does.
        for (int i = 0; i < blocks; i++) {
            int index = i == 0 ? blocks - 1 : i - 1;
            System.arraycopy(packet.payload, red.at(index), block, 0, red.bytes(index));
            receiver.onPacket(
                    0,
                    packet.timestamp - red.timestampOffset(index),
                    packet.arrivalNs,
                    i == 0 ? origin : PacketOrigin.COPY,
                    block,
                    red.bytes(index));
        }
    }

    private double similarity(short[] heard) {
        int seconds = Math.min(COMPARED_SECONDS, setting.seconds * 3 / 4);
        // The end of the speech needs time to be heard.
        int from = (setting.seconds - seconds - 1) * RATE_HZ;
        short[] said = new short[seconds * RATE_HZ];
        for (int i = 0; i < said.length; i++) {
            said[i] = speech[(from + i) % speech.length];
        }
        return SpeechMatch.find(said, Arrays.copyOfRange(heard, from, heard.length), RATE_HZ)
                .similarity();
    }

    /** Returns the mean estimate for up to 30 seconds, in parts. */
    private double opinion(short[] heard) {
        int first = setting.trouble.afterSeconds + ADAPTATION_SECONDS;
        int parts = Math.min(COMPARED_SECONDS, setting.seconds - first - 1) / OPINION_SECONDS;
        double sum = 0;
        for (int part = 0; part < parts; part++) {
            int from = (first + part * OPINION_SECONDS) * RATE_HZ;
            short[] said = new short[OPINION_SECONDS * RATE_HZ];
            for (int i = 0; i < said.length; i++) {
                said[i] = speech[(from + i) % speech.length];
            }
            short[] window = Arrays.copyOfRange(heard, from, Math.min(heard.length, from + said.length + RATE_HZ));
            sum += PesqEstimate.of(
                            Speech.convert(said, RATE_HZ, PesqEstimate.RATE_HZ),
                            Speech.convert(window, RATE_HZ, PesqEstimate.RATE_HZ))
                    / parts;
        }
        return sum;
    }
}
