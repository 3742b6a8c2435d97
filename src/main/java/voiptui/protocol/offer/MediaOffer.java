package voiptui.protocol.offer;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one side of a call can send and receive. Immutable; any thread.
 *
 * @param codecs in order of preference
 * @param features what it can do besides
 * @param fingerprint the fingerprint of the certificate that it encrypts media with, as text; null: it does not, or does not
 *     say so
 */
public record MediaOffer(
        List<MediaCodec> codecs,
        MediaFeatures features,
        @Nullable String fingerprint) {

    /** What every classic client can do. */
    public static final MediaOffer CLASSIC = new MediaOffer(List.of(MediaCodec.PCM), MediaFeatures.NONE);

    /** An offer without a fingerprint. */
    public MediaOffer(List<MediaCodec> codecs, MediaFeatures features) {
        this(codecs, features, null);
    }

    /** Copies the list. */
    public MediaOffer {
        codecs = List.copyOf(codecs);
    }

    /** Returns this offer with another fingerprint; null: none. */
    public MediaOffer with(@Nullable String newFingerprint) {
        return new MediaOffer(codecs, features, newFingerprint);
    }

    /** Returns whether this side can encrypt media end to end. */
    public boolean isEncryptable() {
        return fingerprint != null && features.contains(MediaFeature.DTLS_SRTP);
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
