package voiptui.media;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import voiptui.audio.dsp.Gain;
import voiptui.audio.dsp.TestTone;
import voiptui.jitter.ArrivalQueue;
import voiptui.media.stream.LocalState;
import voiptui.media.stream.MediaContext;
import voiptui.media.stream.TextChannel;
import voiptui.protocol.offer.MediaFormat;
import voiptui.rtp.ClassicPacket;
import voiptui.testkit.FakeSink;

/** Negotiated media of a classic call, for tests of one pipeline. */
final class ClassicMedia {

    private ClassicMedia() {}

    /** Returns media whose received payloads nobody takes. */
    static NegotiatedMedia create(MediaContext context) {
        return create(context, new ArrivalQueue(1, ClassicPacket.PAYLOAD_BYTES));
    }

    /** Returns media that puts received payloads into {@code arrivals}. */
    static NegotiatedMedia create(MediaContext context, ArrivalQueue arrivals) {
        PlayoutPipeline playout = new PlayoutPipeline(
                context,
                arrivals,
                new TestTone(context.format()),
                Gain.ofSpeaker(),
                new FakeSink(0, frame -> {}),
                FarEnd.IGNORED);
        return new CodecFactory(
                        context,
                        arrivals,
                        new CodecFactory.Senders(ByteBuffer::remaining, ByteBuffer::remaining),
                        InstantSource.system(),
                        new MediaConfig(new MediaConfig.Delay(40, 500)),
                        playout,
                        new CodecFactory.Told(
                                new QualityMeter(context.counters(), playout),
                                new LocalState(),
                                new TextChannel(context.bus())))
                .create(MediaFormat.CLASSIC, false);
    }
}
