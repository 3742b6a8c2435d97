package voiptui.phone;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import voiptui.audio.PcmFormat;
import voiptui.call.Call;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.event.PhoneEvent;
import voiptui.event.SessionEvent;
import voiptui.media.MediaSession;
import voiptui.net.IpText;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.ClientName;
import voiptui.protocol.RelayMessage;
import voiptui.session.RelaySession;
import voiptui.session.SessionConfig;
import voiptui.session.SessionListener;
import voiptui.time.NanoClock;

/**
 * A running phone of the second protocol: its line to the relay, the call that it is in, its bell, and the thread that they
 * are led by.
 *
 * <p>{@link #start} begins, {@link #command} and {@link #leave} may come from any thread at any time, {@link #awaitEnd}
 * waits for the end. When that is there, all threads are joined and all devices, files and sockets are closed.
 */
public final class PhoneSession {

    /** What came of a phone. */
    public sealed interface Outcome {

        /**
         * It is off.
         *
         * @param reason why
         */
        record Off(EndReason reason) implements Outcome {}

        /** The relay is a classic one, and nothing was said to it: the call may be made in its way. */
        record ClassicRelay() implements Outcome {}
    }

    private static final long CALL_TICK_NS = 20_000_000L;
    private static final long IDLE_TICK_NS = 250_000_000L;
    private static final int CALL_ID_BYTES = 16;

    private final PhoneConfig config;
    private final SessionConfig lineConfig;
    private final PhoneAudio audio;
    private final EventBus bus;
    private final NanoClock clock;
    private final SecureRandom random = new SecureRandom();
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final PhoneMachine machine;
    private final RelaySession line;
    private final Ringer ringer;
    private final Thread thread = new Thread(this::run, "voiptui-call");
    private final CountDownLatch over = new CountDownLatch(1);

    // Owned by the phone's thread.
    private Call call;
    private boolean online;
    private boolean warmedUp;
    private Outcome outcome;

    /**
     * Prepares a phone; no thread runs yet.
     *
     * @param bus where everything that happens is told
     * @param clock for pacing, time-outs and statistics
     * @param wallClockMs milliseconds since 1970
     */
    public PhoneSession(
            PhoneConfig config,
            SessionConfig lineConfig,
            PhoneAudio audio,
            EventBus bus,
            NanoClock clock,
            LongSupplier wallClockMs) {
        this.config = config;
        this.lineConfig = lineConfig;
        this.audio = audio;
        this.bus = bus;
        this.clock = clock;
        this.machine = new PhoneMachine(config.answers(), config.autoAnswer(), wallClockMs, new Effects());
        this.line = new RelaySession(lineConfig, bus, clock, new Listener());
        this.ringer = new Ringer(audio.bell(), PcmFormat.OPUS, this::onBug);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(this::onBug);
    }

    private void onBug(Thread failed, Throwable bug) {
        bus.publish(new CallEvent.Failed(failed.getName(), bug));
        leave(EndReason.FAILED);
    }

    /** Begins: the relay is asked, and whoever is to be called at the start is. */
    public void start() {
        thread.start();
    }

    /** Does what the user asks for. Any thread; returns at once. */
    public void command(Command command) {
        post(() -> obey(command));
    }

    /** Ends the call that runs, and the phone, for {@code reason}. Any thread; returns at once. */
    public void leave(EndReason reason) {
        post(() -> doLeave(reason));
    }

    /** Waits until the phone is off and everything is closed. */
    public Outcome awaitEnd() throws InterruptedException {
        over.await();
        return outcome;
    }

    private void post(Runnable work) {
        inbox.add(work);
        LockSupport.unpark(thread);
    }

    private void run() {
        try {
            runPhone();
        } catch (RuntimeException | Error bug) {
            bus.publish(new CallEvent.Failed(thread.getName(), bug));
            outcome = new Outcome.Off(EndReason.FAILED);
        } finally {
            letGo();
            over.countDown();
        }
    }

    private void runPhone() {
        tell(new PhoneEvent.Ready(lineConfig.relayName(), lineConfig.name(), config.autoAnswer()));
        if (config.target() != null) {
            machine.dial(config.target());
        }
        line.start();
        while (outcome == null) {
            for (Runnable work = inbox.poll(); work != null && outcome == null; work = inbox.poll()) {
                work.run();
            }
            if (call != null) {
                tickCall();
            }
            if (outcome == null && inbox.isEmpty()) {
                LockSupport.parkNanos(this, call == null ? IDLE_TICK_NS : CALL_TICK_NS);
            }
        }
    }

