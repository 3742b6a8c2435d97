package voiptui.call;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import voiptui.crypto.MediaSecurity;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.MediaOffer;
import voiptui.time.NanoClock;

/** The state machine of a call without media. One thread. */
public final class TestCall {

    private final NanoClock clock;
    private final long startNs;
    private final CallStateMachine machine;
    private String mediaPeer = "";
    private boolean playingOut;
    private EndReason reason;

    /** Creates a call; {@link #dial} or {@link #accept} starts it. */
    public TestCall(NanoClock clock, Supplier<String> callIds, Consumer<ClientMessage> session) {
        this.clock = clock;
        this.startNs = clock.nanoTime();
        this.machine = new CallStateMachine(
                new CallOptions(new MediaOffer(List.of(MediaCodec.OPUS), MediaFeatures.NONE), 0, 0, 0, false),
                callIds,
                new CallActions() {
                    @Override
                    public void say(ClientMessage message) {
                        session.accept(message);
                    }

                    @Override
                    public void connectMedia(String peer, MediaFormat format, MediaSecurity security) {
                        mediaPeer = peer;
                    }

                    @Override
                    public void disconnectMedia() {}

                    @Override
                    public void playOut() {
                        playingOut = true;
                    }

                    @Override
                    public void sayEndOfTransmission() {}

                    @Override
                    public void publish(CallEvent event) {}

                    @Override
                    public void ended(EndReason why) {
                        reason = why;
                    }
                });
    }

    private long nowMs() {
        return (clock.nanoTime() - startNs) / NanoClock.NS_PER_MS;
    }

    public void dial(String target, boolean isOnline) {
        machine.dial(target, isOnline, nowMs());
    }

    public void accept(String call, String from, boolean isOnline) {
        machine.accept(call, from, isOnline, nowMs());
    }

    public void onSignedIn() {
        machine.onSignedIn(nowMs());
    }

    public void onSessionLost() {
        machine.onSessionLost("the connection broke", 1, 0, nowMs());
    }

    public void onMessage(RelayMessage message) {
        machine.onMessage(message, nowMs());
    }

    public void hangUp() {
        machine.onHangUp(EndReason.QUIT, nowMs());
    }

    /** Advances the time; what the peer has sent is played at once. */
    public void onTick() {
        if (playingOut) {
            machine.onDrained(nowMs());
        }
        machine.onTick(nowMs());
    }

    public boolean isEnded() {
        return reason != null;
    }

    /** Returns what the call does: {@code talks to dora}, {@code rings}, {@code waits} or {@code calls}. */
    public String state() {
        CallState state = machine.progress().state();
        return !mediaPeer.isEmpty()
                ? "talks to " + mediaPeer
                : state == CallState.RINGING ? "rings" : state == CallState.WAITING ? "waits" : "calls";
    }
}
