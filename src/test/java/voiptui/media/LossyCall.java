package voiptui.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import voiptui.audio.AudioLostException;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.Gain;
import voiptui.audio.dsp.TestTone;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.jitter.ArrivalQueue;
import voiptui.media.stream.LocalState;
import voiptui.media.stream.MediaContext;
import voiptui.media.stream.MediaSignals;
import voiptui.media.stream.TextChannel;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.PacketFormat;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.repair.RedPayload;
import voiptui.testkit.FakeSink;
import voiptui.testkit.ManualClock;
import voiptui.voice.StreamHistory;

/**
 * A talker and a listener with all that they have in a call but devices and sockets, and a network between them that delays and loses
 * datagrams of all kinds; the time is computed.
 */
public final class LossyCall {

    /** The format of the devices: that of Opus, so that nothing is resampled. */
    public static final PcmFormat DEVICES = PcmFormat.OPUS;

    private static final long WAY_MS = 50;
    private static final int TICK_FRAMES = 4;

    private final ManualClock clock = new ManualClock();
    private final PriorityQueue<Datagram> onTheWay = new PriorityQueue<>();
    private final Random random;
    private final double loss;
    private final short[] said;
    private final End talker = new End();
    private final End listener = new End();
    private final TreeMap<Long, byte[]> sentFrames = new TreeMap<>();
    private final RedPayload red = new RedPayload(PayloadFormat.RED_PAYLOAD_TYPE);
    private final RtpPacket view = new RtpPacket();
    private final MediaFormat format;
    private int frames;
    private int queued;
    private boolean talking = true;

    /** A datagram under way. */
    private record Datagram(long atMs, int order, End to, ByteBuffer content) implements Comparable<Datagram> {
        @Override
        public int compareTo(Datagram other) {
            return atMs == other.atMs ? Integer.compare(order, other.order) : Long.compare(atMs, other.atMs);
        }
    }

    /** One side. */
    private final class End {

        private final Counters counters = new Counters();
        private final EventBus bus = new EventBus();
        private final MediaContext context =
                new MediaContext(DEVICES, bus, counters, new MediaSignals(() -> {}), clock);
        private final ArrivalQueue arrivals = new ArrivalQueue(256, CodecFactory.MAX_PAYLOAD_BYTES);
        private final PlayoutPipeline playout;
        private final FakeSink speaker;
        private NegotiatedMedia media;

        End() {
            speaker = new FakeSink(Integer.MAX_VALUE, number -> {});
            playout = new PlayoutPipeline(
                    context, arrivals, new TestTone(DEVICES), Gain.ofSpeaker(), speaker, FarEnd.IGNORED);
        }

        void begin(MediaFormat agreed, End peer) {
            CodecFactory factory = new CodecFactory(
                    context,
                    arrivals,
                    new CodecFactory.Senders(datagram -> send(datagram, peer), datagram -> send(datagram, peer)),
                    clock,
                    new MediaConfig(new MediaConfig.Delay(40, 400)),
                    playout,
                    new CodecFactory.Told(new QualityMeter(counters, playout), new LocalState(), new TextChannel(bus)));
            media = factory.create(agreed, false);
            playout.use(media);
        }

        short[] play() {
            try {
                playout.playFrame();
            } catch (AudioLostException impossible) {
                throw new AssertionError(impossible);
            }
            return speaker.heard().get(speaker.heard().size() - 1);
        }

        void speak(short[] frame, End peer) {
            if (media.sender().add(frame)) {
                ByteBuffer packet = media.packetizer().packetize(media.sender());
                if (this == talker) {
                    note(packet);
                }
                send(packet, peer);
            }
            media.sender().adapt(media.adaptation().settings());
        }
    }

    /**
     * Creates a call that has just been connected.
     *
     * @param loss the fraction of all datagrams that the network loses, both ways
     * @param features what both sides can do
     * @param said what the talker says, again and again
     */
    public LossyCall(double loss, MediaFeatures features, short[] said, long seed) {
        this.loss = loss;
        this.said = said;
        this.random = new Random(seed);
        this.format = new MediaFormat(MediaCodec.OPUS, PacketFormat.RTP, features);
        talker.begin(format, listener);
        listener.begin(format, talker);
    }

    private int send(ByteBuffer datagram, End to) {
        int bytes = datagram.remaining();
        if (random.nextDouble() >= loss) {
            ByteBuffer copy =
                    ByteBuffer.allocateDirect(bytes).put(datagram.duplicate()).flip();
            onTheWay.add(new Datagram(clock.elapsedMs() + WAY_MS, queued++, to, copy));
        }
        return bytes;
    }

    /** Notes the frame of a packet, without its copies. */
    private void note(ByteBuffer packet) {
        view.parse(packet);
        int at = view.payloadAt();
        int bytes = view.payloadBytes();
        if (view.payloadType() == PayloadFormat.RED_PAYLOAD_TYPE) {
            int last = red.parse(packet, at, bytes) - 1;
            at = red.at(last);
            bytes = red.bytes(last);
        }
        byte[] frame = new byte[bytes];
        packet.get(at, frame);
        sentFrames.put(Integer.toUnsignedLong(view.timestamp()), frame);
    }

    /** Has another talker take the place of the first one: another source, other timestamps. */
    public void changeTalker() {
        sentFrames.clear();
        talker.begin(format, listener);
    }

    /** Lets the talker send or not from now on. */
    public void talk(boolean sends) {
        talking = sends;
    }

    /** Lets 10 ms pass; returns what the listener hears. */
    public short[] tick() {
        clock.advanceMs(PcmFormat.FRAME_MS);
        short[] frame = new short[DEVICES.frameSamples()];
        System.arraycopy(said, frames++ * frame.length % (said.length - frame.length), frame, 0, frame.length);
        if (talking) {
            talker.speak(frame, listener);
        }
        listener.speak(new short[frame.length], talker);
        while (!onTheWay.isEmpty() && onTheWay.peek().atMs() <= clock.elapsedMs()) {
            Datagram next = onTheWay.poll();
            next.to().media.depacketizer().onDatagram(next.content(), clock.nanoTime());
        }
        if (frames % TICK_FRAMES == 0) {
            talker.media.reporter().onTick(clock.elapsedMs());
            listener.media.reporter().onTick(clock.elapsedMs());
        }
        return listener.play();
    }

    /** Lets time pass; returns what the listener hears. */
    public List<short[]> run(int milliseconds) {
        List<short[]> heard = new ArrayList<>();
        for (int i = 0; i < milliseconds / PcmFormat.FRAME_MS; i++) {
            heard.add(tick());
        }
        return heard;
    }

    /** Replays at the listener's. */
    public void sayAgain() {
        listener.playout.sayAgain();
    }

    /** Returns to live at the listener's. */
    public void backToLive() {
        listener.playout.backToLive();
    }

    /** Returns the listener's events. */
    public EventBus events() {
        return listener.bus;
    }

    /** Returns the listener's history. */
    public StreamHistory history() {
        return listener.media.history();
    }

    /** Returns the delay that the listener's playout aims at. */
    public double targetMs() {
        return listener.playout.targetMs();
    }

    /** Returns the clock of the call. */
    public ManualClock clock() {
        return clock;
    }

    /** Returns the frames that this talker has sent, by their timestamps. */
    public TreeMap<Long, byte[]> sentFrames() {
        return sentFrames;
    }

    /** Returns a counter of the talker. */
    public long sent(Counter counter) {
        return talker.counters.get(counter);
    }

    /** Returns a counter of the listener. */
    public long received(Counter counter) {
        return listener.counters.get(counter);
    }
}
