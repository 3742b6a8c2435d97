package voiptui.phone;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioSink;
import voiptui.audio.PcmFormat;
import voiptui.call.Call;
import voiptui.call.Inbox;
import voiptui.call.RunningCall;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.event.PhoneEvent;
import voiptui.event.SessionEvent;
import voiptui.media.MediaSession;
import voiptui.media.MediaWarmUp;
import voiptui.media.device.DeviceRequest;
import voiptui.media.device.OpenedDevices;
import voiptui.net.IpText;
import voiptui.phone.peers.BlockList;
import voiptui.phone.peers.BlockedCallers;
import voiptui.phone.peers.Favorites;
import voiptui.phone.peers.FileWriter;
import voiptui.phone.peers.PeerBook;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.session.RelaySession;
import voiptui.session.SessionConfig;
import voiptui.session.SessionListener;
import voiptui.time.NanoClock;

/**
 * A running v2 phone: its session with the relay, its current call, its ringer, and the thread that owns them.
 *
 * <p>When {@link #awaitEnd} returns, all threads are joined and all devices, files and sockets are closed.
 */
public final class PhoneSession implements RunningCall {

    /** How a phone ended. */
    sealed interface Outcome {

        /**
         * The phone has ended.
         *
         * @param reason why
         */
        record Ended(EndReason reason) implements Outcome {}

        /** The relay is a classic one and has been sent nothing; the call may be made with the classic protocol. */
        record ClassicRelay() implements Outcome {}
    }

    private static final String ONLY_UNTIL_END = "changed only until this phone ends: ";
    private static final long CALL_TICK_NS = 40_000_000L;
    private static final long IDLE_TICK_NS = 250_000_000L;
    private static final long IDLE_AFTER_NS = 2_000_000_000L;

    private final PhoneConfig config;
    private final SessionConfig sessionConfig;
    private final PhoneAudio audio;
    private final EventBus bus;
    private final NanoClock clock;
    private final PhoneMachine machine;
    private final RelayHandover relays;
    private final Ringer ringer;
    private final PhoneDevices devices;
    private final PhoneCommands commands;
    private final FileWriter files = new FileWriter();
    private final PeerBook peers;
    private final MediaWarmUp warmUp;
    private final Thread thread = new Thread(this::run, "voiptui-call");
    private final Inbox inbox = new Inbox(thread);
    private final CountDownLatch ended = new CountDownLatch(1);

    // Owned by the phone's thread.
    private @Nullable Call call;
    /** The media of the call, or of the last one; null before the first. */
    private @Nullable MediaSession media;

    /** Of the current session; those of earlier ones are not heard any more. Null before there is one. */
    private @Nullable Listener listener;

    private boolean online;
    private long signedInNs;
    private @Nullable Outcome outcome;

    /**
     * Creates a phone; no thread is started.
     *
     * @param bus receives all events
     * @param clock for pacing, timeouts and statistics
     * @param wallClockMs milliseconds since 1970
     */
    public PhoneSession(
            PhoneConfig config,
            SessionConfig sessionConfig,
            PhoneAudio audio,
            EventBus bus,
            NanoClock clock,
            LongSupplier wallClockMs) {
        this.config = config;
        this.sessionConfig = sessionConfig;
        this.audio = audio;
        this.bus = bus;
        this.clock = clock;
        this.peers = new PeerBook(config.files().known(), this::onPeerNotSaved, inbox::post, this::onPeersChanged);
        Favorites favorites = new Favorites(config.files().favorites(), files, this::onFavoriteNotSaved);
        Effects effects = new Effects();
        this.machine = new PhoneMachine(
                config.answers(),
                new CallScreening(
                        config.autoAnswer(),
                        config.anonymous(),
                        new BlockedCallers(config.files().blocked().blocked()),
                        new EncryptionScreening(
                                config.call().encryption(),
                                peers,
                                config.call().offer().isEncryptable())),
                favorites::contains,
                wallClockMs,
                clock,
                effects);
        this.relays = new RelayHandover(sessionConfig, this::open, inbox::post, this::inBackground, bus::publish);
        this.ringer = new Ringer(audio.ringer(), PcmFormat.OPUS, this::onBug);
        this.devices = new PhoneDevices(audio, ringer, bus, clock, inbox::post, this::onBug);
        this.commands = new PhoneCommands(machine, devices, favorites, effects);
        this.warmUp = new MediaWarmUp(sessionConfig.identity(), this::prepareDevices, this::onBug);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(this::onBug);
    }

    private void onBug(Thread failed, Throwable bug) {
        bus.publish(new CallEvent.Failed(failed.getName(), bug));
        hangUp(EndReason.FAILED);
    }

    /** Connects to the relay and, if the configuration names a target, calls it. */
    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void command(Command command) {
        inbox.post(() -> onCommand(command));
    }

