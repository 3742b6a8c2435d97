package voiptui.media;

import java.util.Arrays;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.Gain;
import voiptui.audio.dsp.LevelMeter;
import voiptui.audio.dsp.SilenceDetector;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.media.record.RecordingTap;
import voiptui.net.DatagramSender;
import voiptui.net.DatagramTransport;

/**
 * The capture thread: microphone, silence detector, gain, level meter, mute, recording, encoder, packetizer, socket.
 *
 * <p>The microphone is the clock. Silence is detected before the gain, since it tells whether the microphone itself works;
 * the level is measured before muting, so that the user sees how loud he would be. While muted the peer is sent silence,
 * which keeps the way through firewalls open. What is recorded is what is sent. Per packet nothing is allocated and nothing
 * waits but the microphone.
 */
final class SendPipeline implements Runnable {

    /** Ten readings of the level a second. */
    private static final int FRAMES_PER_READING = 5;

    private final AudioSource microphone;
    private final Gain gain;
    private final RecordingTap recording;
    private final DatagramSender sender;
    private final EventBus bus;
    private final Counters counters;
    private final MediaSignals signals;
    private final LevelMeter meter = new LevelMeter();
    private final SilenceDetector silence;
    private final short[] frame;
    private final short[] unsent;

    private int framesMetered;
    private boolean sentMuted;
    private volatile Packetizer packetizer;
    private volatile boolean sending;
    private volatile boolean muted;
    private volatile boolean stopped;
    private volatile double peakDbfs = CallEvent.SILENCE_DBFS;

    SendPipeline(
            PcmFormat format,
            double silenceThreshold,
            AudioSource microphone,
            Gain gain,
            RecordingTap recording,
            DatagramSender sender,
            EventBus bus,
            Counters counters,
            MediaSignals signals) {
        this.microphone = microphone;
        this.gain = gain;
        this.recording = recording;
        this.sender = sender;
        this.bus = bus;
        this.counters = counters;
        this.signals = signals;
        this.silence = new SilenceDetector(format, silenceThreshold);
        this.frame = new short[format.frameSamples()];
        this.unsent = new short[format.frameSamples()];
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                microphone.read(frame);
            } catch (AudioLostException closed) {
                return;
            }
            watchForSilence();
            gain.apply(frame);
            meter();
            mute();
            if (sending && !stopped) {
                recording.onFrame(frame);
                send();
            } else {
                recording.onFrame(unsent);
            }
        }
    }

    private void meter() {
        meter.add(frame);
        if (++framesMetered == FRAMES_PER_READING) {
            peakDbfs = Math.max(peakDbfs, meter.peakDbfs());
            bus.publish(new CallEvent.MicLevel(meter.peakDbfs(), meter.rmsDbfs(), muted));
            meter.reset();
            framesMetered = 0;
        }
    }

    private void watchForSilence() {
        switch (silence.onFrame(frame)) {
            case BECAME_SILENT -> bus.publish(new CallEvent.MicSilence(true, silence.silentForMs()));
            case HEARD_AGAIN -> bus.publish(new CallEvent.MicSilence(false, silence.silentForMs()));
            case NONE -> {}
        }
    }

    /** Silences the frame while muted; the first and the last one fade, so that there is no click. */
    private void mute() {
        boolean muteNow = muted;
        if (muteNow && sentMuted) {
            Arrays.fill(frame, (short) 0);
        } else if (muteNow != sentMuted) {
            for (int i = 0; i < frame.length; i++) {
                int gain = muteNow ? frame.length - i : i;
                frame[i] = (short) (frame[i] * gain / frame.length);
            }
        }
        sentMuted = muteNow;
    }

    private void send() {
        int sent = sender.send(packetizer.packetOf(frame));
        if (sent >= 0) {
            counters.increment(Counter.PACKETS_SENT);
        } else if (sent == DatagramTransport.REFUSED) {
            counters.increment(Counter.PACKETS_SEND_FAILED);
            signals.refused();
        } else {
            counters.increment(Counter.PACKETS_SEND_FAILED);
        }
    }

    /** Says end-of-transmission, several times since it may get lost. Called when the capture thread has ended. */
    void sendEndOfTransmission(int times) {
        Packetizer agreed = packetizer;
        for (int i = 0; i < times && agreed != null; i++) {
            sender.send(agreed.farewell());
        }
    }

    /** It is agreed what packets look like. Before {@link #startSending}; any thread. */
    void packetizeWith(Packetizer agreed) {
        packetizer = agreed;
    }

    /** From now on packets go out. Any thread. */
    void startSending() {
        sending = true;
    }

    /** From now on none do, until {@link #startSending}. Any thread. */
    void stopSending() {
        sending = false;
    }

    /** Mutes, or takes the mute back; returns whether it is muted now. Any thread, one at a time. */
    boolean toggleMute() {
        muted = !muted;
        return muted;
    }

    /** The loudest sample of the microphone so far, in dBFS. Any thread. */
    double peakDbfs() {
        return peakDbfs;
    }

    /** Ends the thread with the next frame. Any thread. */
    void stop() {
        stopped = true;
    }
}
