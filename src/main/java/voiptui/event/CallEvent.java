package voiptui.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Facts and readings about one call, from the viewpoint of one client.
 *
 * <p>They share a file, though it is long, because the interface is sealed: so the compiler knows all of them without a list
 * to keep. In the order of a call: set-up and state, levels and processing, network, devices, end.
 */
public sealed interface CallEvent extends Event {

    /**
     * A call is being set up.
     *
     * @param relay TCP address of the relay's control port
     * @param media UDP address of the relay's media port
     * @param target the name or address to call
     * @param localPort the local UDP port
     * @param codec the audio codec; empty until it is negotiated, see {@link Connected}
     * @param sampleRateHz sample rate in Hz, mono
     * @param bitrateKbps audio bit rate in kbit/s, without headers; 0 until it is known
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
     * The call was answered and the media format negotiated. v2 only; published before {@link CallState#IN_CALL}, and again
     * when the call is reconnected.
     *
     * @param peer the other side's name, or a classic client's address
     * @param codec the audio codec: {@code opus} or {@code pcm}
     * @param codecLibrary the implementation of the codec in use here, such as {@code libopus}; null for PCM
     * @param packets the packet format: {@code rtp} or {@code classic}
     * @param features the names of the media features that both sides have, sorted
     * @param sampleRateHz sample rate in Hz, mono
     * @param bitrateKbps audio bit rate in kbit/s, without headers
     */
    record Connected(
            String peer,
            String codec,
            @Nullable String codecLibrary,
            String packets,
            List<String> features,
            int sampleRateHz,
            int bitrateKbps)
            implements CallEvent {

        /** Copies the list. */
        public Connected {
            features = List.copyOf(features);
        }

        @Override
        public String eventName() {
            return "connected";
        }
    }

    /**
     * Whether the media of a call is encrypted end to end. Published after {@link Connected}, at the start of a classic call, and
     * again when that changes.
     *
     * @param encryption whether, or why not
     * @param verified whether the user has verified the other side by reading words aloud
     * @param peerFingerprint the fingerprint of the other side's certificate; null: not encrypted
     * @param cipherSuite the cipher; null: no keys yet
     * @param known whether the other side's fingerprint was known before this call, also if it is not encrypted
     * @param readsFirst whether this side reads the first of the words aloud, or the second
     */
    record EncryptionChanged(
            Encryption encryption,
            boolean verified,
            @Nullable String peerFingerprint,
            @Nullable String cipherSuite,
            boolean known,
            boolean readsFirst)
            implements CallEvent {

        /** A call that is not encrypted. */
        public EncryptionChanged(Encryption encryption, boolean known) {
            this(encryption, false, null, null, known, false);
        }

        @Override
        public String eventName() {
            return "encryption";
        }
    }

    /**
     * Both sides have keys for the media of the call, made by themselves alone. Published again when the keys change, with other words.
     *
     * @param cipherSuite the cipher: {@code AEAD_AES_128_GCM} or {@code AEAD_AES_256_GCM} (RFC 7714)
     * @param words five words that are the same on both sides unless somebody is in between
     */
    record MediaEncrypted(String cipherSuite, List<String> words) implements CallEvent {

        /** Copies the list. */
        public MediaEncrypted {
            words = List.copyOf(words);
        }

        @Override
        public String eventName() {
            return "media_encrypted";
        }
    }

    /**
     * The two sides could not agree on keys; nothing is sent or played, and the call ends.
     *
     * @param reason why, for users
     */
    record MediaEncryptionFailed(String reason) implements CallEvent {
        @Override
        public String eventName() {
            return "media_encryption_failed";
        }
    }

    /**
     * A text has come, or one of ours has arrived; encrypted calls only.
     *
     * @param sent whether it is ours
     * @param text one line, {@link #MAX_CHARACTERS} at most; what the other side wrote, unchecked
     */
    record Text(boolean sent, String text) implements CallEvent {

        /** The most characters of a text. */
        public static final int MAX_CHARACTERS = 500;

        /** The most bytes of a text in UTF-8, so that a packet fits the usual path. */
        public static final int MAX_BYTES = 1000;

