package voiptui.codec;

/** An implementation of Opus for speech: mono, 48 kHz, 20 ms frames (RFC 6716; RTP payload format: RFC 7587). */
public interface OpusLibrary {

    /** Returns its name for users. */
    String name();

    /** Returns an encoder for frames of {@link voiptui.audio.PcmFormat#OPUS}. */
    FrameEncoder encoder();

    /** Returns a decoder to frames of {@link voiptui.audio.PcmFormat#OPUS}. */
    FrameDecoder decoder();
}
