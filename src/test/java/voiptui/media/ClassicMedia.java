package voiptui.media;

import java.time.InstantSource;
import voiptui.jitter.ArrivalQueue;
import voiptui.protocol.MediaFormat;
import voiptui.rtp.ClassicPacket;

/** Negotiated media of a classic call, for tests of one pipeline. */
final class ClassicMedia {

    private ClassicMedia() {}

    /** Returns media whose received payloads nobody takes. */
    static NegotiatedMedia create(MediaContext context) {
        return create(context, new ArrivalQueue(1, ClassicPacket.PAYLOAD_BYTES));
    }

    /** Returns media that puts received payloads into {@code arrivals}. */
    static NegotiatedMedia create(MediaContext context, ArrivalQueue arrivals) {
        return new CodecFactory(
                        context,
                        arrivals,
                        datagram -> datagram.remaining(),
                        InstantSource.system(),
                        new MediaConfig.Delay(40, 500))
                .create(MediaFormat.CLASSIC);
    }
}
