package voiptui.call;

import java.io.IOException;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import voiptui.audio.AudioDevices;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.FramePacer;
import voiptui.audio.NullSink;
import voiptui.audio.PcmFormat;
import voiptui.audio.SilenceSource;
import voiptui.codec.PcmCodec;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.jitter.ArrivalQueue;
import voiptui.jitter.JitterBuffer;
import voiptui.net.DatagramTransport;
import voiptui.net.TcpExchange;
import voiptui.rtp.ClassicPacket;
import voiptui.signal.ClassicReply;
import voiptui.signal.ClassicRequest;
import voiptui.time.NanoClock;

/**
 * A running call: the five threads of it, and what they share.
 *
 * <p>{@link #start} begins, {@link #command} and {@link #hangUp} may come from any thread at any time, {@link #awaitEnd}
 * waits for the end. Everything that happens is published on the bus; the last event is {@link CallEvent.Summary}. When
 * that is out, all threads but one that waits for the network are joined, and all devices, files and sockets are closed.
 */
public final class CallSession {

    private static final long TICK_NS = 20_000_000L;
    private static final long METRICS_MS = 500;
    private static final int END_OF_TRANSMISSIONS = 3;
    private static final long JOIN_MS = 1500;
    /** Room for more than a second of packets while the speaker stands still. */
    private static final int ARRIVAL_PACKETS = 64;

    private final CallConfig config;
    private final DatagramTransport transport;
    private final EventBus bus;
    private final NanoClock clock;
    private final long startNs;

    private final Counters counters = new Counters();
    private final CallSignals signals = new CallSignals();
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final CallMachine machine;
    private final ControlThread control;
    private final HeldSource microphone;
    private final AudioSink speaker;
    private final SendPipeline send;
    private final ReceivePipeline receive;
    private final PlayoutPipeline playout;
    private final Thread captureThread;
    private final Thread networkThread;
    private final Thread playoutThread;
    private final Thread callThread;

    private final CountDownLatch over = new CountDownLatch(1);
    private EndReason endReason;
    private Double relayRttMs;
    private long nextMetricsMs;
    private volatile CallEvent.Summary summary;

    /**
     * Prepares a call; no thread runs yet. The session owns what it is given, and closes it at the end.
     *
     * @param transport the socket to the relay's media port
     * @param microphone where the sound comes from
     * @param speaker where it goes
     * @param bus where everything that happens is told
     * @param clock for pacing, time-outs and statistics
     */
    public CallSession(CallConfig config, DatagramTransport transport, AudioPort<AudioSource> microphone,
            AudioPort<AudioSink> speaker, EventBus bus, NanoClock clock) {
        PcmFormat format = CallConfig.CLASSIC_FORMAT;
        this.config = config;
        this.transport = transport;
        this.bus = bus;
        this.clock = clock;
        this.startNs = clock.nanoTime();
        this.machine = new CallMachine(config, transport.localPort(), new Random(), new Effects());
        this.control = new ControlThread(new TcpExchange(config.relayControl(), config.bind(), config.timeoutMs(),
                ClassicReply.MAX_BYTES + 1, answer -> ClassicReply.parse(answer).isPresent(), clock), answer -> post(() -> machine.onAnswer(answer, nowMs())),
                this::onBug);
        this.microphone = new HeldSource(silence(), new LastingSource(microphone, silence(),
                new AudioRecovery<>(AudioDirection.INPUT, microphone, AudioDevices::inputs, bus)));
        if (!microphone.holdUntilHeard()) {
            this.microphone.release();
        }
        this.speaker = new LastingSink(speaker, new NullSink(new FramePacer(format, clock)),
                new AudioRecovery<>(AudioDirection.OUTPUT, speaker, AudioDevices::outputs, bus));
        this.send = new SendPipeline(format, config.silenceThreshold(), this.microphone, transport, bus, counters,
                signals);
        ArrivalQueue arrivals = new ArrivalQueue(ARRIVAL_PACKETS, ClassicPacket.PAYLOAD_BYTES);
        this.receive = new ReceivePipeline(transport, arrivals, counters, signals, clock);
        this.playout = new PlayoutPipeline(format, arrivals, new JitterBuffer(config.jitterBufferFrames(),
                config.prefillFrames(), ClassicPacket.PAYLOAD_BYTES), this.speaker, bus, counters, signals);
        this.captureThread = daemon(send, "voiptui-capture");
        this.networkThread = daemon(receive, "voiptui-network");
        this.playoutThread = daemon(playout, "voiptui-playout");
        this.callThread = daemon(this::run, "voiptui-call");
        captureThread.setPriority(Thread.MAX_PRIORITY);
        networkThread.setPriority(Thread.MAX_PRIORITY);
        playoutThread.setPriority(Thread.MAX_PRIORITY);
        signals.wakes(callThread);
    }

    private AudioSource silence() {
        return new SilenceSource(new FramePacer(CallConfig.CLASSIC_FORMAT, clock));
    }

