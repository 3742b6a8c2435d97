package voiptui.call.classic;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.PcmFormat;
import voiptui.call.CallProgress;
import voiptui.call.Inbox;
import voiptui.call.RunningCall;
import voiptui.codec.PcmCodec;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.event.Encryption;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.media.MediaEnvironment;
import voiptui.media.MediaSession;
import voiptui.media.device.OpenedDevice;
import voiptui.media.device.OpenedDevices;
import voiptui.media.stream.MediaSignals;
import voiptui.net.DatagramReader;
import voiptui.net.DatagramTransport;
import voiptui.net.IpText;
import voiptui.net.TcpExchange;
import voiptui.protocol.classic.ClassicReply;
import voiptui.protocol.classic.ClassicRequest;
import voiptui.protocol.offer.MediaFormat;
import voiptui.rtp.ClassicPacket;
import voiptui.time.NanoClock;

/**
 * A running classic call: its parts, their threads, and their release.
 *
 * <p>The first event on the bus is {@link CallEvent.Calling}, the last {@link CallEvent.Summary}. By then all devices, files
 * and sockets are closed and all threads are joined, except those that still wait for the network or for a device.
 */
public final class ClassicCall implements RunningCall {

    private static final long TICK_NS = 40 * NS_PER_MS;
    private static final CallEvent.EncryptionChanged UNENCRYPTED =
            new CallEvent.EncryptionChanged(Encryption.CLASSIC, false);

    private final ClassicCallConfig config;
    private final DatagramTransport transport;
    private final EventBus bus;
    private final NanoClock clock;
    private final long startNs;

    private final Thread callThread = new Thread(this::run, "voiptui-call");
    private final Inbox inbox = new Inbox(callThread);
    private final ClassicCallMachine machine;
    private final ControlClient control;
    private final MediaSession media;
    private final Thread networkThread;

    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable EndReason endReason;
    private @Nullable Double relayRttMs;

    /**
     * Creates a call; no thread is started. The call owns what it is given and closes it at the end.
     *
     * @param transport the socket connected to the relay's media port
     * @param environment the other devices, and the folder for recordings
     * @param bus receives all events
     * @param clock for pacing, timeouts and statistics
     */
    public ClassicCall(
            ClassicCallConfig config,
            DatagramTransport transport,
            OpenedDevice<AudioSource> microphone,
            OpenedDevice<AudioSink> speaker,
            MediaEnvironment environment,
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
                        config.relay().control(),
                        config.bind(),
                        config.relay().timeoutMs(),
                        ClassicReply.MAX_BYTES + 1,
                        answer -> ClassicReply.parse(answer).isPresent(),
                        transport::follow,
                        clock),
                reply -> inbox.post(() -> machine.onReply(reply, nowMs())),
                this::onBug);
        this.media = new MediaSession(
                config.sound(),
                transport,
                new OpenedDevices(PcmFormat.CLASSIC, microphone, speaker),
                environment,
                bus,
                clock,
                new MediaSession.Owner(inbox::wake, this::onBug));
        this.networkThread = MediaSession.thread(
                new DatagramReader(transport, ClassicPacket.MAX_DATAGRAM_BYTES, media.handler(), clock),
                "voiptui-network",
                this::onBug);
        callThread.setDaemon(true);
        callThread.setUncaughtExceptionHandler(this::onBug);
        // There is nothing to negotiate: media may arrive before the relay answers.
        media.startReceiving(MediaFormat.CLASSIC);
    }

    private void onBug(Thread failed, Throwable bug) {
        bus.publish(new CallEvent.Failed(failed.getName(), bug));
        hangUp(EndReason.FAILED);
    }

    @Override
    public void start() {
        bus.publish(new CallEvent.Calling(
                IpText.of(config.relay().control().preferred()),
                IpText.of(config.relay().media()),
                IpText.of(config.target()),
                transport.localPort(),
                PcmCodec.NAME,
                PcmFormat.CLASSIC.sampleRateHz(),
                PcmCodec.bitrateKbps(PcmFormat.CLASSIC)));
        media.start();
        bus.publish(UNENCRYPTED);
        control.start();
        networkThread.start();
        callThread.start();
    }

    @Override
    public void command(Command command) {
        if (command instanceof Command.HangUp) {
            hangUp(EndReason.QUIT);
        } else {
            inbox.post(() -> media.command(command));
        }
    }

    @Override
    public void hangUp(EndReason reason) {
        inbox.post(() -> machine.onHangUp(reason, nowMs()));
    }

    @Override
    public EndReason awaitEnd() throws InterruptedException {
        over.await();
        return Objects.requireNonNull(endReason);
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
            release();
            CallProgress progress = machine.progress();
            bus.publish(media.summary(
                            progress.lastState(),
                            Objects.requireNonNull(endReason),
                            progress.durationMs(nowMs()),
                            relayRttMs)
                    .with(UNENCRYPTED));
            over.countDown();
        }
    }

    private void runCall() {
        machine.start(nowMs());
        while (endReason == null) {
            inbox.runAll(() -> endReason != null);
            onSignals(media.takeSignals());
            machine.onTick(nowMs());
            media.onTick(nowMs());
            if (endReason == null) {
                inbox.await(TICK_NS);
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

    /** Releases everything; a failure is published and does not keep the rest from being released. */
    private void release() {
        List<Runnable> steps =
                List.of(media::close, control::close, this::closeTransport, () -> MediaSession.join(networkThread));
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
            // the socket is closed either way
        }
    }

    /** Carries out the decisions of the state machine, on the call thread. */
    private final class Effects implements ClassicCallEffects {

        @Override
        public void ask(ClassicRequest request) {
            control.ask(request);
        }

        @Override
        public void startSending() {
            media.connect(MediaFormat.CLASSIC);
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
            if (event instanceof CallEvent.RelayAnswered answered) {
                relayRttMs = answered.rttMs();
            }
            if (event instanceof CallEvent.StateChanged changed && changed.state() == CallState.IN_CALL) {
                media.onPeerHeard();
            }
            bus.publish(event);
        }

        @Override
        public void ended(EndReason reason) {
            endReason = reason;
        }
    }
}
