package voiptui.call;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.audio.PcmFormat;
import voiptui.crypto.MediaSecurity;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;
import voiptui.media.CodecFactory;
import voiptui.media.MediaSession;
import voiptui.media.stream.MediaSignals;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaFormat;
import voiptui.session.MediaPath;
import voiptui.time.NanoClock;

/**
 * One v2 call: connects its state machine with its media session and with the client's session at the relay.
 *
 * <p>Has no thread of its own. The owner's thread calls every method; it calls {@link #onTick} about every 40 ms until
 * {@link #isEnded}, and then {@link #close}, which releases everything and publishes the {@link CallEvent.Summary}.
 */
public final class Call {

    /**
     * How a call reaches its relay.
     *
     * @param path carries the media; used by no other call until this one is closed
     * @param address the relay's control address, for the user
     * @param session sends messages to the relay
     */
    public record Relay(MediaPath path, String address, Consumer<ClientMessage> session) {}

    private static final int CALL_ID_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MediaSession media;
    private final MediaPath path;
    private final EventBus bus;
    private final NanoClock clock;
    private final long startNs;
    private final String relay;
    private final CallStateMachine machine;
    /** What the media session reports about the encryption. */
    private final Subscription reports;

    private @Nullable EndReason endReason;

    /**
     * Creates a call; nothing happens before {@link #dial} or {@link #accept}.
     *
     * @param media encodes and plays the sound, not started yet; the call owns it
     * @param peers whom the user knows
     * @param bus receives all events; what the media session reports on it about the encryption, the call acts on
     */
    public Call(
            CallOptions options, MediaSession media, Relay relay, PeerIdentities peers, EventBus bus, NanoClock clock) {
        this.relay = relay.address();
        this.media = media;
        this.path = relay.path();
        this.bus = bus;
        this.clock = clock;
        this.startNs = clock.nanoTime();
        this.machine = new CallStateMachine(options, Call::newCallId, peers, new Actions(relay.session()));
        this.reports = bus.subscribe(Subscription.Readings.NONE);
    }

