package voiptui.media;

import java.security.SecureRandom;
import java.util.List;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.Gain;
import voiptui.audio.dsp.TestTone;
import voiptui.codec.FrameEncoder;
import voiptui.codec.OpusVoice;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.event.Counters;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.jitter.ArrivalQueue;
import voiptui.jitter.JitterBuffer;
import voiptui.media.device.DeviceManager;
import voiptui.media.device.OpenedDevice;
import voiptui.media.record.CallRecorder;
import voiptui.net.DatagramHandler;
import voiptui.net.DatagramSender;
import voiptui.protocol.MediaCodec;
import voiptui.protocol.PacketFormat;
import voiptui.rtp.InterarrivalJitter;
import voiptui.rtp.NtpTime;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.ReceptionReport;
import voiptui.rtp.RtpSource;
import voiptui.rtp.SenderRecord;
import voiptui.time.NanoClock;

/**
 * The sound of one call, without any signalling: devices, the threads of capture and playout, what comes from the network,
 * the recorder, what the user wants of them, and their readings.
 *
 * <p>{@link #begin} opens the ears of the user's own screen: the microphone is metered, nothing is sent. {@link #agree}
 * makes datagrams understood, {@link #connect} also sends. Whoever reads the network pushes datagrams into
 * {@link #handler}, one thread at a time. All other methods are the call thread's, which is woken when there is something
 * to take ({@link #takeSignals}) and calls {@link #onTick} each 20 ms or so. {@link #close} joins all threads but those that
 * wait for a device.
 */
public final class MediaSession implements AutoCloseable {

    private static final int END_OF_TRANSMISSIONS = 3;
    private static final long JOIN_MS = 1500;
    /** Room for more than a second of packets while the speaker stands still. */
    private static final int ARRIVAL_PACKETS = 64;
    /** The longest payload of all: samples as they are. */
    private static final int MAX_PAYLOAD_BYTES = PayloadFormat.L16.maxPayloadBytes();

    private final PcmFormat format;
    private final DatagramSender sender;
    private final MediaEnvironment place;
    private final EventBus bus;
    private final NanoClock clock;
    private final Counters counters = new Counters();
    private final Gain microphoneGain = Gain.ofMicrophone();
    private final Gain speakerVolume = Gain.ofSpeaker();
    private final TestTone tone;
    private final MediaSignals signals;
    private final ArrivalQueue arrivals = new ArrivalQueue(ARRIVAL_PACKETS, MAX_PAYLOAD_BYTES);
    private final DeviceManager devices;
    private final CallRecorder recorder;
    private final SendPipeline send;
    private final ReceivePipeline receive;
    private final PlayoutPipeline playout;
    private final MediaStats readings;
    private final Thread captureThread;
    private final Thread playoutThread;
    private MediaCodec codec;
    private PacketFormat packets;
    private RtcpReporter reporter;
    private boolean connected;

    /**
     * Prepares the sound of a call; no thread runs yet. It owns the devices, and closes them at the end, but not the way to
     * the network.
     *
     * @param format what the devices run at: {@link PcmFormat#CLASSIC} or {@link PcmFormat#OPUS}
     * @param sender takes our datagrams, from several threads
     * @param microphone where the sound comes from
     * @param speaker where it goes
     * @param place has the other devices, for {@code format}, and takes the recordings
     * @param bus where everything that happens is told
     * @param clock for pacing and statistics
     * @param wakeUp wakes the call thread; from any thread, must not wait
     * @param onBug is told when a thread dies of a fault of ours
     */
    public MediaSession(
            MediaConfig settings,
            PcmFormat format,
            DatagramSender sender,
            OpenedDevice<AudioSource> microphone,
            OpenedDevice<AudioSink> speaker,
            MediaEnvironment place,
            EventBus bus,
            NanoClock clock,
            Runnable wakeUp,
            Thread.UncaughtExceptionHandler onBug) {
        this.format = format;
        this.sender = sender;
        this.place = place;
        this.bus = bus;
        this.clock = clock;
        this.signals = new MediaSignals(wakeUp);
        this.tone = new TestTone(format);
        this.devices = new DeviceManager(microphone, speaker, place.audio(), format, clock, bus, onBug);
        this.recorder = new CallRecorder(format, place.folder(), place.wallClock(), bus, onBug);
        this.send = new SendPipeline(
                format,
                settings.silenceThreshold(),
                devices.microphone(),
                microphoneGain,
                recorder.sent(),
                sender,
                bus,
                counters,
                signals);
        this.receive = new ReceivePipeline(counters, signals);
        this.playout = new PlayoutPipeline(
                format,
                arrivals,
                new JitterBuffer(settings.jitterBufferFrames(), settings.prefillFrames(), MAX_PAYLOAD_BYTES),
                MAX_PAYLOAD_BYTES,
                recorder.heard(),
                tone,
                speakerVolume,
                devices.speaker(),
                bus,
                counters,
                signals);
        this.readings = new MediaStats(settings, counters, send, receive, playout, bus);
        this.captureThread = thread(send, "voiptui-capture", onBug);
        this.playoutThread = thread(playout, "voiptui-playout", onBug);
    }

    /**
     * Makes the Java machine ready to code sound as calls of the second protocol do; see {@link OpusVoice#warmUp}. Any thread
     * that may take its time; once a process is enough.
     */
    public static void warmUp() {
        OpusVoice.warmUp();
    }

