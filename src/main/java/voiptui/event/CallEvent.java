package voiptui.event;

import java.util.List;
import java.util.Map;
import voiptui.time.PacketTime;

/** Facts and readings about one call, as one client sees it. */
public sealed interface CallEvent extends Event {

    /**
     * A call begins: what is spoken through what, and how.
     *
     * @param relay where the relay takes control connections (TCP)
     * @param media where the relay takes media (UDP)
     * @param target the address to talk with
     * @param localPort the UDP port that is spoken from
     * @param codec how the samples are coded; an empty string while that is not agreed on, see {@link Connected}
     * @param sampleRateHz samples per second, mono
     * @param bitrateKbps bits of sound in a second, in thousands, without headers; 0 while that is not known
     */
    record Calling(
            String relay, String media, String target, int localPort, String codec, int sampleRateHz, int bitrateKbps)
            implements CallEvent {
        @Override
        public String eventName() {
            return "calling";
        }
    }

    /**
     * The two sides are connected and agree on how sound is sent. Told by calls of the second protocol, before
     * {@link CallState#IN_CALL}, and again when they are connected anew.
     *
     * @param peer the other side's name, or its address where it is a classic client
     * @param codec how the samples are coded: {@code opus} or {@code pcm}
     * @param packets what packets look like: {@code rtp} or {@code classic}
     * @param sampleRateHz samples per second, mono
     * @param bitrateKbps bits of sound in a second, in thousands, without headers
     */
    record Connected(String peer, String codec, String packets, int sampleRateHz, int bitrateKbps)
            implements CallEvent {
        @Override
        public String eventName() {
            return "connected";
        }
    }

    /**
     * What the other side hears of us, by its reports (RTCP; RFC 3550, 6.4).
     *
     * @param lossPercent packets of ours that did not arrive there since its report before
     * @param packetsLost packets of ours that did not arrive there in all
     * @param jitterMs interarrival jitter there, in milliseconds
     * @param rttMs the way there and back, in milliseconds; {@code null} until it is known
     */
    record PeerReport(double lossPercent, long packetsLost, double jitterMs, Double rttMs) implements CallEvent {
        @Override
        public String eventName() {
            return "peer_report";
        }

        @Override
        public boolean isReading() {
            return true;
        }
    }

    /**
     * The call's state changed, or an attempt of the same state began.
     *
     * @param state where the call stands now
     * @param attempt which try this is, from 1; 0 where the state knows no tries
     * @param attempts how many tries there are at most; 0 for no limit or no tries
     * @param retryInMs time until the next try; 0 where none is waiting
     * @param reason why the call ended; {@code null} unless {@code state} is {@link CallState#ENDED}
     * @param detail what else a person would want to know, or an empty string
     */
    record StateChanged(CallState state, int attempt, int attempts, long retryInMs, EndReason reason, String detail)
            implements CallEvent {
        @Override
        public String eventName() {
            return "state";
        }
    }

    /**
     * The relay answered a control message.
     *
     * @param request what was said, e.g. {@code HEARTBEAT}
     * @param reply what came back, e.g. {@code ALIVE}
     * @param rttMs the round trip to the relay in milliseconds
     */
    record RelayAnswered(String request, String reply, double rttMs) implements CallEvent {
        @Override
        public String eventName() {
            return "relay_answered";
        }
    }

    /**
     * The relay did not answer a control message as it should.
     *
     * @param request what was said
     * @param problem what went wrong, for people
     * @param failures how many times in a row by now
     */
    record RelayFailed(String request, String problem, int failures) implements CallEvent {
        @Override
        public String eventName() {
            return "relay_failed";
        }
    }

    /**
     * How loud the microphone was over the last tenth of a second, after its gain and before muting.
     *
     * @param peakDbfs highest sample, in dB relative to full scale; {@link #SILENCE_DBFS} for digital silence
     * @param rmsDbfs root mean square, likewise
     * @param muted whether the peer is sent silence instead
     */
    record MicLevel(double peakDbfs, double rmsDbfs, boolean muted) implements CallEvent {
        @Override
        public String eventName() {
            return "mic_level";
        }