    private static String newCallId() {
        byte[] id = new byte[CALL_ID_BYTES];
        RANDOM.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    private long nowMs() {
        return (clock.nanoTime() - startNs) / NS_PER_MS;
    }

    /**
     * Starts an outgoing call.
     *
     * @param target a name or an IP address, called as soon as the client is signed in
     * @param isOnline whether it is signed in already
     */
    public void dial(String target, boolean isOnline) {
        start(target);
        machine.dial(target, isOnline, nowMs());
    }

    /**
     * Answers an incoming call.
     *
     * @param announcedCall the identifier from the relay's announcement
     * @param from the caller's name
     * @param fingerprint the fingerprint of the caller's certificate, from the same announcement; null: it had none
     * @param confirmed whether the user accepted that fingerprint although another one is known
     * @param isOnline whether the client is signed in
     */
    public void accept(
            String announcedCall, String from, @Nullable String fingerprint, boolean confirmed, boolean isOnline) {
        start(from);
        machine.expect(fingerprint, confirmed);
        machine.accept(announcedCall, from, isOnline, nowMs());
    }

    private void start(String peer) {
        bus.publish(new CallEvent.Calling(relay, "", peer, path.localPort(), "", PcmFormat.OPUS.sampleRateHz(), 0));
        path.deliverTo(media.handler());
        path.askForLosses(() -> new MediaPath.Losses(media.packetsLost(), media.peerLost()));
        media.start();
    }

    /**
     * The client has signed in, for the first time or again.
     *
     * @param resumed whether the relay knows the session and its calls from before
     */
    public void onSignedIn(boolean resumed) {
        machine.onSignedIn(resumed, nowMs());
    }

    /** The session was lost or could not be established; see {@link voiptui.session.SessionListener#onLost}. */
    public void onSessionLost(String problem, int attempt, long retryInMs) {
        machine.onSessionLost(problem, attempt, retryInMs, nowMs());
    }

    /** The session has ended and will not be resumed; see {@link voiptui.session.SessionListener#onRefused}. */
    public void onSessionEnded(EndReason reason, String detail) {
        machine.onSessionEnded(reason, detail, nowMs());
    }

    /** Handles a message of the relay. */
    public void onMessage(RelayMessage message) {
        machine.onMessage(message, nowMs());
    }

    /** Carries out a command of the user. */
    public void command(Command command) {
        if (command instanceof Command.HangUp) {
            hangUp(EndReason.QUIT);
        } else if (command instanceof Command.AcceptChanged) {
            machine.onChangeAccepted(nowMs());
        } else if (command instanceof Command.VerifyPeer) {
            machine.onVerified();
        } else {
            media.command(command);
        }
    }

    /** Returns whether the two sides are connected. */
    public boolean isConnected() {
        return machine.isConnected();
    }

    /** Returns whether the call waits until the user accepts the other side's changed fingerprint. */
    public boolean isAsking() {
        return machine.isAsking();
    }

    /** Ends the call for {@code reason}. */
    public void hangUp(EndReason reason) {
        machine.onHangUp(reason, nowMs());
    }

    /** Advances the time and handles what the media threads have signaled. */
    public void onTick() {
        MediaSignals.Raised raised = media.takeSignals();
        if (raised.heard()) {
            media.onPeerHeard();
            machine.onHeard((raised.heardAtNs() - startNs) / NS_PER_MS);
        }
        if (raised.peerRestarted()) {
            bus.publish(new CallEvent.PeerRestarted());
        }
        if (raised.endOfTransmission()) {
            machine.onEndOfTransmission(nowMs());
        }
        if (raised.drained()) {
            machine.onDrained(nowMs());
        }
        if (raised.peerHears() || raised.peerHearsNothing()) {
            path.onPeerReport(raised.peerHears());
        }
        takeReports();
        machine.onTick(nowMs());
        media.onTick(nowMs());
    }

    private void takeReports() {
        for (Event event = reports.poll(); event != null; event = reports.poll()) {
            if (event instanceof CallEvent.MediaEncrypted encrypted) {
                machine.onEncrypted(encrypted.cipherSuite(), nowMs());
            } else if (event instanceof CallEvent.MediaEncryptionFailed failed) {
                machine.onEncryptionFailed(failed.reason(), nowMs());
            }
        }
    }

    /** Returns whether the call has ended and only {@link #close} remains to be called. */
    public boolean isEnded() {
        return endReason != null;
    }

    /**
     * Releases everything, joins the threads and publishes the summary; takes a few seconds at most.
     *
     * @param relayRttMs the last round trip to the relay in milliseconds; null: never measured
     * @throws IllegalStateException when the call has not ended
     */
    public CallEvent.Summary close(@Nullable Double relayRttMs) {
        if (endReason == null) {
            throw new IllegalStateException("the call has not ended");
        }
        abandon();
        CallProgress progress = machine.progress();
        CallEvent.Summary summary =
                media.summary(progress.lastState(), endReason, progress.durationMs(nowMs()), relayRttMs);
        CallEvent.EncryptionChanged encryption = machine.encryption();
        summary = encryption == null ? summary : summary.with(encryption);
        bus.publish(summary);
        return summary;
    }

    /** Releases everything without a summary, because another call takes the place of this one. */
    public void abandon() {
        path.setInCall(false);
        path.deliverTo(null);
        path.askForLosses(null);
        reports.close();
        media.close();
    }

    /** Carries out the decisions of the state machine. */
    private final class Actions implements CallActions {

        private final Consumer<ClientMessage> session;

        Actions(Consumer<ClientMessage> session) {
            this.session = session;
        }

        @Override
        public void say(ClientMessage message) {
            session.accept(message);
        }

        @Override
        public void connectMedia(String peer, MediaFormat format, @Nullable MediaSecurity security) {
            bus.publish(new CallEvent.Connected(
                    peer,
                    format.codec().wire(),
                    CodecFactory.libraryOf(format.codec()),
                    format.packets().wire(),
                    format.features().names(),
                    CodecFactory.sampleRateHz(format.codec()),
                    CodecFactory.bitrateKbps(format.codec())));
            CallEvent.EncryptionChanged encryption = machine.encryption();
            if (encryption != null) {
                bus.publish(encryption);
            }
            path.setInCall(true);
            media.connect(format, security);
        }

        @Override
        public void renewKeys() {
            media.renewKeys();
        }

        @Override
        public void disconnectMedia() {
            path.setInCall(false);
            media.disconnect();
        }

        @Override
        public void playOut() {
            media.playOut();
        }

        @Override
        public void sayEndOfTransmission() {
            media.sendEndOfTransmission();
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
