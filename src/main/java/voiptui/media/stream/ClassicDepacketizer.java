package voiptui.media.stream;

import java.nio.ByteBuffer;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.rtp.ClassicPacket;

/** Parses packets of the classic protocol. Owned by the network thread. Allocates nothing per packet. */
public final class ClassicDepacketizer implements Depacketizer {

    /** For this long after an end-of-transmission, packets are reordered remains of the old stream, not a new one. */
    private static final long REORDERING_NS = 200_000_000L;

    private final StreamReceiver stream;
    private final Counters counters;
    private long endedUntilNs;
    private boolean ended;

    /** @param stream receives the media packets */
    public ClassicDepacketizer(StreamReceiver stream, Counters counters) {
        this.stream = stream;
        this.counters = counters;
    }

    @Override
    public void onDatagram(ByteBuffer datagram, long arrivalNs) {
        if (!ClassicPacket.isMedia(datagram)) {
            counters.increment(Counter.PACKETS_MALFORMED);
        } else if (ClassicPacket.isEndOfTransmission(datagram)) {
            ended = true;
            endedUntilNs = arrivalNs + REORDERING_NS;
            stream.onEndOfTransmission();
        } else if (ended && endedUntilNs - arrivalNs > 0) {
            counters.increment(Counter.PACKETS_AFTER_END);
        } else {
            ended = false;
            int sequence = ClassicPacket.sequence(datagram);
            stream.onMedia(
                    sequence,
                    sequence,
                    datagram,
                    datagram.position() + ClassicPacket.HEADER_BYTES,
                    ClassicPacket.PAYLOAD_BYTES,
                    arrivalNs);
        }
    }

    @Override
    public double jitterMs() {
        return stream.jitterMs();
    }
}
