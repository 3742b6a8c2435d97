package voiptui.protocol.offer;

import java.util.List;
import java.util.Optional;

/**
 * What one side of a call can send and receive. Immutable; any thread.
 *
 * @param codecs in order of preference
 * @param features what it can do besides
 */
public record MediaOffer(List<MediaCodec> codecs, MediaFeatures features) {

    /** What every classic client can do. */
    public static final MediaOffer CLASSIC = new MediaOffer(List.of(MediaCodec.PCM), MediaFeatures.NONE);

    /** Copies the list. */
    public MediaOffer {
        codecs = List.copyOf(codecs);
    }

    /**
     * Returns what this side, the caller, and the callee have in common: the caller's first codec that the callee has too,
     * and the features of both; empty if they have no codec in common.
     *
     * @param packets the packet format of the call
     */
    public Optional<MediaFormat> agree(MediaOffer callee, PacketFormat packets) {
        return MediaCodec.common(codecs, callee.codecs)
                .map(codec -> new MediaFormat(codec, packets, features.common(callee.features)));
    }
}
