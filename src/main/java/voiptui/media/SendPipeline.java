package voiptui.media;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;
import voiptui.audio.dsp.Gain;
import voiptui.audio.dsp.LevelMeter;
import voiptui.audio.dsp.SilenceDetector;
import voiptui.audio.dsp.Silencer;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.media.record.RecordingTap;
import voiptui.media.stream.MediaContext;
import voiptui.media.stream.MediaSignals;
import voiptui.net.DatagramSender;
import voiptui.net.DatagramTransport;
import voiptui.rtp.RtpPacket;
import voiptui.voice.SendAdaptation;
import voiptui.voice.SendSettings;
import voiptui.voice.VoiceSender;

/**
 * The capture thread: microphone → silence detector → voice processing → gain → level meter → mute → recording → encoder → packetizer →
 * socket.
 *
 * <p>The microphone is the clock. Silence is detected before anything else, because it tells whether the microphone
 * itself works; the level is measured before muting, so that the user sees how loud they would be. While muted, silence is sent,
 * which keeps firewall and NAT bindings open. What is recorded is what is sent. Per packet nothing is allocated, and
 * nothing blocks but the microphone.
 */
final class SendPipeline implements Runnable {

    /** Frames per level reading: ten readings per second. */
    private static final int FRAMES_PER_READING = 10;

    private final AudioSource microphone;
    private final NearEnd processing;
    private final Gain gain;
    private final RecordingTap recording;
    private final DatagramSender sender;
    private final EventBus bus;
    private final Counters counters;
    private final MediaSignals signals;
    private final LevelMeter meter = new LevelMeter();
    private final SilenceDetector silence;
    private final MissingSound missing = new MissingSound();
    private final long frameNs;
    private final Silencer silencer = new Silencer();
    private final short[] frame;
    /** Recorded in place of frames that are not sent. */
    private final short[] silentFrame;

    private int framesMetered;
    /** Null until codec and packet format are negotiated. */
    private volatile @Nullable NegotiatedMedia media;

    private volatile boolean sending;
    private volatile boolean muted;
    private volatile boolean onHold;
    private volatile boolean stopped;
    private volatile double peakDbfs = CallEvent.SILENCE_DBFS;

