package voiptui.media.stream;

import org.jspecify.annotations.Nullable;
import voiptui.voice.SendAdaptation;

/**
 * What repairs the losses of an RTP stream, in both directions.
 *
 * @param feedback tells the peer what was lost
 * @param healing asks for what can no longer be played
 * @param adaptation chooses how to send, by what the peer tells
 * @param retransmitter sends packets again; null: the peer does not ask for any
 */
public record RtpRepair(
        LossFeedback feedback,
        Healing healing,
        SendAdaptation adaptation,
        @Nullable Retransmitter retransmitter) {}
