package voiptui.call;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.function.Consumer;
import java.util.function.Supplier;
import voiptui.audio.PcmFormat;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.media.CodecFactory;
import voiptui.media.MediaSession;
import voiptui.media.MediaSignals;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.MediaCodec;
import voiptui.protocol.PacketFormat;
import voiptui.protocol.RelayMessage;
import voiptui.session.MediaPath;
import voiptui.time.NanoClock;

/**
 * One call over a line of the second protocol: its states and its sound put together.
 *
 * <p>Has no thread of its own: its owner's thread calls everything here, {@link #onTick} each 20 ms or so, until
 * {@link #isOver}; then {@link #close} lets go of everything and tells the {@link CallEvent.Summary}.
 */
public final class Call {

    private final MediaSession audio;
    private final MediaPath path;
    private final EventBus bus;
    private final NanoClock clock;
    private final long startNs;
    private final String relay;
    private final CallStateMachine dialog;
    private EndReason endReason;

    /**
     * Prepares a call; nothing happens yet.
     *
     * @param audio its sound, not begun yet; this owns it from now on
     * @param path where its media goes; the call has it for itself until it is closed
     * @param relay where the relay takes control connections, for people
     * @param line takes what is to be said to the relay
     * @param callIds makes names for calls: 32 hexadecimal digits, not to be guessed
     * @param bus where everything that happens is told
     */
    public Call(
            CallOptions config,
            MediaSession audio,
            MediaPath path,
            String relay,
            Consumer<ClientMessage> line,
            Supplier<String> callIds,
            EventBus bus,
            NanoClock clock) {
        this.relay = relay;
        this.audio = audio;
        this.path = path;
        this.bus = bus;
        this.clock = clock;
        this.startNs = clock.nanoTime();
        this.dialog = new CallStateMachine(config, callIds, new Effects(line));
    }

    private long nowMs() {
        return (clock.nanoTime() - startNs) / NS_PER_MS;
    }

    /** Begins: the microphone is heard, and {@code target}, a name or an address, is called as soon as the line is there. */
    public void dial(String target, boolean isOnline) {
        begin(target);
        dialog.dial(target, isOnline, nowMs());
    }

    /** Begins: the microphone is heard, and the call that the relay announced is taken. */
    public void accept(String announcedCall, String from, boolean isOnline) {
        begin(from);
        dialog.accept(announcedCall, from, isOnline, nowMs());
    }

    private void begin(String peer) {
        bus.publish(new CallEvent.Calling(relay, "", peer, path.localPort(), "", PcmFormat.OPUS.sampleRateHz(), 0));
        path.deliverTo(audio.handler());
        audio.start();
    }

    /** The line is there, for the first time or again. */
    public void onSignedIn() {
        dialog.onSignedIn(nowMs());
    }

    /** The line is gone, or was not to be had; see {@link voiptui.session.SessionListener#onLost}. */
    public void onLineLost(String problem, int attempt, long retryInMs) {
        dialog.onLineLost(problem, attempt, retryInMs, nowMs());
    }

    /** The line will not come back. */
    public void onLineRefused(EndReason reason, String detail) {
        dialog.onLineRefused(reason, detail, nowMs());
    }

    /** The relay said something. */
    public void onMessage(RelayMessage message) {
        dialog.onMessage(message, nowMs());
    }

    /** Does what the user asks for. */
    public void command(Command command) {
        if (command instanceof Command.HangUp) {
            hangUp(EndReason.QUIT);
        } else {
            audio.command(command);
        }
    }

    /** Ends the call for {@code reason}. */
    public void hangUp(EndReason reason) {
        dialog.onHangUp(reason, nowMs());
    }

    /** Time went on: looks what the sound has to tell. */
    public void onTick() {
        MediaSignals.Raised raised = audio.takeSignals();
        if (raised.heard()) {
            audio.onPeerHeard();
            dialog.onHeard((raised.heardAtNs() - startNs) / NS_PER_MS);
        }
        if (raised.peerRestarted()) {
            bus.publish(new CallEvent.PeerRestarted());
        }
        if (raised.endOfTransmission()) {
            dialog.onEndOfTransmission(nowMs());
        }
        if (raised.drained()) {
            dialog.onDrained(nowMs());
        }
        dialog.onTick(nowMs());
        audio.onTick(nowMs());
    }

    /** Whether it has ended, and only {@link #close} is left to do. */
    public boolean isEnded() {
        return endReason != null;
    }

    /**
     * Lets go of everything, joins the threads, and tells what is left to say; waits a few seconds at the most.
     *
     * @param relayRttMs the last round trip to the relay in milliseconds, or {@code null}
     */
    public CallEvent.Summary close(Double relayRttMs) {
        abandon();
        long durationMs = dialog.takenOnAtMs() < 0 ? 0 : nowMs() - dialog.takenOnAtMs();
        CallEvent.Summary summary = audio.summary(dialog.lastState(), endReason, durationMs, relayRttMs);
        bus.publish(summary);
        return summary;
    }

    /** As {@link #close}, without a word: somebody else makes this call. */
    public void abandon() {
        path.setInCall(false);
        path.deliverTo(null);
        audio.close();
    }

    /** What the machine decides, done. */
    private final class Effects implements CallActions {

        private final Consumer<ClientMessage> line;

        Effects(Consumer<ClientMessage> line) {
            this.line = line;
        }

        @Override
        public void say(ClientMessage message) {
            line.accept(message);
        }

        @Override
        public void connectMedia(String peer, MediaCodec codec, PacketFormat packets) {
            bus.publish(new CallEvent.Connected(
                    peer,
                    codec.wire(),
                    packets.wire(),
                    CodecFactory.sampleRateHz(codec),
                    CodecFactory.bitrateKbps(codec)));
            path.setInCall(true);
            audio.connect(codec, packets);
        }

        @Override
        public void disconnectMedia() {
            path.setInCall(false);
            audio.disconnect();
        }

        @Override
        public void playOut() {
            audio.playOut();
        }

        @Override
        public void sayEndOfTransmission() {
            audio.sendEndOfTransmission();
        }

        @Override
        public void publish(CallEvent event) {
            bus.publish(event);
        }

        @Override
        public void ended(EndReason reason) {
            endReason = reason;
        }
    }
}