        @Override
        public boolean isReading() {
            return true;
        }
    }

    /**
     * How loud the speaker was over the last tenth of a second, after its volume.
     *
     * @param peakDbfs highest sample, in dB relative to full scale; {@link #SILENCE_DBFS} for digital silence
     * @param rmsDbfs root mean square, likewise
     */
    record SpeakerLevel(double peakDbfs, double rmsDbfs) implements CallEvent {
        @Override
        public String eventName() {
            return "speaker_level";
        }

        @Override
        public boolean isReading() {
            return true;
        }
    }

    /**
     * The microphone has been below the silence threshold for longer than it should, or is heard again.
     *
     * @param silent whether it is silent now
     * @param forMs how long it was below the threshold, in milliseconds
     */
    record MicSilence(boolean silent, long forMs) implements CallEvent {
        @Override
        public String eventName() {
            return "mic_silence";
        }
    }

    /** The user muted the microphone, or took the mute back. */
    record MuteChanged(boolean muted) implements CallEvent {
        @Override
        public String eventName() {
            return "mute";
        }
    }

    /**
     * The microphone's gain or the speaker's volume was changed, or stays since it is at its end.
     *
     * @param direction which of the two
     * @param gainDb what it is now, in dB; 0 leaves the sound as it is
     */
    record GainChanged(AudioDirection direction, double gainDb) implements CallEvent {
        @Override
        public String eventName() {
            return "gain";
        }
    }

    /** The test tone on the speaker began, or is over. */
    record TestTone(boolean playing) implements CallEvent {
        @Override
        public String eventName() {
            return "test_tone";
        }
    }

    /**
     * A recording of both sides began or ended.
     *
     * @param running whether it runs now
     * @param file its path; an empty string when none could be made
     * @param durationMs how much was recorded, in milliseconds
     * @param problem why it could not begin or go on, for people; {@code null} when nothing went wrong
     */
    record Recording(boolean running, String file, long durationMs, String problem) implements CallEvent {
        @Override
        public String eventName() {
            return "recording";
        }
    }

    /**
     * How the network treats the call so far.
     *
     * @param packetsSent see {@link Counter#PACKETS_SENT}; the other counts likewise
     * @param jitterMs interarrival jitter in milliseconds (RFC 3550, A.8)
     * @param concealedMs time filled with made-up sound, in milliseconds
     */
    record NetworkStats(
            long packetsSent,
            long packetsReceived,
            long packetsLost,
            long packetsLate,
            long packetsDuplicate,
            long packetsReordered,
            long packetsDiscarded,
            double jitterMs,
            long concealedMs)
            implements CallEvent {
        @Override
        public String eventName() {
            return "network";
        }

        @Override
        public boolean isReading() {
            return true;
        }
    }

    /**
     * How full the jitter buffer is.
     *
     * @param depthFrames frames waiting to be played
     * @param depthMs the same in milliseconds
     * @param targetMs the playout delay that it aims at
     * @param capacityFrames the most it holds
     */
    record JitterBufferFill(int depthFrames, int depthMs, int targetMs, int capacityFrames) implements CallEvent {
        @Override
        public String eventName() {
            return "jitter_buffer";
        }

        /** Returns the most audio that the buffer holds, in milliseconds. */
        public int capacityMs() {
            return capacityFrames * PacketTime.MS;
        }

        @Override
        public boolean isReading() {
            return true;
        }
    }

    /**
     * A microphone or speaker could not be opened, or vanished; the call goes on without it.
     *
     * @param direction which one
     * @param device what was asked for or in use
     * @param problem what went wrong, for people
     * @param available the names of the devices that there are, each with its index
     */
    record AudioLost(AudioDirection direction, String device, String problem, List<String> available)
            implements CallEvent {
        @Override
        public String eventName() {
            return "audio_lost";
        }
    }