    /** Ends the current call, and then the phone. */
    @Override
    public void hangUp(EndReason reason) {
        inbox.post(() -> leave(reason));
    }

    /**
     * {@inheritDoc}
     *
     * @return why the phone ended; {@link EndReason#RELAY_REFUSED} if the relay is a classic one
     */
    @Override
    public EndReason awaitEnd() throws InterruptedException {
        return awaitOutcome() instanceof Outcome.Ended ended ? ended.reason() : EndReason.RELAY_REFUSED;
    }

    /** As {@link #awaitEnd}, but tells a classic relay from other ends. */
    Outcome awaitOutcome() throws InterruptedException {
        ended.await();
        return Objects.requireNonNull(outcome);
    }

    private void run() {
        try {
            runPhone();
        } catch (RuntimeException | Error bug) {
            bus.publish(new CallEvent.Failed(thread.getName(), bug));
            outcome = new Outcome.Ended(EndReason.FAILED);
        } finally {
            release();
            ended.countDown();
        }
    }

    private void runPhone() {
        publish(new PhoneEvent.Ready(
                sessionConfig.relayName(),
                sessionConfig.name(),
                config.autoAnswer(),
                devices.chosen(AudioDirection.INPUT),
                devices.chosen(AudioDirection.OUTPUT)));
        machine.start();
        if (config.target() != null) {
            machine.dial(config.target());
        }
        warmUp.start();
        relays.start();
        while (outcome == null) {
            inbox.runAll(() -> outcome != null);
            machine.onTick();
            devices.onTick();
            if (call != null) {
                tick(call);
            }
            if (relays.isDue() && call == null && machine.isIdle()) {
                relays.change();
                onRelayChanged();
            }
            if (isIdle()) {
                warmUp.onIdle();
            }
            if (outcome == null) {
                inbox.await(call == null ? IDLE_TICK_NS : CALL_TICK_NS);
            }
        }
    }

    private void inBackground(Runnable task) {
        Thread background = new Thread(task, "voiptui-handover");
        background.setDaemon(true);
        background.setUncaughtExceptionHandler(this::onBug);
        background.start();
    }

    private RelaySession open(SessionConfig relay) {
        Listener created = new Listener();
        listener = created;
        return new RelaySession(relay, bus, clock, created);
    }

    private void onRelayChanged() {
        online = false;
        machine.onSessionLost();
    }

    private void tick(Call current) {
        current.onTick();
        if (current.isEnded()) {
            call = null;
            EndReason reason = current.close(relays.session().lastRttMs()).reason();
            keepDevices();
            machine.onCallEnded();
            if (config.target() != null) {
                machine.leave(reason);
            }
        }
    }

    /** What the user chose in the call is used by the next ones, unless the phone makes a single call. */
    private void keepDevices() {
        if (media != null && config.answers()) {
            devices.keep(AudioDirection.INPUT, media.chosen(AudioDirection.INPUT));
            devices.keep(AudioDirection.OUTPUT, media.chosen(AudioDirection.OUTPUT));
        }
    }

    /** Whether the phone has been signed in for a while, and no call is connected. */
    private boolean isIdle() {
        return online && clock.nanoTime() - signedInNs >= IDLE_AFTER_NS && (call == null || !call.isConnected());
    }

    private void onCommand(Command command) {
        if (command instanceof Command.LeavePhone) {
            leave(EndReason.QUIT);
        } else {
            commands.onCommand(command, call);
        }
    }

    private void leave(EndReason reason) {
        machine.leave(reason);
        if (call != null) {
            call.hangUp(reason);
        }
    }

    /** The list of blocked callers could not be written. Any thread. */
    private void onNotSaved(PhoneEvent.BlockedPeer peer, IOException problem) {
        publish(new PhoneEvent.BlockFailed(peer.name(), ONLY_UNTIL_END + problem.getMessage()));
    }

    /** The favorites could not be written. Any thread. */
    private void onFavoriteNotSaved(String name, IOException problem) {
        publish(new PhoneEvent.FavoriteFailed(name, ONLY_UNTIL_END + problem.getMessage()));
    }

    /** A peer's fingerprint could not be written. Any thread. */
    private void onPeerNotSaved(String peer, IOException problem) {
        bus.publish(new CallEvent.PeerNotSaved(peer, String.valueOf(problem.getMessage())));
    }

    private void onPeersChanged() {
        machine.onPeersChanged();
    }

    /** Publishes a phone event, unless the phone makes a single call, whose own events suffice. */
    private void publish(PhoneEvent event) {
        if (config.answers()) {
            bus.publish(event);
        }
    }

    private void release() {
        try {
            if (call != null) {
                call.abandon();
            }
        } finally {
            warmUp.close();
            devices.close();
            files.close();
            peers.close();
            ringer.close();
            relays.close();
        }
    }