        /** Returns whether a text is short enough to be sent. */
        public static boolean fits(String text) {
            return text.length() <= MAX_CHARACTERS && text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
        }

        @Override
        public String eventName() {
            return "text";
        }
    }

    /**
     * A text could not be sent.
     *
     * @param problem why, and what to do
     */
    record TextFailed(String problem) implements CallEvent {
        @Override
        public String eventName() {
            return "text_failed";
        }
    }

    /**
     * What the other side's phone tells about itself; encrypted calls only. Published when it changes.
     *
     * @param muted whether its microphone is muted
     * @param recording whether it records the call
     * @param onHold whether it has put the call on hold
     */
    record PeerState(boolean muted, boolean recording, boolean onHold) implements CallEvent {
        @Override
        public String eventName() {
            return "peer_state";
        }
    }

    /**
     * The other side of a call shows another fingerprint than the one that is known, or none.
     *
     * @param peer the other side's name
     * @param knownFingerprint the one that is known
     * @param fingerprint the one that it shows now; null: none, and the call would not be encrypted
     * @param verified whether the user had verified the known one
     * @param asks whether the call waits until the user connects it all the same ({@link Command.AcceptChanged}) or hangs up
     */
    record PeerChanged(
            String peer, String knownFingerprint, @Nullable String fingerprint, boolean verified, boolean asks)
            implements CallEvent {
        @Override
        public String eventName() {
            return "peer_changed";
        }
    }

    /**
     * The other side's fingerprint could not be saved: it is known until this program ends.
     *
     * @param peer the other side's name
     * @param problem what went wrong, for users
     */
    record PeerNotSaved(String peer, String problem) implements CallEvent {
        @Override
        public String eventName() {
            return "peer_not_saved";
        }
    }

