package voiptui.tui.terminal.input;

/**
 * Decodes UTF-8 byte by byte (RFC 3629, section 3). An invalid byte from 0x80 to 0x9F stands for itself, because a terminal
 * with 8-bit controls sends them as single bytes; all others become {@link #INVALID}. UI thread.
 */
final class Utf8Decoder {

    /** Receives what was decoded. */
    @FunctionalInterface
    interface Receiver {

        /** Receives a code point. */
        void accept(int codePoint);
    }

    /** Stands for a byte that is not UTF-8. */
    static final int INVALID = 0xFFFD;

    private int codePoint;
    private int missing;
    private int least;

    /** Decodes one byte, given as 0 to 255; the receiver gets none, one or two code points. */
    void decode(int octet, Receiver receiver) {
        if (missing > 0) {
            if ((octet & 0xC0) == 0x80) {
                codePoint = codePoint << 6 | octet & 0x3F;
                missing--;
                if (missing == 0) {
                    boolean valid = codePoint >= least && Character.isValidCodePoint(codePoint) && !isSurrogate();
                    receiver.accept(valid ? codePoint : INVALID);
                }
                return;
            }
            missing = 0;
            receiver.accept(INVALID);
        }
        if (octet < 0x80) {
            receiver.accept(octet);
        } else if (octet < 0xC2 || octet > 0xF4) {
            receiver.accept(octet < 0xA0 ? octet : INVALID);
        } else {
            missing = octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : 3;
            least = missing == 1 ? 0x80 : missing == 2 ? 0x800 : 0x10000;
            codePoint = octet & 0x3F >> missing;
        }
    }

    private boolean isSurrogate() {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
