package voiptui.call;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.Gain;
import voiptui.audio.PcmFormat;
import voiptui.audio.TestTone;
import voiptui.codec.PcmCodec;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.event.Counters;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.jitter.ArrivalQueue;
import voiptui.jitter.JitterBuffer;
import voiptui.net.DatagramTransport;
import voiptui.net.IpText;
import voiptui.net.TcpExchange;
import voiptui.rtp.ClassicPacket;
import voiptui.signal.ClassicReply;
import voiptui.signal.ClassicRequest;
import voiptui.time.NanoClock;

/**
 * A running call: its parts, the threads that they run on, and how they are let go.
 *
 * <p>{@link #start} begins, {@link #command} and {@link #hangUp} may come from any thread at any time, {@link #awaitEnd}
 * waits for the end. Everything that happens is published on the bus; the first event is {@link CallEvent.Calling}, the
 * last {@link CallEvent.Summary}. When that is out, all threads but those that wait for the network or for a device are
 * joined, and all devices, files and sockets are closed.
 */
public final class CallSession {

    private static final long TICK_NS = 20_000_000L;
    private static final int END_OF_TRANSMISSIONS = 3;
    private static final long JOIN_MS = 1500;
    /** Room for more than a second of packets while the speaker stands still. */
    private static final int ARRIVAL_PACKETS = 64;

    private final CallConfig config;
    private final DatagramTransport transport;
    private final EventBus bus;
    private final NanoClock clock;
    private final long startNs;

    private final CallSignals signals = new CallSignals();
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final CallMachine machine;
    private final ControlThread control;
    private final DeviceDesk devices;
    private final CallRecorder recorder;
    private final SendPipeline send;
    private final ReceivePipeline receive;
    private final PlayoutPipeline playout;
    private final CommandDesk commands;
    private final CallReadings readings;
    private final Thread captureThread;
    private final Thread networkThread;
    private final Thread playoutThread;
    private final Thread callThread;

    private final CountDownLatch over = new CountDownLatch(1);
    private EndReason endReason;
    private Double relayRttMs;
    private volatile CallEvent.Summary summary;

    /**
     * Prepares a call on this machine; no thread runs yet. The session owns what it is given, and closes it at the end.
     *
     * @param transport the socket to the relay's media port
     * @param microphone where the sound comes from
     * @param speaker where it goes
     * @param bus where everything that happens is told
     * @param clock for pacing, time-outs and statistics
     */
    public CallSession(CallConfig config, DatagramTransport transport, AudioPort<AudioSource> microphone,
            AudioPort<AudioSink> speaker, EventBus bus, NanoClock clock) {
        this(config, transport, microphone, speaker, CallPlace.here(false, clock), bus, clock);
    }

    /** As above, somewhere else than usual: {@code place} has the other devices, and takes the recordings. */
    public CallSession(CallConfig config, DatagramTransport transport, AudioPort<AudioSource> microphone,
            AudioPort<AudioSink> speaker, CallPlace place, EventBus bus, NanoClock clock) {
        PcmFormat format = CallConfig.CLASSIC_FORMAT;
        this.config = config;
        this.transport = transport;
        this.bus = bus;
        this.clock = clock;
        this.startNs = clock.nanoTime();
        Counters counters = new Counters();
        Gain microphoneGain = Gain.ofMicrophone();
        Gain speakerVolume = Gain.ofSpeaker();
        TestTone tone = new TestTone(format);
        ArrivalQueue arrivals = new ArrivalQueue(ARRIVAL_PACKETS, ClassicPacket.PAYLOAD_BYTES);
        this.machine = new CallMachine(config, transport.localPort(), new Random(), new Effects());
        this.control = new ControlThread(new TcpExchange(config.relayControl(), config.bind(), config.timeoutMs(),
                ClassicReply.MAX_BYTES + 1, answer -> ClassicReply.parse(answer).isPresent(), clock),
                answer -> post(() -> machine.onAnswer(answer, nowMs())), this::onBug);
        this.devices = new DeviceDesk(microphone, speaker, place.audio(), format, clock, bus, this::onBug);
        this.recorder = new CallRecorder(format, place.folder(), place.wallClock(), bus, this::onBug);
        this.send = new SendPipeline(format, config.silenceThreshold(), devices.microphone(), microphoneGain,
                recorder.sent(), transport, bus, counters, signals);
        this.receive = new ReceivePipeline(transport, arrivals, counters, signals, clock);
        this.playout = new PlayoutPipeline(format, arrivals, new JitterBuffer(config.jitterBufferFrames(),
                config.prefillFrames(), ClassicPacket.PAYLOAD_BYTES), recorder.heard(), tone, speakerVolume,
                devices.speaker(), bus, counters, signals);
        this.commands = new CommandDesk(bus, send, microphoneGain, speakerVolume, tone, recorder, devices);
        this.readings = new CallReadings(config, counters, send, receive, playout, bus);
        this.captureThread = daemon(send, "voiptui-capture");
        this.networkThread = daemon(receive, "voiptui-network");
        this.playoutThread = daemon(playout, "voiptui-playout");
        this.callThread = daemon(this::run, "voiptui-call");
        captureThread.setPriority(Thread.MAX_PRIORITY);
        networkThread.setPriority(Thread.MAX_PRIORITY);
        playoutThread.setPriority(Thread.MAX_PRIORITY);
        signals.wakes(callThread);
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
        bus.publish(new CallEvent.Calling(IpText.of(config.relayControl()), IpText.of(config.relayMedia()),
                IpText.of(config.target()), transport.localPort(), PcmCodec.NAME,
                CallConfig.CLASSIC_FORMAT.sampleRateHz(), PcmCodec.bitrateKbps(CallConfig.CLASSIC_FORMAT)));
        devices.begin();
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
        } else {
            post(() -> commands.obey(command));
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
            letGo();
            summary = readings.summary(machine, endReason, nowMs(), relayRttMs);
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
            readings.onTick(nowMs());
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

    private void stopCapture() {
        send.stop();
        devices.closeMicrophone();
        join(captureThread);
    }

    /** Whatever fails, the rest is let go of as well, and the end is told. */
    private void letGo() {
        List<Runnable> steps = List.of(this::stopCapture, playout::stop, devices::close, control::close,
                this::closeTransport, () -> join(playoutThread), () -> join(networkThread), recorder::close);
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

    private static void join(Thread thread) {
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
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
                devices.onPeerHeard();
            }
            bus.publish(event);
        }

        @Override
        public void ended(EndReason reason) {
            endReason = reason;
        }
    }
}