    /**
     * Reception quality at the other side, from its RTCP receiver reports (RFC 3550, 6.4).
     *
     * @param lossPercent share of our packets lost since its previous report
     * @param packetsLost our packets lost in total
     * @param jitterMs interarrival jitter there, in milliseconds
     * @param rttMs round trip to the other side, in milliseconds; null: not known yet
     */
    record PeerReport(
            double lossPercent,
            long packetsLost,
            double jitterMs,
            @Nullable Double rttMs) implements CallEvent {
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
     * The call's state changed, or another attempt started in the same state.
     *
     * @param state the current state
     * @param attempt number of the attempt, from 1; 0 if the state has no attempts
     * @param attempts maximum number of attempts; 0 for no limit or no attempts
     * @param retryInMs time until the next attempt, in milliseconds; 0 for none
     * @param reason why the call ended; null: it has not ended
     * @param detail further information for users; may be empty
     */
    record StateChanged(
            CallState state,
            int attempt,
            int attempts,
            long retryInMs,
            @Nullable EndReason reason,
            String detail) implements CallEvent {
        @Override
        public String eventName() {
            return "state";
        }
    }

    /**
     * The relay answered a classic control message.
     *
     * @param request the message, such as {@code HEARTBEAT}
     * @param reply the reply, such as {@code ALIVE}
     * @param rttMs the round trip to the relay in milliseconds
     */
    record RelayAnswered(String request, String reply, double rttMs) implements CallEvent {
        @Override
        public String eventName() {
            return "relay_answered";
        }
    }

    /**
     * The relay did not answer a classic control message, or not as expected.
     *
     * @param request the message
     * @param problem what went wrong, for users
     * @param failures number of consecutive failures
     */
    record RelayFailed(String request, String problem, int failures) implements CallEvent {
        @Override
        public String eventName() {
            return "relay_failed";
        }
    }

    /**
     * Microphone level over the last 100 ms, after gain and before muting.
     *
     * @param peakDbfs peak sample, in dB relative to full scale; {@link #SILENCE_DBFS} for digital silence
     * @param rmsDbfs root mean square, likewise
     * @param muted whether silence is sent instead
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
     * Speaker level over the last 100 ms, after volume.
     *
     * @param peakDbfs peak sample, in dB relative to full scale; {@link #SILENCE_DBFS} for digital silence
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
     * The microphone has stayed below the silence threshold for too long, or is above it again.
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

    /** The user muted or unmuted the microphone. */
    record MuteChanged(boolean muted) implements CallEvent {
        @Override
        public String eventName() {
            return "mute";
        }
    }

    /** The user put the call on hold, or took it back. */
    record HoldChanged(boolean onHold) implements CallEvent {
        @Override
        public String eventName() {
            return "hold";
        }
    }

    /**
     * The microphone gain or speaker volume changed, or is at its limit.
     *
     * @param direction microphone or speaker
     * @param gainDb the current gain, in dB; 0 leaves the audio unchanged
     */
    record GainChanged(AudioDirection direction, double gainDb) implements CallEvent {
        @Override
        public String eventName() {
            return "gain";
        }
    }

    /**
     * The microphone is processed in another mode from now on. Not published for a call that starts without processing.
     *
     * @param mode what is done to the microphone's signal
     * @param problem why it is not processed although it should be, for users; null: no problem
     */
    record Processing(ProcessingMode mode, @Nullable String problem) implements CallEvent {
        @Override
        public String eventName() {
            return "processing";
        }
    }

    /** The test tone on the speaker started or stopped. */
    record TestTone(boolean playing) implements CallEvent {
        @Override
        public String eventName() {
            return "test_tone";
        }
    }

    /**
     * A recording of both sides started or stopped.
     *
     * @param running whether it is running
     * @param file its path; empty when it could not be created
     * @param durationMs recorded time, in milliseconds
     * @param lostPackets packets of the other side that did not come in time, nor as copies; known at the end
     * @param missingPackets those of them that did not come at all, although they were asked for again
     * @param problem why it could not start or continue, for users; null: no problem
     */
    record Recording(
            boolean running,
            String file,
            long durationMs,
            int lostPackets,
            int missingPackets,
            @Nullable String problem)
            implements CallEvent {
        /** Returns what became of the lost packets, for users; empty if none was lost. */
        public String losses() {
            if (lostPackets == 0) {
                return "";
            }
            return lostPackets
                    + (lostPackets == 1 ? " packet lost, " : " packets lost, ")
                    + (missingPackets == 0
                            ? "none missing"
                            : missingPackets == lostPackets ? "none came again" : missingPackets + " still missing");
        }

        @Override
        public String eventName() {
            return "recording";
        }
    }

    /**
     * Network statistics of the call so far.
     *
     * @param packetsSent see {@link Counter#PACKETS_SENT}; the other counts likewise
     * @param jitterMs interarrival jitter in milliseconds (RFC 3550, A.8)
     * @param concealedMs concealed time, in milliseconds
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
     * The playout delay: how long a packet that the network did not delay waits until it is played.
     *
     * @param delayMs the delay at present, in milliseconds; 0 while nothing is received
     * @param targetMs the delay aimed at
     * @param minMs the shortest target
     * @param maxMs the longest target
     */
    record PlayoutDelay(double delayMs, double targetMs, int minMs, int maxMs) implements CallEvent {
        @Override
        public String eventName() {
            return "playout_delay";
        }

        @Override
        public boolean isReading() {
            return true;
        }
    }

    /**
     * A microphone or speaker could not be opened or disappeared; the call continues without it.
     *
     * @param direction microphone or speaker
     * @param device the device requested or in use
     * @param problem what went wrong, for users
     * @param available the available devices, each with its index
     */
    record AudioLost(AudioDirection direction, String device, String problem, List<String> available)
            implements CallEvent {
        @Override
        public String eventName() {
            return "audio_lost";
        }
    }

    /** A lost microphone or speaker works again. */
    record AudioRestored(AudioDirection direction, String device) implements CallEvent {
        @Override
        public String eventName() {
            return "audio_restored";
        }
    }

    /**
     * A microphone or speaker is in use from now on: the initial one, or another that the user selected.
     *
     * @param direction microphone or speaker
     * @param device the device as requested
     */
    record AudioInUse(AudioDirection direction, String device) implements CallEvent {
        @Override
        public String eventName() {
            return "audio_in_use";
        }
    }

    /**
     * Something is wrong with the device or file in use as microphone or speaker; it is used nevertheless.
     *
     * @param direction microphone or speaker
     * @param device the device or file as requested
     * @param problem what is wrong with it, for users
     */
    record AudioWarning(AudioDirection direction, String device, String problem) implements CallEvent {
        @Override
        public String eventName() {
            return "audio_warning";
        }
    }

    /**
     * The microphone or speaker that the user selected cannot be used; the current one stays in use.
     *
     * @param direction microphone or speaker
     * @param device the device requested
     * @param problem what is wrong with it, for users
     */
    record AudioRefused(AudioDirection direction, String device, String problem) implements CallEvent {
        @Override
        public String eventName() {
            return "audio_refused";
        }
    }

    /**
     * A device that the user can select.
     *
     * @param device as {@code --mic} and {@code --speaker} take it
     * @param description for users
     */
    record Choice(String device, String description) {}

    /** The microphones and speakers available now, the system default first. */
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
     * Level of a previewed microphone over the last 100 ms.
     *
     * @param device the microphone as requested
     * @param peakDbfs peak sample, in dB relative to full scale; {@link #SILENCE_DBFS} for digital silence
     * @param problem why it cannot be opened, for users; null: no problem
     */
    record PreviewLevel(
            String device, double peakDbfs, @Nullable String problem) implements CallEvent {
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

    /** The peer restarted its sequence numbers: it was restarted, or another client took its place. */
    record PeerRestarted() implements CallEvent {
        @Override
        public String eventName() {
            return "peer_restarted";
        }
    }

    /**
     * A bug ended a thread, and with it the call.
     *
     * @param thread the thread's name
     * @param cause the exception that ended it
     */
    record Failed(String thread, Throwable cause) implements CallEvent {
        @Override
        public String eventName() {
            return "failed";
        }
    }

    /**
     * Statistics of a call that ended. Scripts rely on the names of these fields.
     *
     * @param state the last state before {@link CallState#ENDED}
     * @param reason why it ended
     * @param durationMs time from registration with the relay to the end, in milliseconds
     * @param jitterMs interarrival jitter at the end (RFC 3550, A.8), in milliseconds
     * @param bufferMs average playout delay, in milliseconds
     * @param relayRttMs the last round trip to the relay, in milliseconds; null: it never answered
     * @param codec the audio codec
     * @param micPeakDbfs peak level of the microphone over the whole call
     * @param encryption whether it was encrypted end to end, as in {@link EncryptionChanged}; null: it was not connected
     * @param verified whether the user has verified the other side
     * @param peerFingerprint the fingerprint of the other side's certificate; null: not encrypted
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
            @Nullable Double relayRttMs,
            String codec,
            double micPeakDbfs,
            @Nullable Encryption encryption,
            boolean verified,
            @Nullable String peerFingerprint)
            implements CallEvent {

        /** The summary of a call whose encryption is not known. */
        public Summary(
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
                @Nullable Double relayRttMs,
                String codec,
                double micPeakDbfs) {
            this(
                    state,
                    reason,
                    durationMs,
                    packetsSent,
                    packetsReceived,
                    packetsLost,
                    packetsLate,
                    packetsDuplicate,
                    packetsReordered,
                    packetsDiscarded,
                    concealedMs,
                    jitterMs,
                    bufferMs,
                    relayRttMs,
                    codec,
                    micPeakDbfs,
                    null,
                    false,
                    null);
        }

        /** Returns a copy that says how the call was encrypted. */
        public Summary with(EncryptionChanged last) {
            return new Summary(
                    state,
                    reason,
                    durationMs,
                    packetsSent,
                    packetsReceived,
                    packetsLost,
                    packetsLate,
                    packetsDuplicate,
                    packetsReordered,
                    packetsDiscarded,
                    concealedMs,
                    jitterMs,
                    bufferMs,
                    relayRttMs,
                    codec,
                    micPeakDbfs,
                    last.encryption(),
                    last.verified(),
                    last.peerFingerprint());
        }

        @Override
        public String eventName() {
            return "summary";
        }
    }

    /** The level that represents digital silence: below the quietest 16-bit sample (-90.3 dBFS). */
    double SILENCE_DBFS = -96.0;
}