    private Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(this::onBug);
        return thread;
    }

    private void onBug(Thread failed, Throwable bug) {
        bus.publish(new CallEvent.Failed(failed.getName(), bug));
        hangUp(EndReason.FAILED);
    }

    /** Begins: the microphone is heard, the relay is asked. */
    public void start() {
        control.start();
        networkThread.start();
        playoutThread.start();
        captureThread.start();
        callThread.start();
    }

    /** Does what the user asks for. Any thread; returns at once. */
    public void command(Command command) {
        if (command instanceof Command.HangUp) {
            hangUp(EndReason.QUIT);
        } else if (command instanceof Command.ToggleMute) {
            post(() -> bus.publish(new CallEvent.MuteChanged(send.toggleMute())));
        }
    }

    /** Ends the call for {@code reason}, with all that belongs to it. Any thread; returns at once. */
    public void hangUp(EndReason reason) {
        post(() -> machine.onHangUp(reason, nowMs()));
    }

    /** Waits until the call is over and everything is closed. */
    public CallEvent.Summary awaitEnd() throws InterruptedException {
        over.await();
        return summary;
    }

    /** As {@link #awaitEnd()}, for so long at the most; {@code null} when it is not over by then. */
    public CallEvent.Summary awaitEnd(long timeoutMs) throws InterruptedException {
        return over.await(timeoutMs, TimeUnit.MILLISECONDS) ? summary : null;
    }

    private void post(Runnable work) {
        inbox.add(work);
        signals.wake();
    }

    private long nowMs() {
        return (clock.nanoTime() - startNs) / 1_000_000L;
    }

    private void run() {
        try {
            runCall();
        } catch (RuntimeException | Error bug) {
            bus.publish(new CallEvent.Failed(callThread.getName(), bug));
            endReason = EndReason.FAILED;
        } finally {
            try {
                letGo();
            } catch (RuntimeException | Error bug) {
                // Whatever happens, awaitEnd() must return.
                bus.publish(new CallEvent.Failed(callThread.getName(), bug));
            }
            summary = summarize();
            bus.publish(summary);
            over.countDown();
        }
    }

    private void runCall() {
        machine.start(nowMs());
        while (endReason == null) {
            for (Runnable work = inbox.poll(); work != null && endReason == null; work = inbox.poll()) {
                work.run();
            }
            onSignals(signals.take());
            machine.onTick(nowMs());
            publishMetrics();
            if (endReason == null && inbox.isEmpty()) {
                LockSupport.parkNanos(this, TICK_NS);
            }
        }
    }

    private void onSignals(CallSignals.Raised raised) {
        if (raised.heard()) {
            machine.onHeard((raised.heardAtNs() - startNs) / 1_000_000L);
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

    private void publishMetrics() {
        long nowMs = nowMs();
        if (nowMs < nextMetricsMs) {
            return;
        }
        nextMetricsMs = nowMs + METRICS_MS;
        int depthFrames = playout.depthFrames();
        bus.publish(new CallEvent.JitterBufferFill(depthFrames, depthFrames * ClassicPacket.FRAME_MS,
                config.prefillFrames() * ClassicPacket.FRAME_MS, config.jitterBufferFrames()));
        bus.publish(new CallEvent.NetworkStats(counters.get(Counter.PACKETS_SENT),
                counters.get(Counter.PACKETS_RECEIVED), counters.get(Counter.PACKETS_LOST),
                counters.get(Counter.PACKETS_LATE), counters.get(Counter.PACKETS_DUPLICATE),
                counters.get(Counter.PACKETS_REORDERED), counters.get(Counter.PACKETS_DISCARDED),
                receive.jitterMs(), concealedMs()));
    }

    private long concealedMs() {
        return counters.get(Counter.FRAMES_CONCEALED) * ClassicPacket.FRAME_MS;
    }

    private void stopCapture() {
        send.stop();
        microphone.close();
        join(captureThread);
    }

    private void letGo() {
        stopCapture();
        playout.stop();
        speaker.close();
        control.close();
        try {
            transport.close();
        } catch (IOException nothingToLose) {
            // the socket is gone either way
        }
        join(playoutThread);
        join(networkThread);
    }

    private static void join(Thread thread) {
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private CallEvent.Summary summarize() {
        long durationMs = machine.registeredAtMs() < 0 ? 0 : nowMs() - machine.registeredAtMs();
        return new CallEvent.Summary(machine.lastState(), endReason, durationMs, counters.get(Counter.PACKETS_SENT),
                counters.get(Counter.PACKETS_RECEIVED), counters.get(Counter.PACKETS_LOST),
                counters.get(Counter.PACKETS_LATE), counters.get(Counter.PACKETS_DUPLICATE),
                counters.get(Counter.PACKETS_REORDERED), counters.get(Counter.PACKETS_DISCARDED), concealedMs(),
                receive.jitterMs(), playout.meanDepthFrames() * ClassicPacket.FRAME_MS, relayRttMs, PcmCodec.NAME,
                send.peakDbfs());
    }

    /** What the machine decides, done. On the call thread. */
    private final class Effects implements CallEffects {

        @Override
        public void ask(ClassicRequest request) {
            control.ask(request);
        }

        @Override
        public void startSending() {
            send.startSending();
        }

        @Override
        public void playOut() {
            playout.askPlayOut();
        }

        @Override
        public void sayEndOfTransmission() {
            stopCapture();
            send.sendEndOfTransmission(END_OF_TRANSMISSIONS);
        }

        @Override
        public void publish(CallEvent event) {
            if (event instanceof CallEvent.RelayAnswered answered) {
                relayRttMs = answered.rttMs();
            }
            if (event instanceof CallEvent.StateChanged changed && changed.state() == CallState.IN_CALL) {
                microphone.release();
            }
            bus.publish(event);
        }

        @Override
        public void ended(EndReason reason) {
            endReason = reason;
        }
    }
}
