package voiptui.call.classic;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.PcmFormat;
import voiptui.call.RunningCall;
import voiptui.codec.PcmCodec;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.media.MediaEnvironment;
import voiptui.media.MediaSession;
import voiptui.media.MediaSignals;
import voiptui.media.device.OpenedDevice;
import voiptui.media.device.OpenedDevices;
import voiptui.net.DatagramReader;
import voiptui.net.DatagramTransport;
import voiptui.net.IpText;
import voiptui.net.TcpExchange;
import voiptui.protocol.ClassicReply;
import voiptui.protocol.ClassicRequest;
import voiptui.protocol.MediaCodec;
import voiptui.protocol.PacketFormat;
import voiptui.rtp.ClassicPacket;
import voiptui.time.NanoClock;

/**
 * A running call of the classic protocol: its parts, the threads that they run on, and how they are let go.
 *
 * <p>{@link #start} begins, {@link #command} and {@link #hangUp} may come from any thread at any time, {@link #awaitEnd}
 * waits for the end. Everything that happens is published on the bus; the first event is {@link CallEvent.Calling}, the
 * last {@link CallEvent.Summary}. When that is out, all threads but those that wait for the network or for a device are
 * joined, and all devices, files and sockets are closed.
 */
public final class ClassicCall implements RunningCall {

    private static final long TICK_NS = 20_000_000L;

    private final ClassicCallConfig config;
    private final DatagramTransport transport;
    private final EventBus bus;
    private final NanoClock clock;
    private final long startNs;

    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final ClassicCallMachine machine;
    private final ControlClient control;
    private final MediaSession sound;
    private final Thread networkThread;
    private final Thread callThread;

    private final CountDownLatch over = new CountDownLatch(1);
    private EndReason endReason;
    private Double relayRttMs;

    /**
     * Prepares a call on this machine; no thread runs yet. The session owns what it is given, and closes it at the end.
     *
     * @param transport the socket to the relay's media port
     * @param microphone where the sound comes from
     * @param speaker where it goes
     * @param bus where everything that happens is told
     * @param clock for pacing, time-outs and statistics
     */
    public ClassicCall(
            ClassicCallConfig config,
            DatagramTransport transport,
            OpenedDevice<AudioSource> microphone,
            OpenedDevice<AudioSink> speaker,
            EventBus bus,
            NanoClock clock) {
        this(config, transport, microphone, speaker, MediaEnvironment.here(false, clock), bus, clock);
    }

    /** As above, somewhere else than usual: {@code place} has the other devices, and takes the recordings. */
    public ClassicCall(
            ClassicCallConfig config,
            DatagramTransport transport,
            OpenedDevice<AudioSource> microphone,
            OpenedDevice<AudioSink> speaker,
            MediaEnvironment place,
            EventBus bus,
            NanoClock clock) {
        this.config = config;
        this.transport = transport;
        this.bus = bus;
        this.clock = clock;
        this.startNs = clock.nanoTime();
        this.machine = new ClassicCallMachine(config, transport.localPort(), new Random(), new Effects());
        this.control = new ControlClient(
                new TcpExchange(
                        config.relayControl(),
                        config.bind(),
                        config.timeoutMs(),
                        ClassicReply.MAX_BYTES + 1,
                        answer -> ClassicReply.parse(answer).isPresent(),
                        clock),
                answer -> post(() -> machine.onAnswer(answer, nowMs())),
                this::onBug);
        this.sound = new MediaSession(
                config.sound(),
                transport,
                new OpenedDevices(PcmFormat.CLASSIC, microphone, speaker),
                place,
                bus,
                clock,
                new MediaSession.Owner(this::wake, this::onBug));
        this.networkThread = MediaSession.thread(
                new DatagramReader(transport, ClassicPacket.MAX_DATAGRAM_BYTES, sound.handler(), clock),
                "voiptui-network",
                this::onBug);
        this.callThread = new Thread(this::run, "voiptui-call");
        callThread.setDaemon(true);
        callThread.setUncaughtExceptionHandler(this::onBug);
        // Nothing is left to agree on: the peer may be heard before the relay has answered us.
        sound.startReceiving(MediaCodec.PCM, PacketFormat.CLASSIC);
    }

