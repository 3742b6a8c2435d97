package voiptui.audio.wav.format;

import org.jspecify.annotations.Nullable;

/**
 * How samples are stored in a WAV file, by the format tag of its {@code fmt} chunk.
 *
 * <p>Source: Microsoft, mmreg.h; RFC 2361.
 */
public enum WavEncoding {
    /** Integers. */
    PCM(0x0001, "PCM"),
    /** Microsoft ADPCM, 4 bit. */
    MS_ADPCM(0x0002, "MS ADPCM"),
    /** IEEE 754 floating point. */
    FLOAT(0x0003, "float"),
    /** G.711 A-law. */
    A_LAW(0x0006, "A-law"),
    /** G.711 mu-law. */
    MU_LAW(0x0007, "mu-law"),
    /** IMA (DVI) ADPCM, 4 bit. */
    IMA_ADPCM(0x0011, "IMA ADPCM");

    private final int tag;
    private final String label;

    WavEncoding(int tag, String label) {
        this.tag = tag;
        this.label = label;
    }

    /** Returns the name for people. */
    String label() {
        return label;
    }

    /** Returns the encoding with a format tag; null when it cannot be read. */
    static @Nullable WavEncoding of(int tag) {
        for (WavEncoding encoding : values()) {
            if (encoding.tag == tag) {
                return encoding;
            }
        }
        return null;
    }

    /** Returns the name for people of a format tag that cannot be read: {@code MP3}, or its number. */
    static String nameOf(int tag) {
        return switch (tag) {
            case 0x0005 -> "IBM CVSD";
            case 0x0010, 0x0017 -> "OKI ADPCM";
            case 0x0014, 0x0042 -> "G.723";
            case 0x0016 -> "G.723 ADPCM";
            case 0x0020 -> "Yamaha ADPCM";
            case 0x0022 -> "TrueSpeech";
            case 0x0031, 0x0032 -> "GSM 6.10";
            case 0x0040, 0x0045, 0x0064, 0x0085 -> "G.726 ADPCM";
            case 0x0041, 0x0065 -> "G.722";
            case 0x0050 -> "MPEG audio";
            case 0x0055 -> "MP3";
            case 0x0083 -> "G.729";
            case 0x0092 -> "Dolby AC-3 over S/PDIF";
            case 0x00FF, 0x1600, 0x1602, 0x1610, 0xA106 -> "AAC";
            case 0x0160, 0x0161, 0x0162, 0x0163 -> "Windows Media Audio";
            case 0x0181, 0x28F -> "ADPCM";
            case 0x0270, 0x0271 -> "ATRAC3";
            case 0x2000 -> "Dolby AC-3";
            case 0x2001 -> "DTS";
            case 0x566F, 0x674F, 0x6750, 0x6751, 0x676F, 0x6770, 0x6771 -> "Vorbis";
            case 0x704F -> "Opus";
            case 0xA109 -> "Speex";
            case 0xF1AC -> "FLAC";
            default -> String.format("format 0x%04X", tag);
        };
    }
}
