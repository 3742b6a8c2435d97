package voiptui.audio.wav.format;

import java.nio.charset.StandardCharsets;

/** Tells by its first bytes what a file is that is not a WAV file. Stateless; any thread. */
final class FileSignature {

    /** Bytes to look at. */
    static final int BYTES = 12;

    private static final String RIFF = "RIFF";

    private FileSignature() {}

    /** Returns whether {@code start} begins a WAV file: RIFF, its big-endian form, or one of its 64-bit forms. */
    static boolean isWav(byte[] start) {
        String text = textOf(start);
        return text.length() >= BYTES
                && text.startsWith("WAVE", 8)
                && (text.startsWith(RIFF)
                        || text.startsWith("RIFX")
                        || text.startsWith("RF64")
                        || text.startsWith("BW64"));
    }

    /** Returns what a file that begins with {@code start} is, for people: {@code a FLAC file, not a WAV file}. */
    static String problem(byte[] start) {
        String kind = kindOf(textOf(start));
        return kind.isEmpty() ? "not a WAV file" : kind + " file, not a WAV file; convert it to WAV";
    }

    private static String kindOf(String text) {
        if (text.startsWith(RIFF) && text.length() >= BYTES) {
            return switch (text.substring(8, BYTES)) {
                case "AVI " -> "an AVI";
                case "RMID" -> "a MIDI";
                case "WEBP" -> "a WebP";
                default -> "";
            };
        }
        if (text.startsWith("FORM") && (text.startsWith("AIFF", 8) || text.startsWith("AIFC", 8))) {
            return "an AIFF";
        }
        if (text.startsWith("ftyp", 4)) {
            return "an MPEG-4";
        }
        String[][] starts = {
            {"fLaC", "a FLAC"},
            {"OggS", "an Ogg"},
            {"ID3", "an MP3"},
            {"\u00ff\u00fb", "an MP3"},
            {"\u00ff\u00f3", "an MP3"},
            {"\u00ff\u00f2", "an MP3"},
            {".snd", "an AU"},
            {"caff", "a CAF"},
            {"riff\u002e\u0091\u00cf\u0011", "a Sony Wave64"},
            {"MThd", "a MIDI"},
            {"\u001a\u0045\u00df\u00a3", "a Matroska or WebM"},
            {"#!AMR", "an AMR"},
            {"NIST", "a NIST SPHERE"},
        };
        for (String[] known : starts) {
            if (text.startsWith(known[0])) {
                return known[1];
            }
        }
        return "";
    }

    private static String textOf(byte[] start) {
        return new String(start, StandardCharsets.ISO_8859_1);
    }
}