    private void wake() {
        LockSupport.unpark(callThread);
    }

    private void onBug(Thread failed, Throwable bug) {
        bus.publish(new CallEvent.Failed(failed.getName(), bug));
        hangUp(EndReason.FAILED);
    }

    @Override
    public void start() {
        bus.publish(new CallEvent.Calling(
                IpText.of(config.relayControl()),
                IpText.of(config.relayMedia()),
                IpText.of(config.target()),
                transport.localPort(),
                PcmCodec.NAME,
                PcmFormat.CLASSIC.sampleRateHz(),
                PcmCodec.bitrateKbps(PcmFormat.CLASSIC)));
        sound.start();
        control.start();
        networkThread.start();
        callThread.start();
    }

    @Override
    public void command(Command command) {
        if (command instanceof Command.HangUp) {
            hangUp(EndReason.QUIT);
        } else {
            post(() -> sound.command(command));
        }
    }

    @Override
    public void hangUp(EndReason reason) {
        post(() -> machine.onHangUp(reason, nowMs()));
    }

    @Override
    public EndReason awaitEnd() throws InterruptedException {
        over.await();
        return Objects.requireNonNull(endReason);
    }

    private void post(Runnable work) {
        inbox.add(work);
        wake();
    }

    private long nowMs() {
        return (clock.nanoTime() - startNs) / NS_PER_MS;
    }

    private void run() {
        try {
            runCall();
        } catch (RuntimeException | Error bug) {
            bus.publish(new CallEvent.Failed(callThread.getName(), bug));
            endReason = EndReason.FAILED;
        } finally {
            letGo();
            long durationMs = machine.registeredAtMs() < 0 ? 0 : nowMs() - machine.registeredAtMs();
            bus.publish(sound.summary(machine.lastState(), endReason, durationMs, relayRttMs));
            over.countDown();
        }
    }

    private void runCall() {
        machine.start(nowMs());
        while (endReason == null) {
            for (Runnable work = inbox.poll(); work != null && endReason == null; work = inbox.poll()) {
                work.run();
            }
            onSignals(sound.takeSignals());
            machine.onTick(nowMs());
            sound.onTick(nowMs());
            if (endReason == null && inbox.isEmpty()) {
                LockSupport.parkNanos(this, TICK_NS);
            }
        }
    }

    private void onSignals(MediaSignals.Raised raised) {
        if (raised.heard()) {
            machine.onHeard((raised.heardAtNs() - startNs) / NS_PER_MS);
        }
        if (raised.peerRestarted()) {
            bus.publish(new CallEvent.PeerRestarted());
        }
        if (raised.refused()) {
            machine.onRefused(nowMs());
        }
        if (raised.endOfTransmission()) {
            machine.onEndOfTransmission(nowMs());
        }
        if (raised.drained()) {
            machine.onDrained(nowMs());
        }
    }

    /** Whatever fails, the rest is let go of as well, and the end is told. */
    private void letGo() {
        List<Runnable> steps =
                List.of(sound::close, control::close, this::closeTransport, () -> MediaSession.join(networkThread));
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException | Error bug) {
                bus.publish(new CallEvent.Failed(callThread.getName(), bug));
            }
        }
    }

    private void closeTransport() {
        try {
            transport.close();
        } catch (IOException nothingToLose) {
            // the socket is gone either way
        }
    }

    /** What the machine decides, done. On the call thread. */
    private final class Effects implements ClassicCallEffects {

        @Override
        public void ask(ClassicRequest request) {
            control.ask(request);
        }

        @Override
        public void startSending() {
            sound.connect(MediaCodec.PCM, PacketFormat.CLASSIC);
        }

        @Override
        public void playOut() {
            sound.playOut();
        }

        @Override
        public void sayEndOfTransmission() {
            sound.sendEndOfTransmission();
        }

        @Override
        public void publish(CallEvent event) {
            if (event instanceof CallEvent.RelayAnswered answered) {
                relayRttMs = answered.rttMs();
            }
            if (event instanceof CallEvent.StateChanged changed && changed.state() == CallState.IN_CALL) {
                sound.onPeerHeard();
            }
            bus.publish(event);
        }

        @Override
        public void ended(EndReason reason) {
            endReason = reason;
        }
    }
}