    /** A thread of the sound: ahead of all others, and no reason for the process to stay. */
    public static Thread thread(Runnable work, String name, Thread.UncaughtExceptionHandler onBug) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.setUncaughtExceptionHandler(onBug);
        return thread;
    }

    /** Begins: the microphone is metered, the speaker is silent, nothing is sent. Once. */
    public void begin() {
        devices.begin();
        playoutThread.start();
        captureThread.start();
    }

    /** Takes the datagrams that come. Until {@link #agree} they are counted and dropped. */
    public DatagramHandler handler() {
        return receive;
    }

    /**
     * From now on what comes is heard. Again with the same two does nothing; with others, of another peer, begins anew.
     *
     * @throws IllegalArgumentException when there are no such packets: classic ones carry {@link MediaCodec#PCM} alone
     */
    public void agree(MediaCodec agreedCodec, PacketFormat agreedPackets) {
        if (agreedPackets == PacketFormat.CLASSIC && agreedCodec != MediaCodec.PCM) {
            throw new IllegalArgumentException("no " + agreedCodec.wire() + " in classic packets");
        }
        if (codec == agreedCodec && packets == agreedPackets) {
            return;
        }
        codec = agreedCodec;
        packets = agreedPackets;
        reporter = null;
        playout.decodeWith(CodecFactory.decoder(codec, packets, format));
        FrameEncoder encoder = CodecFactory.encoder(codec, packets, format);
        if (packets == PacketFormat.CLASSIC) {
            send.packetizeWith(new ClassicPacketizer(encoder));
            receive.receiveWith(new ClassicDepacketizer(
                    new StreamReceiver(arrivals, counters, signals, StreamReceiver.jitterByNumber()),
                    counters,
                    signals));
        } else {
            agreeOnRtp(encoder, CodecFactory.payloadOf(codec));
        }
    }

    private void agreeOnRtp(FrameEncoder encoder, PayloadFormat payload) {
        RtpSource ourselves = new RtpSource(new SecureRandom());
        NtpTime time = new NtpTime(place.wallClock(), clock);
        SenderRecord sent = new SenderRecord(payload.clockHz());
        ReceptionReport received = new ReceptionReport();
        reporter = new RtcpReporter(ourselves, sent, received, time, sender, counters, clock);
        send.packetizeWith(new RtpPacketizer(ourselves, payload, encoder, sent, clock));
        StreamReceiver intake =
                new StreamReceiver(arrivals, counters, signals, InterarrivalJitter.ofClock(payload.clockHz()));
        receive.receiveWith(new RtpDepacketizer(ourselves, payload, intake, received, time, bus, counters));
    }

    /** As {@link #agree}, and the microphone is sent from now on. Again with the same two does nothing. */
    public void connect(MediaCodec agreedCodec, PacketFormat agreedPackets) {
        agree(agreedCodec, agreedPackets);
        connected = true;
        send.startSending();
    }

    /** The peer is gone, and another may come: nothing is sent until {@link #connect}. */
    public void disconnect() {
        connected = false;
        send.stopSending();
    }

    /** The peer is there: a file as microphone, which waited for that, begins. */
    public void onPeerHeard() {
        devices.onPeerHeard();
    }

    /**
     * Carries out a command that concerns the sound; the answers are events on the bus. Never blocks. Other commands, such as
     * {@link Command.HangUp}, are ignored: they belong to the call or the phone.
     */
    public void command(Command command) {
        if (command instanceof Command.ToggleMute) {
            bus.publish(new CallEvent.MuteChanged(send.toggleMute()));
        } else if (command instanceof Command.ChangeGain change) {
            Gain gain = change.direction() == AudioDirection.INPUT ? microphoneGain : speakerVolume;
            bus.publish(new CallEvent.GainChanged(change.direction(), gain.change(change.stepDb())));
        } else if (command instanceof Command.PlayTestTone) {
            tone.play();
        } else if (command instanceof Command.ToggleRecording) {
            recorder.toggle();
        } else if (command instanceof Command.ListDevices) {
            devices.list();
        } else if (command instanceof Command.UseDevice use) {
            devices.use(use.direction(), use.device());
        } else if (command instanceof Command.PreviewMicrophone preview) {
            devices.preview(preview.device());
        } else if (command instanceof Command.StopPreview) {
            devices.stopPreview();
        }
    }

    /** The peer is done: plays what is left, then raises {@link MediaSignals.Raised#drained}. */
    public void playOut() {
        playout.askPlayOut();
    }

    /** Stops the microphone, and says three times that nothing more comes: the classic way, or RTCP BYE. */
    public void sayEndOfTransmission() {
        connected = false;
        stopCapture();
        send.sendEndOfTransmission(END_OF_TRANSMISSIONS);
    }

    /** What happened since the last time. */
    public MediaSignals.Raised takeSignals() {
        return signals.take();
    }

    /**
     * Time went on: readings twice a second and, with RTP, a report to the peer each second.
     *
     * @param nowMs on any clock that does not go backwards
     */
    public void onTick(long nowMs) {
        readings.onTick(nowMs);
        if (connected && reporter != null) {
            reporter.onTick(nowMs);
        }
    }

    /**
     * What is left to say when it is over.
     *
     * @param state that in which the call ended
     * @param durationMs how long it was connected
     * @param relayRttMs the last round trip to the relay, or {@code null}
     */
    public CallEvent.Summary summary(CallState state, EndReason reason, long durationMs, Double relayRttMs) {
        return readings.summary(state, reason, durationMs, relayRttMs, codec == null ? "" : codec.wire());
    }

    private void stopCapture() {
        send.stop();
        devices.closeMicrophone();
        join(captureThread);
    }

    /** Gives back everything. Whatever fails is told, and the rest is let go of all the same. */
    @Override
    public void close() {
        List<Runnable> steps =
                List.of(this::stopCapture, playout::stop, devices::close, () -> join(playoutThread), recorder::close);
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException | Error bug) {
                bus.publish(new CallEvent.Failed(Thread.currentThread().getName(), bug));
            }
        }
    }

    public static void join(Thread thread) {
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
