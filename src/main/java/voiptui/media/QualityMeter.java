package voiptui.media;

import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.VoiceEvent;
import voiptui.media.stream.StreamReceiver;
import voiptui.time.PacketTime;
import voiptui.voice.EModel;

/**
 * Rates how the peer sounds here: the E-model over the packets of the last five seconds and the present delay. Owned by the call thread.
 */
final class QualityMeter {

    /** Readings in the window, two per second. */
    private static final int READINGS = 10;

    private final Counters counters;
    private final PlayoutPipeline playout;
    private final long[] expected = new long[READINGS];
    private final long[] recovered = new long[READINGS];
    private final long[] concealed = new long[READINGS];
    private int readings;
    private double worstMos = Double.NaN;
    private boolean opus;
    private @Nullable StreamReceiver stream;
    private double roundTripMs = Double.NaN;
    private VoiceEvent.@Nullable VoiceQuality quality;

    QualityMeter(Counters counters, PlayoutPipeline playout) {
        this.counters = counters;
        this.playout = playout;
    }

    /**
     * Rates another stream from now on.
     *
     * @param isOpus whether it is Opus; otherwise PCM
     */
    void use(StreamReceiver newStream, boolean isOpus) {
        stream = newStream;
        opus = isOpus;
    }

    private EModel.Codec codec() {
        double bitsPerSecond = stream == null ? Double.NaN : stream.bitsPerSecond();
        if (!opus) {
            return EModel.Codec.PCM;
        }
        return Double.isNaN(bitsPerSecond) ? EModel.Codec.OPUS : EModel.Codec.opusAt((int) bitsPerSecond);
    }

    /** Takes a measured round trip in milliseconds into account; NaN: unknown. */
    void onRoundTrip(double ms) {
        roundTripMs = ms;
    }

    /** Takes a reading; twice a second. */
    void update() {
        int at = readings % READINGS;
        long newExpected = counters.get(Counter.PACKETS_EXPECTED);
        long newRecovered = counters.get(Counter.PACKETS_RECOVERED);
        long newConcealed = counters.get(Counter.PACKETS_CONCEALED);
        long packets = newExpected - expected[at];
        if (packets > 0 && readings >= READINGS) {
            double concealedPercent = 100.0 * (newConcealed - concealed[at]) / packets;
            double recoveredPercent = 100.0 * (newRecovered - recovered[at]) / packets;
            double mos = EModel.conversationMos(delay().totalMs(), concealedPercent, 1, codec());
            worstMos = Double.isNaN(worstMos) ? mos : Math.min(worstMos, mos);
            quality = new VoiceEvent.VoiceQuality(mos, worstMos, recoveredPercent, concealedPercent);
        }
        expected[at] = newExpected;
        recovered[at] = newRecovered;
        concealed[at] = newConcealed;
        readings++;
    }

    /** Returns the rating; null until five seconds were heard. */
    VoiceEvent.@Nullable VoiceQuality quality() {
        return quality;
    }

    /** Returns the parts of the delay from the peer's mouth to our ear. */
    VoiceEvent.VoiceDelay delay() {
        return new VoiceEvent.VoiceDelay(
                stream == null ? PacketTime.MS : (int) Math.round(stream.packetMs()),
                Double.isNaN(roundTripMs) ? null : roundTripMs / 2,
                playout.delayMs(),
                playout.queuedMs());
    }

    /** Returns the round trip in milliseconds; NaN: unknown. */
    double roundTripMs() {
        return roundTripMs;
    }

    /** Returns the packets concealed, as a fraction of those expected so far. */
    double concealedFraction() {
        return fraction(Counter.PACKETS_CONCEALED);
    }

    /** Returns the packets that came too late or were skipped, as a fraction of those expected so far. */
    double discardedFraction() {
        return fraction(Counter.PACKETS_LATE) + fraction(Counter.PACKETS_DISCARDED);
    }

    private double fraction(Counter counter) {
        long all = counters.get(Counter.PACKETS_EXPECTED);
        return all == 0 ? 0 : Math.min(1, (double) counters.get(counter) / all);
    }

    /** Returns the present delay of the playout in milliseconds. */
    double playoutDelayMs() {
        return playout.delayMs();
    }
}
