package voiptui.media;

import org.jspecify.annotations.Nullable;
import voiptui.media.stream.Depacketizer;
import voiptui.media.stream.Packetizer;
import voiptui.voice.SendAdaptation;
import voiptui.voice.StreamHistory;
import voiptui.voice.VoiceReceiver;
import voiptui.voice.VoiceSender;

/**
 * Everything between the pipelines and the wire once codec and packet format are negotiated: what {@link CodecFactory}
 * creates and {@link MediaSession} hands to the pipelines. Each component is owned by the thread that uses it.
 *
 * @param sender capture thread: frames of the devices to payloads
 * @param receiver playout thread: payloads as they arrive to frames of the devices
 * @param packetizer capture thread: payload to datagram
 * @param depacketizer network thread: datagram to payload
 * @param history what was received of late; written by the network thread
 * @param adaptation chooses how to send; null: there is nothing to choose
 * @param reporter call thread: reports to the peer; {@link ReportSender#NONE} for classic packets
 */
record NegotiatedMedia(
        VoiceSender sender,
        VoiceReceiver receiver,
        Packetizer packetizer,
        Depacketizer depacketizer,
        StreamHistory history,
        @Nullable SendAdaptation adaptation,
        ReportSender reporter) {

    /** Sends reception reports to the peer. Owned by the call thread. */
    @FunctionalInterface
    interface ReportSender {

        /** Sends no reports: the classic protocol has none. */
        ReportSender NONE = nowMs -> {};

        /**
         * Sends a report if one is due.
         *
         * @param nowMs milliseconds on a monotonic clock
         */
        void onTick(long nowMs);
    }
}
