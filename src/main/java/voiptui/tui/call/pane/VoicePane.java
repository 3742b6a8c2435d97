package voiptui.tui.call.pane;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.VoiceEvent;
import voiptui.tui.call.model.VoiceReadings;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.NumberText;

/** How the voice sounds on both sides, how late it is, and what carries it: three rows. */
final class VoicePane {

    /** Rows that the pane takes. */
    static final int ROWS = 3;

    private static final int LABEL_COLUMNS = 14;

    private VoicePane() {}

    /** Draws the readings; parts without a reading are left out. */
    static void draw(VoiceReadings voice, CallEvent.@Nullable PlayoutDelay buffer, Canvas canvas) {
        row(canvas, 0, "voice", quality(voice));
        row(canvas, 1, "mouth to ear", delay(voice.delay(), buffer));
        row(canvas, 2, "bit rate", rates(voice.rates()));
    }

    private static void row(Canvas canvas, int row, String label, String text) {
        canvas.put(0, row, label, Style.LABEL);
        canvas.put(LABEL_COLUMNS, row, text, Style.TEXT);
    }

    private static String quality(VoiceReadings voice) {
        List<String> parts = new ArrayList<>();
        VoiceEvent.VoiceQuality here = voice.quality();
        if (here != null) {
            parts.add(mos(here.mos(), here.worstMos()) + " here");
        }
        VoiceEvent.PeerQuality there = voice.peer();
        if (there != null) {
            parts.add(mos(there.mos(), there.worstMos()) + " there");
        }
        return parts.isEmpty() ? "no rating yet" : String.join(", ", parts);
    }

    private static String mos(double now, double worst) {
        return String.format(Locale.ROOT, "MOS %.1f (worst %.1f)", now, worst);
    }

    private static String delay(VoiceEvent.@Nullable VoiceDelay delay, CallEvent.@Nullable PlayoutDelay buffer) {
        if (delay == null) {
            return "not measured yet";
        }
        StringBuilder text = new StringBuilder();
        text.append(NumberText.right(Long.toString(Math.round(delay.totalMs())), 4))
                .append(" ms: packet ")
                .append(whole(delay.packetMs()));
        Double network = delay.networkMs();
        text.append(", path ").append(network == null ? "  ?" : whole(network));
        text.append(", buffer ").append(whole(delay.bufferMs()));
        if (buffer != null) {
            text.append(" of ").append(whole(buffer.targetMs()));
        }
        text.append(", speaker ").append(whole(delay.deviceMs()));
        return text.toString();
    }

    /** Formats a number at a width that it usually keeps. */
    private static String whole(double number) {
        return NumberText.right(Long.toString(Math.round(number)), 3);
    }

    private static String rates(VoiceEvent.@Nullable VoiceRates rates) {
        if (rates == null) {
            return "not measured yet";
        }
        StringBuilder text = new StringBuilder();
        text.append(whole(rates.sentKbps())).append(" kbit/s sent, ");
        text.append(whole(rates.receivedKbps())).append(" received");
        List<String> parts = new ArrayList<>();
        if (rates.codecKbps() > 0) {
            parts.add("codec " + whole(rates.codecKbps()));
        }
        if (!rates.copies().isEmpty()) {
            parts.add("copies "
                    + rates.copies().stream().map(distance -> "+" + distance).collect(Collectors.joining(" ")));
        }
        if (rates.inBandFec()) {
            parts.add("FEC");
        }
        if (rates.dredMs() > 0) {
            parts.add("DRED");
        }
        if (rates.retransmissions()) {
            parts.add("resending");
        }
        return text.append(parts.isEmpty() ? "" : "; " + String.join(", ", parts))
                .toString();
    }
}