    /** A microphone or speaker that was lost works again. */
    record AudioRestored(AudioDirection direction, String device) implements CallEvent {
        @Override
        public String eventName() {
            return "audio_restored";
        }
    }

    /**
     * A microphone or speaker is used from now on: the one of the beginning, or another that the user chose.
     *
     * @param direction which one
     * @param device what it was asked for as
     */
    record AudioInUse(AudioDirection direction, String device) implements CallEvent {
        @Override
        public String eventName() {
            return "audio_in_use";
        }
    }

    /**
     * Another microphone or speaker was chosen and cannot be used; the one before goes on.
     *
     * @param direction which one
     * @param device what was asked for
     * @param problem what is wrong with it, for people
     */
    record AudioRefused(AudioDirection direction, String device, String problem) implements CallEvent {
        @Override
        public String eventName() {
            return "audio_refused";
        }
    }

    /**
     * What a user can choose from.
     *
     * @param device what to ask for, as {@code --mic} and {@code --speaker} take it
     * @param description what it is, for people
     */
    record Choice(String device, String description) {}

    /** The microphones and speakers there are at this moment, the system's default first. */
    record DevicesListed(List<Choice> microphones, List<Choice> speakers) implements CallEvent {

        /** Copies the lists. */
        public DevicesListed {
            microphones = List.copyOf(microphones);
            speakers = List.copyOf(speakers);
        }

        @Override
        public String eventName() {
            return "devices";
        }
    }

    /**
     * How loud a microphone is that is listened to before it is chosen, over the last tenth of a second.
     *
     * @param device which one, as it was asked for
     * @param peakDbfs highest sample, in dB relative to full scale; {@link #SILENCE_DBFS} for digital silence
     * @param problem why it cannot be listened to, for people; {@code null} while it can
     */
    record PreviewLevel(String device, double peakDbfs, String problem) implements CallEvent {
        @Override
        public String eventName() {
            return "preview_level";
        }

        @Override
        public boolean isReading() {
            return true;
        }
    }

    /** All totals of the call so far. */
    record Totals(Map<Counter, Long> counters) implements CallEvent {
        @Override
        public String eventName() {
            return "counters";
        }

        @Override
        public boolean isReading() {
            return true;
        }
    }

    /** The peer began anew with its sequence numbers: it was restarted, or it is another. */
    record PeerRestarted() implements CallEvent {
        @Override
        public String eventName() {
            return "peer_restarted";
        }
    }

    /**
     * A fault of ours ended a thread, and with it the call.
     *
     * @param thread the thread's name
     * @param cause what it died of
     */
    record Failed(String thread, Throwable cause) implements CallEvent {
        @Override
        public String eventName() {
            return "failed";
        }
    }

    /**
     * What is left to say when a call is over. The names are a contract with scripts that read the JSON.
     *
     * @param state the state in which it ended, before {@link CallState#ENDED}
     * @param reason why it ended
     * @param durationMs from the registration with the relay to the end
     * @param jitterMs interarrival jitter at the end (RFC 3550, A.8)
     * @param bufferMs depth of the jitter buffer, averaged over the call
     * @param relayRttMs the last round trip to the relay; {@code null} when it never answered
     * @param codec how the samples were coded
     * @param micPeakDbfs the loudest sample of the microphone over the whole call
     */
    record Summary(
            CallState state,
            EndReason reason,
            long durationMs,
            long packetsSent,
            long packetsReceived,
            long packetsLost,
            long packetsLate,
            long packetsDuplicate,
            long packetsReordered,
            long packetsDiscarded,
            long concealedMs,
            double jitterMs,
            double bufferMs,
            Double relayRttMs,
            String codec,
            double micPeakDbfs)
            implements CallEvent {
        @Override
        public String eventName() {
            return "summary";
        }
    }

    /** The level that stands for digital silence: below the quietest 16-bit sample (-90.3 dBFS). */
    double SILENCE_DBFS = -96.0;
}