    private void tickCall() {
        call.onTick();
        if (call.isOver()) {
            EndReason reason = closeCall();
            machine.onCallOver();
            if (config.target() != null) {
                machine.leave(reason);
            }
        }
    }

    private EndReason closeCall() {
        Call ended = call;
        call = null;
        return ended.close(line.lastRttMs()).reason();
    }

    private void obey(Command command) {
        if (command instanceof Command.LeavePhone) {
            doLeave(EndReason.QUIT);
        } else if (command instanceof Command.AcceptCall) {
            machine.accept();
        } else if (command instanceof Command.RejectCall) {
            machine.reject();
        } else if (command instanceof Command.Dial dial) {
            dial(dial.to());
        } else if (call != null) {
            call.command(command);
        }
    }

    private void dial(String text) {
        String target = ClientName.parse(text).orElse(text);
        if (ClientName.parse(text).isPresent() || IpText.parse(text).isPresent()) {
            machine.dial(target);
        } else {
            tell(new PhoneEvent.DialFailed(text, "neither a name nor an IP address"));
        }
    }

    private void doLeave(EndReason reason) {
        machine.leave(reason);
        if (call != null) {
            call.hangUp(reason);
        }
    }

    /** A phone that takes no calls is no more than the one that it makes: its events tell all. */
    private void tell(PhoneEvent event) {
        if (config.answers()) {
            bus.publish(event);
        }
    }

    private void letGo() {
        try {
            if (call != null) {
                call.abandon();
            }
        } finally {
            ringer.close();
            line.close();
        }
    }

    /** Not before the relay took us: until then there are more urgent things to compile. */
    private void warmUpOnce() {
        if (!warmedUp) {
            warmedUp = true;
            Thread warmUp = new Thread(MediaSession::warmUp, "voiptui-warm-up");
            warmUp.setDaemon(true);
            warmUp.setPriority(Thread.MIN_PRIORITY);
            warmUp.setUncaughtExceptionHandler(this::onBug);
            warmUp.start();
        }
    }

    /** What the line tells, led to the phone's thread. */
    private final class Listener implements SessionListener {

        @Override
        public void onSignedIn(RelayMessage.Welcome welcome) {
            post(() -> {
                online = true;
                warmUpOnce();
                machine.onSignedIn(welcome.name());
                if (call != null) {
                    call.onSignedIn();
                }
            });
        }

        @Override
        public void onMessage(RelayMessage message) {
            post(() -> {
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
                machine.onLineLost();
                if (call != null) {
                    call.onLineLost(problem, attempt, retryInMs);
                }
            });
        }

        @Override
        public void onRefused(EndReason reason, String detail) {
            post(() -> {
                online = false;
                if (call != null) {
                    call.onLineRefused(reason, detail);
                }
                machine.onLineRefused(reason, detail);
            });
        }

        @Override
        public void onClassicRelay() {
            post(PhoneSession.this::onClassicRelay);
        }
    }

    private void onClassicRelay() {
        if (config.answers()) {
            machine.onLineRefused(
                    EndReason.RELAY_REFUSED, "it is a classic relay, which rings nobody; voiptui call can use it");
            return;
        }
        if (call != null) {
            call.abandon();
            call = null;
        }
        bus.publish(new SessionEvent.FellBackToClassic(lineConfig.relayName()));
        outcome = new Outcome.ClassicRelay();
    }

    /** What the machine decides, done. On the phone's thread. */
    private final class Effects implements PhoneEffects {

        @Override
        public void say(ClientMessage message) {
            line.say(message);
        }

        @Override
        public void dial(String target) {
            call = newCall();
            call.dial(target, online);
        }

        @Override
        public void accept(String announcedCall, String from) {
            call = newCall();
            call.accept(announcedCall, from, online);
        }

        private Call newCall() {
            MediaSession sound = new MediaSession(
                    config.sound(),
                    PcmFormat.OPUS,
                    line.media(),
                    audio.microphone().get(),
                    audio.speaker().get(),
                    audio.place(),
                    bus,
                    clock,
                    () -> LockSupport.unpark(thread),
                    PhoneSession.this::onBug);
            return new Call(
                    config.dialog(),
                    sound,
                    line.media(),
                    IpText.of(lineConfig.relay()),
                    line::say,
                    this::callId,
                    bus,
                    clock);
        }

        private String callId() {
            byte[] id = new byte[CALL_ID_BYTES];
            random.nextBytes(id);
            return HexFormat.of().formatHex(id);
        }

        @Override
        public void ring(boolean on) {
            ringer.ring(on);
        }

        @Override
        public void publish(PhoneEvent event) {
            tell(event);
        }

        @Override
        public void off(EndReason reason, String detail) {
            outcome = new Outcome.Off(reason);
        }
    }
}
