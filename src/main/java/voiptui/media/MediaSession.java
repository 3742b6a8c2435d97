package voiptui.media;

import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.Gain;
import voiptui.audio.dsp.TestTone;
import voiptui.crypto.MediaSecurity;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.jitter.ArrivalQueue;
import voiptui.media.device.DeviceManager;
import voiptui.media.device.OpenedDevices;
import voiptui.media.record.CallRecorder;
import voiptui.media.secure.SecureMedia;
import voiptui.media.stream.LocalState;
import voiptui.media.stream.MediaContext;
import voiptui.media.stream.MediaSignals;
import voiptui.media.stream.TextChannel;
import voiptui.net.DatagramHandler;
import voiptui.net.DatagramSender;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFormat;
import voiptui.time.NanoClock;
import voiptui.voice.StreamHistory;

/**
 * The media of one call, without signalling: devices, capture and playout threads, received packets, recorder, statistics.
 *
 * <pre>
 * capture thread   {@link SendPipeline}     microphone → voice processing → gain → level → mute → encoder → packetizer → protect → socket
 * network thread   {@link ReceivePipeline}  unprotect → depacketizer → reception statistics → arrival queue, history
 * playout thread   {@link PlayoutPipeline}  jitter buffer → decoder, or replay → test tone → volume → speaker
 * </pre>
 *
 * <p>{@link #start} meters the microphone and sends nothing. {@link #startReceiving} decodes datagrams, {@link #connect}
 * also sends. Whoever reads the network passes datagrams to {@link #handler}, one thread at a time. All other methods belong
 * to the call thread, which is woken when there is something to {@linkplain #takeSignals take}, and calls {@link #onTick}
 * about every 40 ms. {@link #close} joins all threads except those that are blocked in a device driver.
 */
public final class MediaSession implements AutoCloseable {

    /** How often an end-of-transmission is sent, since any of them may be lost. */
    private static final int END_OF_TRANSMISSIONS = 3;

    private static final long JOIN_MS = 1500;
    /** Room for a second of packets with copies and retransmissions while the speaker is stalled. */
    private static final int ARRIVAL_PACKETS = 256;

    private final Counters counters = new Counters();
    private final MediaSignals signals;
    private final EventBus bus;
    private final Gain microphoneGain = Gain.ofMicrophone();
    private final Gain speakerVolume = Gain.ofSpeaker();
    private final TestTone tone;
    private final boolean startsMuted;
    private final CodecFactory codecs;
    private final DeviceManager devices;
    private final CallRecorder recorder;
    private final VoiceProcessing processing;
    private final SendPipeline send;
    private final ReceivePipeline receive;
    private final SecureMedia secure;
    private final DatagramHandler handler;
    private final DatagramSender callSender;
    private final LocalState localState = new LocalState();
    private final TextChannel texts;
    private final PlayoutPipeline playout;
    private final MediaStats stats;
    private final CallVerdict verdict;
    private final Thread captureThread;
    private final Thread playoutThread;
    /** Null until a format is negotiated. */
    private @Nullable MediaFormat format;

    /** What was received of late; null until a format is negotiated. */
    private @Nullable StreamHistory history;

    private boolean formatEncrypted;
    private boolean onHold;

    private NegotiatedMedia.ReportSender reporter = NegotiatedMedia.ReportSender.NONE;
    private volatile boolean connected;

    /**
     * The owner of a session.
     *
     * @param wakeUp wakes the call thread; called by any thread, must not block
     * @param onFault receives the exception that ended one of the session's threads
     */
    public record Owner(Runnable wakeUp, Thread.UncaughtExceptionHandler onFault) {}

    /**
     * Prepares the media of a call; no thread runs yet. The session owns the devices and closes them at the end, but not
     * {@code sender}.
     *
     * @param sender sends our datagrams; called by several threads
     * @param opened microphone and speaker to start with
     * @param environment has the other devices, of the same format, and takes the recordings
     * @param bus receives levels, statistics and device events
     * @param clock paces and measures
     */
    public MediaSession(
            MediaConfig config,
            DatagramSender sender,
            OpenedDevices opened,
            MediaEnvironment environment,
            EventBus bus,
            NanoClock clock,
            Owner owner) {
        PcmFormat format = opened.format();
        this.bus = bus;
        this.texts = new TextChannel(bus);
        this.signals = new MediaSignals(owner.wakeUp());
        MediaContext context = new MediaContext(format, bus, counters, signals, clock);
        ArrivalQueue arrivals = new ArrivalQueue(ARRIVAL_PACKETS, CodecFactory.MAX_PAYLOAD_BYTES);
        this.tone = new TestTone(format);
        this.devices = new DeviceManager(opened, environment.audio(), clock, bus, owner.onFault());
        this.recorder =
                new CallRecorder(format, environment.folder(), environment.wallClock(), clock, bus, owner.onFault());
        this.secure = new SecureMedia(environment.identity(), sender, bus, counters, clock, new KeyOwner(owner));
        this.callSender = secure.sender();
        this.processing = new VoiceProcessing(
                format, config.processing(), new WebRtcProcessing(), bus, VoiceProcessing.worker(owner.onFault()));
        this.send = new SendPipeline(
                context,
                config.silenceThreshold(),
                devices.microphone(),
                processing,
                microphoneGain,
                recorder.sent(),
                secure.sender());
        this.receive = new ReceivePipeline(context);
        this.handler = secure.handler(receive);
        this.playout = new PlayoutPipeline(context, arrivals, tone, speakerVolume, devices.speaker(), processing);
        QualityMeter quality = new QualityMeter(counters, playout);
        this.startsMuted = config.startsMuted();
        this.codecs = new CodecFactory(
                context,
                arrivals,
                new CodecFactory.Senders(secure.sender(), callSender),
                environment.wallClock(),
                config,
                playout,
                new CodecFactory.Told(quality, localState, texts));
        this.stats = new MediaStats(config, counters, send, receive, playout, quality, bus);
        this.verdict = new CallVerdict(bus, signals, playout, clock);
        this.captureThread = thread(send, "voiptui-capture", owner.onFault());
        this.playoutThread = thread(playout, "voiptui-playout", owner.onFault());
    }