    private void prepareDevices() {
        DeviceRequest<AudioSink> ringer = audio.ringer();
        if (ringer != null && ringer.reopenable()) {
            audio.environment().audio().prepare();
        }
    }

    /** Passes what the session reports to the phone's thread. */
    private final class Listener implements SessionListener {

        private void post(Runnable task) {
            inbox.post(() -> {
                if (listener == this) {
                    task.run();
                }
            });
        }

        @Override
        public void onDraining(@Nullable String to) {
            post(() -> relays.onDraining(to));
        }

        @Override
        public void onSignedIn(RelayMessage.Welcome welcome) {
            post(() -> {
                relays.onSignedIn();
                online = true;
                signedInNs = clock.nanoTime();
                machine.onSignedIn(welcome.name());
                if (call != null) {
                    call.onSignedIn(welcome.resumed());
                }
            });
        }

        @Override
        public void onMessage(RelayMessage message) {
            post(() -> {
                if (message instanceof RelayMessage.Incoming) {
                    peers.refresh();
                }
                machine.onMessage(message);
                if (call != null) {
                    call.onMessage(message);
                }
            });
        }

        @Override
        public void onLost(String problem, int attempt, long retryInMs) {
            post(() -> {
                online = false;
                machine.onSessionLost();
                if (call != null) {
                    call.onSessionLost(problem, attempt, retryInMs);
                }
            });
        }

        @Override
        public void onRefused(EndReason reason, String detail) {
            post(() -> {
                online = false;
                if (call != null) {
                    call.onSessionEnded(reason, detail);
                }
                if (relays.isAway()) {
                    relays.goHome(detail.isEmpty() ? reason.text() : detail);
                    onRelayChanged();
                } else {
                    machine.onSessionEnded(reason, detail);
                }
            });
        }

        @Override
        public void onClassicRelay() {
            post(PhoneSession.this::onClassicRelay);
        }
    }

    private void onClassicRelay() {
        if (config.call().encryption().required()) {
            String detail = "this is a classic relay, which encrypts nothing";
            if (call != null) {
                call.onSessionEnded(EndReason.NOT_ENCRYPTED, detail);
            }
            machine.onSessionEnded(EndReason.NOT_ENCRYPTED, detail);
            return;
        }
        if (config.answers()) {
            machine.onSessionEnded(
                    EndReason.RELAY_REFUSED,
                    "this is a classic relay, which cannot announce calls; use 'voiptui call'");
            return;
        }
        if (call != null) {
            call.abandon();
            call = null;
        }
        bus.publish(new SessionEvent.FellBackToClassic(sessionConfig.relayName()));
        outcome = new Outcome.ClassicRelay();
    }

    /** Carries out the decisions of the state machine, on the phone's thread. */
    private final class Effects implements PhoneEffects {

        @Override
        public void say(ClientMessage message) {
            relays.session().say(message);
        }

        @Override
        public void dial(String target) {
            peers.refresh();
            call = newCall();
            call.dial(target, online);
        }

        @Override
        public void accept(String announcedCall, String from, @Nullable String fingerprint, boolean confirmed) {
            call = newCall();
            call.accept(announcedCall, from, fingerprint, confirmed, online);
        }

        private Call newCall() {
            RelaySession session = relays.session();
            MediaSession mediaOfCall = new MediaSession(
                    config.sound(),
                    session.media(),
                    new OpenedDevices(
                            PcmFormat.OPUS, devices.microphoneForCall(), ringer.afterRinging(devices.speakerForCall())),
                    audio.environment().with(sessionConfig.identity()),
                    bus,
                    clock,
                    new MediaSession.Owner(inbox::wake, PhoneSession.this::onBug));
            media = mediaOfCall;
            return new Call(
                    config.call(),
                    mediaOfCall,
                    new Call.Relay(session.media(), IpText.of(relays.config().relay()), session::say),
                    peers,
                    bus,
                    clock);
        }

        @Override
        public void hangUp() {
            if (call != null) {
                call.hangUp(EndReason.QUIT);
            }
        }

        @Override
        public void saveBlocked(PhoneEvent.BlockedPeer peer, boolean blocked) {
            BlockList list = config.files().blocked();
            files.write(
                    () -> {
                        if (blocked) {
                            list.add(peer);
                        } else {
                            list.remove(peer);
                        }
                    },
                    problem -> onNotSaved(peer, problem));
        }

        @Override
        public void ring(boolean on) {
            if (on) {
                devices.endTrials();
            }
            ringer.ring(on);
        }

        @Override
        public void publish(PhoneEvent event) {
            PhoneSession.this.publish(event);
        }

        @Override
        public void ended(EndReason reason) {
            outcome = new Outcome.Ended(reason);
        }
    }
}
