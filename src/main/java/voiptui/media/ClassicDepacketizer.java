package voiptui.media;

import java.nio.ByteBuffer;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.rtp.ClassicPacket;

/** Takes packets of the classic protocol. Owned by the network thread. */
final class ClassicDepacketizer implements Depacketizer {

    /** What was overtaken by its own end-of-transmission is no beginning of another stream. */
    private static final long STRAGGLER_NS = 200_000_000L;

    private final StreamReceiver intake;
    private final Counters counters;
    private final MediaSignals signals;
    private long deafUntilNs;
    private boolean deaf;

    /** @param intake takes what is sound */
    ClassicDepacketizer(StreamReceiver intake, Counters counters, MediaSignals signals) {
        this.intake = intake;
        this.counters = counters;
        this.signals = signals;
    }

    @Override
    public void onDatagram(ByteBuffer datagram, long arrivalNs) {
        if (!ClassicPacket.isMedia(datagram)) {
            counters.increment(Counter.PACKETS_MALFORMED);
        } else if (ClassicPacket.isEndOfTransmission(datagram)) {
            deaf = true;
            deafUntilNs = arrivalNs + STRAGGLER_NS;
            intake.onEndOfTransmission();
        } else if (deaf && deafUntilNs - arrivalNs > 0) {
            counters.increment(Counter.PACKETS_AFTER_END);
        } else {
            deaf = false;
            int sequence = ClassicPacket.sequence(datagram);
            intake.onMedia(
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
        return intake.jitterMs();
    }
}
