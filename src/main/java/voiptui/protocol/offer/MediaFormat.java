package voiptui.protocol.offer;

import java.util.List;

/**
 * What the two sides of a call agreed on; the same in both directions. Immutable; any thread.
 *
 * @param codec the codec
 * @param packets the packet format
 * @param features the features that both sides have; none with {@link PacketFormat#CLASSIC}, whatever is given
 */
public record MediaFormat(MediaCodec codec, PacketFormat packets, MediaFeatures features) {

    /** The only format of classic calls. */
    public static final MediaFormat CLASSIC = new MediaFormat(MediaCodec.PCM, PacketFormat.CLASSIC, MediaFeatures.NONE);

    /** Drops the features of a classic call. */
    public MediaFormat {
        features = packets == PacketFormat.CLASSIC ? MediaFeatures.NONE : features;
    }

    /** Returns the offer that leads to this format again. */
    public MediaOffer offer() {
        return new MediaOffer(List.of(codec), features);
    }

    /** Returns this format without the features that {@code supported} lacks. */
    public MediaFormat limitedTo(MediaFeatures supported) {
        return new MediaFormat(codec, packets, features.common(supported));
    }
}
