package voiptui.report;

import java.util.Locale;
import voiptui.event.CallEvent;

/** Texts for users about audio codecs. Stateless; any thread. */
public final class CodecText {

    private CodecText() {}

    /** Describes the negotiated codec, such as {@code Opus 48 kHz mono, 32 kbit/s, libopus}. */
    public static String of(CallEvent.Connected connected) {
        String codec = of(connected.codec(), connected.sampleRateHz(), connected.bitrateKbps());
        String library = connected.codecLibrary();
        return library == null ? codec : codec + ", " + Printable.of(library);
    }

    /**
     * Describes a codec, such as {@code PCM 44.1 kHz mono, 706 kbit/s}.
     *
     * @param codec its name in events; an empty string returns an empty string
     * @param sampleRateHz sample rate in Hz
     * @param bitrateKbps audio bit rate in kbit/s
     */
    public static String of(String codec, int sampleRateHz, int bitrateKbps) {
        if (codec.isEmpty()) {
            return "";
        }
        String name = codec.equals("opus") ? "Opus" : codec.toUpperCase(Locale.ROOT);
        int tenthsOfKHz = sampleRateHz / 100;
        String rate = tenthsOfKHz / 10 + (tenthsOfKHz % 10 == 0 ? "" : "." + tenthsOfKHz % 10);
        return Printable.of(name) + " " + rate + " kHz mono, " + bitrateKbps + " kbit/s";
    }
}
