package voiptui.event;

import java.util.List;

/** Facts and readings about one call, as one client sees it. */
public sealed interface CallEvent extends Event {

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
     * How loud the microphone was over the last tenth of a second, before muting.
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
     * How loud the speaker was over the last tenth of a second.
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
     * How the network treats the call so far.
     *
     * @param packetsSent see {@link Counter#PACKETS_SENT}; the other counts likewise
     * @param jitterMs interarrival jitter in milliseconds (RFC 3550, A.8)
     * @param concealedMs time filled with made-up sound, in milliseconds
     */
    record NetworkStats(long packetsSent, long packetsReceived, long packetsLost, long packetsLate,
            long packetsDuplicate, long packetsReordered, long packetsDiscarded, double jitterMs, long concealedMs)
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
    record Summary(CallState state, EndReason reason, long durationMs, long packetsSent, long packetsReceived,
            long packetsLost, long packetsLate, long packetsDuplicate, long packetsReordered, long packetsDiscarded,
            long concealedMs, double jitterMs, double bufferMs, Double relayRttMs, String codec, double micPeakDbfs)
            implements CallEvent {
        @Override
        public String eventName() {
            return "summary";
        }
    }

    /** The level that stands for digital silence: below the quietest 16-bit sample (-90.3 dBFS). */
    double SILENCE_DBFS = -96.0;
}
