package voiptui.codec;

/** An implementation of Opus for speech: mono, 48 kHz (RFC 6716; RTP payload format: RFC 7587). */
public interface OpusLibrary {

    /** Returns its name for users. */
    String name();

    /**
     * Returns an encoder at 48 kHz. With short frames its own delay is short, too, where the library can do that and the bit
     * rate allows it.
     *
     * @param frameMs usual length of its frames, 10 or 20 ms
     * @throws IllegalArgumentException for any other length
     */
    FrameEncoder encoder(int frameMs);

    /** Returns a decoder to 48 kHz. */
    FrameDecoder decoder();
}
