package voiptui.media;

import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;
import voiptui.event.VoiceEvent;
import voiptui.media.quality.QualityWatch;
import voiptui.media.quality.ReceptionWatch;
import voiptui.media.stream.MediaSignals;
import voiptui.time.NanoClock;

/**
 * Publishes how good the call is, and at once when nothing arrives any more. It reads what everybody else publishes, polled, so
 * that it needs no thread. Owned by the call thread.
 */
final class CallVerdict implements AutoCloseable {

    private final EventBus bus;
    private final MediaSignals signals;
    private final PlayoutPipeline playout;
    private final NanoClock clock;
    private final Subscription events;
    private final ReceptionWatch reception = new ReceptionWatch();
    private QualityWatch quality;
    private boolean inCall;

    CallVerdict(EventBus bus, MediaSignals signals, PlayoutPipeline playout, NanoClock clock) {
        this.bus = bus;
        this.signals = signals;
        this.playout = playout;
        this.clock = clock;
        this.events = bus.subscribe();
        this.quality = new QualityWatch(bus::publish);
    }

    /**
     * Publishes what is due.
     *
     * @param nowMs milliseconds on a monotonic clock
     */
    void onTick(long nowMs) {
        readEvents(nowMs);
        if (!inCall) {
            return;
        }
        VoiceEvent.Reception change =
                reception.onTick(signals.lastHeardNs(), playout.isPauseAnnounced(), clock.nanoTime());
        if (change != null) {
            bus.publish(change);
            readEvents(nowMs);
        }
        quality.onTick(nowMs);
    }

    private void readEvents(long nowMs) {
        @Nullable Event event;
        while ((event = events.poll()) != null) {
            if (event instanceof CallEvent.StateChanged changed) {
                onState(changed.state());
            }
            quality.onEvent(event, nowMs);
        }
    }

    private void onState(CallState state) {
        boolean nowInCall = switch (state) {
            case IN_CALL, PEER_SILENT, RELAY_LOST -> true;
            case CONNECTING, WAITING, RINGING, ENDED -> false;
        };
        if (inCall && !nowInCall) {
            reception.rest();
            quality = new QualityWatch(bus::publish);
        }
        inCall = nowInCall;
    }

    @Override
    public void close() {
        events.close();
    }
}