    /** Returns a daemon thread of the highest priority for audio or network work, not started yet. */
    public static Thread thread(Runnable work, String name, Thread.UncaughtExceptionHandler onFault) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.setUncaughtExceptionHandler(onFault);
        return thread;
    }

    /** Starts capture and playout: the microphone is metered, the speaker is silent, nothing is sent. Call once. */
    public void start() {
        if (startsMuted) {
            toggleMute();
        }
        devices.start();
        processing.onTick(devices.hasMicrophoneDevice());
        playoutThread.start();
        captureThread.start();
    }

    /** Sends media as soon as there are keys, unless the call is over by then. */
    private final class KeyOwner implements SecureMedia.Owner {

        private final Owner owner;

        KeyOwner(Owner owner) {
            this.owner = owner;
        }

        @Override
        public void onKeys() {
            if (connected) {
                send.startSending();
            }
        }

        @Override
        public void onKeysVoid() {
            send.stopSending();
        }

        @Override
        public void uncaughtException(Thread thread, Throwable fault) {
            owner.onFault().uncaughtException(thread, fault);
        }
    }

    /** Returns what processes received datagrams. Until {@link #startReceiving} they are counted and dropped. */
    public DatagramHandler handler() {
        return handler;
    }

    /**
     * Decodes received datagrams from now on. Does nothing when the format is already in use; with another, a new stream
     * starts.
     *
     * @param negotiated what both sides can do
     * @throws IllegalArgumentException for any codec but {@link MediaCodec#PCM} in classic packets
     */
    public void startReceiving(MediaFormat negotiated) {
        receive(negotiated, false);
    }

    private void receive(MediaFormat negotiated, boolean encrypted) {
        if (negotiated.equals(format) && encrypted == formatEncrypted) {
            return;
        }
        NegotiatedMedia media = codecs.create(negotiated, encrypted);
        playout.use(media);
        send.use(media);
        receive.use(media);
        reporter = media.reporter();
        history = media.history();
        history.packets().hold(onHold);
        recorder.use(history, playout::targetMs);
        format = negotiated;
        formatEncrypted = encrypted;
    }

    /** Receives as {@link #startReceiving} does, and sends the microphone from now on, without encryption. */
    public void connect(MediaFormat negotiated) {
        connect(negotiated, null);
    }

    /**
     * Connects an encrypted call: both directions begin when the handshake with the peer has led to keys ({@link
     * CallEvent.MediaEncrypted}). If it does not, {@link CallEvent.MediaEncryptionFailed} says why. Called again for the same call, it keeps the keys.
     *
     * @param security who the peer must be; null: the call is not encrypted. A call that was encrypted cannot go on without
     */
    public void connect(MediaFormat negotiated, @Nullable MediaSecurity security) {
        boolean encrypted = security != null || connected && secure.isEncrypted();
        receive(negotiated, encrypted);
        connected = true;
        if (!secure.isReady()) {
            send.stopSending();
        }
        if (secure.use(security)) {
            send.startSending();
        }
    }

    /** Has the two sides of an encrypted call agree on other keys; those in use stay until then. */
    public void renewKeys() {
        secure.renew();
    }

    /** Sends nothing until the next {@link #connect}: the peer is gone, and another may follow. */
    public void disconnect() {
        connected = false;
        secure.stop();
        send.stopSending();
    }

    /** Starts a WAV file used as microphone, which waited until the peer can hear it. */
    public void onPeerHeard() {
        devices.onPeerHeard();
    }

    /**
     * Executes a command that concerns audio; the outcome is an event on the bus. Ignores all others, such as
     * {@link Command.HangUp}: they belong to the call or the phone. Never blocks.
     */
    public void command(Command command) {
        if (command instanceof Command.ToggleMute) {
            toggleMute();
        } else if (command instanceof Command.SetMute mute) {
            if (mute.on() != send.isMuted()) {
                toggleMute();
            }
        } else if (command instanceof Command.SendText text) {
            texts.send(text.text());
        } else if (command instanceof Command.ToggleHold) {
            toggleHold();
        } else if (command instanceof Command.ChangeGain change) {
            Gain gain = change.direction() == AudioDirection.INPUT ? microphoneGain : speakerVolume;
            bus.publish(new CallEvent.GainChanged(change.direction(), gain.change(change.stepDb())));
        } else if (command instanceof Command.CycleProcessing) {
            processing.cycle();
        } else if (command instanceof Command.SayAgain) {
            playout.sayAgain();
        } else if (command instanceof Command.ReturnToLive) {
            playout.backToLive();
        } else if (command instanceof Command.PlayTestTone) {
            tone.play();
        } else if (command instanceof Command.ToggleRecording) {
            recorder.toggle();
        } else if (command instanceof Command.StartRecording recording) {
            recorder.start(recording.file());
        } else if (command instanceof Command.ListDevices) {
            devices.browser().list();
        } else if (command instanceof Command.UseDevice use) {
            devices.use(use.direction(), use.device());
        } else if (command instanceof Command.PreviewMicrophone preview) {
            devices.browser().preview(preview.device());
        } else if (command instanceof Command.StopPreview) {
            devices.browser().stopPreview();
        }
    }

    /** Returns the microphone or speaker that the user chose last, as {@code --mic} and {@code --speaker} take it. Any thread. */
    public String chosen(AudioDirection direction) {
        return devices.chosen(direction);
    }

    /** Returns how many packets of the peer were lost so far. Any thread. */
    public long packetsLost() {
        return counters.get(Counter.PACKETS_LOST);
    }

    /** Returns how many of our packets the peer has reported as lost so far; -1: it has not reported. Any thread. */
    public long peerLost() {
        return receive.peerLost();
    }

    private void toggleMute() {
        boolean muted = send.toggleMute();
        localState.set(LocalState.MUTED, muted);
        bus.publish(new CallEvent.MuteChanged(muted));
    }

    private void toggleHold() {
        onHold = !onHold;
        send.hold(onHold);
        playout.hold(onHold);
        if (history != null) {
            history.packets().hold(onHold);
        }
        localState.set(LocalState.ON_HOLD, onHold);
        bus.publish(new CallEvent.HoldChanged(onHold));
    }

    /** Plays what is left of the peer's stream, then raises {@link MediaSignals.Raised#drained}. */
    public void playOut() {
        playout.playOut();
    }

    /** Closes the microphone and sends the end-of-transmission three times: the classic one, or RTCP BYE. */
    public void sendEndOfTransmission() {
        texts.close();
        connected = false;
        stopCapture();
        send.sendEndOfTransmission(END_OF_TRANSMISSIONS, callSender);
    }

    /** Returns and clears what was signalled since the last call. */
    public MediaSignals.Raised takeSignals() {
        return signals.take();
    }

    /**
     * Publishes statistics twice a second and, with RTP, sends a report to the peer each second.
     *
     * @param nowMs milliseconds on a monotonic clock
     */
    public void onTick(long nowMs) {
        processing.onTick(devices.hasMicrophoneDevice());
        stats.onTick(nowMs);
        verdict.onTick(nowMs);
        secure.onTick();
        localState.set(LocalState.RECORDING, recorder.isRunning());
        if (connected && secure.isReady()) {
            reporter.onTick(nowMs);
        }
    }

    /**
     * Returns the summary of the call.
     *
     * @param state the state in which the call ended
     * @param durationMs how long the call was connected, in milliseconds
     * @param relayRttMs last round trip to the relay, in milliseconds; null when none was measured
     */
    public CallEvent.Summary summary(CallState state, EndReason reason, long durationMs, @Nullable Double relayRttMs) {
        return stats.summary(
                state,
                reason,
                durationMs,
                relayRttMs,
                format == null ? "" : format.codec().wire());
    }

    private void stopCapture() {
        send.stop();
        devices.closeMicrophone();
        join(captureThread);
    }

    /** Closes everything. A step that fails is published as {@link CallEvent.Failed}, and the others are taken all the same. */
    @Override
    public void close() {
        List<Runnable> steps = List.of(
                this::stopCapture,
                () -> processing.close(!captureThread.isAlive()),
                secure::close,
                playout::stop,
                devices::close,
                () -> join(playoutThread),
                recorder::close,
                verdict::close);
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException | Error fault) {
                bus.publish(new CallEvent.Failed(Thread.currentThread().getName(), fault));
            }
        }
    }

    /** Waits 1.5 seconds at most for {@code thread} to end; keeps an interrupt. */
    public static void join(Thread thread) {
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