    /**
     * Prepares the work of the capture thread.
     *
     * @param silenceThreshold level below which the microphone counts as silent, as a fraction of full scale; null: no fixed one
     * @param processing processes the frames as they come from the microphone
     * @param recording gets the frames as they are sent
     * @param sender sends the datagrams
     */
    SendPipeline(
            MediaContext context,
            @Nullable Double silenceThreshold,
            AudioSource microphone,
            NearEnd processing,
            Gain gain,
            RecordingTap recording,
            DatagramSender sender) {
        this.microphone = microphone;
        this.processing = processing;
        this.gain = gain;
        this.recording = recording;
        this.sender = sender;
        this.bus = context.bus();
        this.counters = context.counters();
        this.signals = context.signals();
        this.silence = new SilenceDetector(context.format(), silenceThreshold);
        this.frameNs = context.format().frameNs();
        this.frame = new short[context.format().frameSamples()];
        this.silentFrame = new short[context.format().frameSamples()];
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                microphone.awaitFrames(framesAtOnce());
                microphone.read(frame);
            } catch (AudioLostException closed) {
                return;
            }
            detectSilence();
            noticeMissing();
            processing.process(frame, microphone.latencyNs());
            gain.apply(frame);
            measureLevel();
            mute();
            NegotiatedMedia negotiated = media;
            if (negotiated != null && sending && !stopped) {
                recording.onFrame(frame);
                send(negotiated);
            } else {
                recording.onFrame(silentFrame);
            }
        }
    }

    /** Returns how many frames to wait for: those of a packet, before whose last one nothing can be sent. */
    private int framesAtOnce() {
        NegotiatedMedia negotiated = media;
        return negotiated == null || processing.wantsEachFrame()
                ? 1
                : negotiated.sender().framesToPacket();
    }

    private void measureLevel() {
        meter.add(frame);
        if (++framesMetered == FRAMES_PER_READING) {
            peakDbfs = Math.max(peakDbfs, meter.peakDbfs());
            bus.publish(new CallEvent.MicLevel(meter.peakDbfs(), meter.rmsDbfs(), muted));
            meter.reset();
            framesMetered = 0;
        }
    }

    private void detectSilence() {
        if (!microphone.isMicrophone()) {
            silence.restart();
            return;
        }
        switch (silence.onFrame(frame)) {
            case BECAME_SILENT -> bus.publish(new CallEvent.MicSilence(true, silence.silentForMs()));
            case HEARD_AGAIN -> bus.publish(new CallEvent.MicSilence(false, silence.silentForMs()));
            case NONE -> {}
        }
    }

    private void noticeMissing() {
        if (!microphone.isMicrophone()) {
            missing.restart();
            return;
        }
        int percent = missing.onFrame(frameNs, microphone.missingNs());
        if (percent > 0) {
            bus.publish(new CallEvent.AudioWarning(
                    AudioDirection.INPUT,
                    microphone.name(),
                    "delivers only " + percent
                            + " % of its sound, so the other side hears gaps; choose another microphone"));
        }
    }

    /** Silences the frame while muted or on hold; fades out the first one and fades in the one after the last, to avoid clicks. */
    private void mute() {
        silencer.apply(frame, muted || onHold);
    }

    private void send(NegotiatedMedia negotiated) {
        VoiceSender voice = negotiated.sender();
        if (negotiated.adaptation() != null) {
            voice.adapt(negotiated.adaptation().settings());
        }
        long missingNs = microphone.missingNs();
        if (missingNs > 0) {
            voice.skip(missingNs * voice.rateHz() / 1_000_000_000L);
        }
        if (!voice.add(frame)) {
            return;
        }
        ByteBuffer packet = negotiated.packetizer().packetize(voice);
        counters.add(Counter.SENT_BYTES, RtpPacket.LOWER_LAYER_BYTES + packet.remaining());
        int sent = sender.send(packet);
        if (sent >= 0) {
            counters.increment(Counter.PACKETS_SENT);
        } else if (sent == DatagramTransport.REFUSED) {
            counters.increment(Counter.PACKETS_SEND_FAILED);
            signals.refused();
        } else {
            counters.increment(Counter.PACKETS_SEND_FAILED);
        }
    }

    /**
     * Sends the end-of-transmission {@code times} times, since any of them may be lost. Only after the capture thread has
     * ended.
     *
     * @param callThread sends the call thread's datagrams
     */
    void sendEndOfTransmission(int times, DatagramSender callThread) {
        NegotiatedMedia negotiated = media;
        for (int i = 0; i < times && negotiated != null; i++) {
            callThread.send(negotiated.packetizer().endOfTransmission());
        }
    }

    /** Encodes and packetizes with {@code negotiated} from the next frame on. Any thread. */
    void use(NegotiatedMedia negotiated) {
        media = negotiated;
    }

    /** Sends packets from the next frame on, once media is negotiated. Any thread. */
    void startSending() {
        sending = true;
    }

    /** Sends nothing until {@link #startSending}. Any thread. */
    void stopSending() {
        sending = false;
    }

    /** Mutes or unmutes; returns whether it is muted now. Any thread, one at a time. */
    boolean toggleMute() {
        muted = !muted;
        return muted;
    }

    /** Returns whether it is muted. Any thread. */
    boolean isMuted() {
        return muted;
    }

    /** Sends silence while {@code hold}, whether muted or not. Any thread. */
    void hold(boolean hold) {
        onHold = hold;
    }

    /** Returns how the voice is sent; null before a format is agreed, or where there is no choice. Any thread. */
    @Nullable
    SendSettings settings() {
        NegotiatedMedia negotiated = media;
        SendAdaptation adaptation = negotiated == null ? null : negotiated.adaptation();
        return adaptation == null ? null : adaptation.settings();
    }

    /** Returns the highest peak of the microphone so far, in dBFS. Any thread. */
    double peakDbfs() {
        return peakDbfs;
    }

    /** Ends the thread with the next frame. Any thread. */
    void stop() {
        stopped = true;
    }
}
