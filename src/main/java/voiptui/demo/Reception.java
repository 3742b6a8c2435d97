package voiptui.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Event;
import voiptui.event.VoiceEvent;

/**
 * What the listener's side of a call reports about it. The only place that knows from which events and counters the report is made.
 *
 * @param summary the summary of the call
 * @param recovered how lost packets were recovered; only ways that occurred
 * @param targetDelayMs the playout delay aimed at towards the end, in milliseconds; NaN if nothing was received
 * @param mos the mean opinion score towards the end, from 1 to 4.5 (ITU-T G.107); null: not known
 */
public record Reception(
        CallEvent.Summary summary,
        List<Recovered> recovered,
        double targetDelayMs,
        @Nullable Double mos) {

    /** The counters of recovered packets, one for each way. */
    private static final List<Counter> REPAIRS = List.of(
            Counter.RECOVERED_FROM_COPIES,
            Counter.RECOVERED_BY_RETRANSMISSION,
            Counter.RECOVERED_FROM_FEC,
            Counter.RECOVERED_FROM_DRED);

    /** Copies the list. */
    public Reception {
        recovered = List.copyOf(recovered);
    }

    /**
     * Lost packets that were recovered in one way.
     *
     * @param by the way, such as {@link Counter#key()} names it
     * @param meaning the way, for users
     * @param packets how many
     */
    public record Recovered(String by, String meaning, long packets) {}

    /** Gathers the readings of a call. Owned by one thread. */
    static final class Reader {

        private Map<Counter, Long> totals = Map.of();
        private double targetDelayMs = Double.NaN;
        private @Nullable Double mos;

        /** Takes what concerns the report; null and everything else is ignored. */
        void onEvent(@Nullable Event event) {
            if (event instanceof CallEvent.Totals all) {
                totals = all.counters();
            } else if (event instanceof CallEvent.PlayoutDelay delay && delay.delayMs() > 0) {
                targetDelayMs = delay.targetMs();
            } else if (event instanceof VoiceEvent.VoiceQuality quality) {
                mos = quality.mos();
            }
        }

        /** Returns the report. */
        Reception finish(CallEvent.Summary summary) {
            List<Recovered> recovered = new ArrayList<>();
            for (Counter repair : REPAIRS) {
                long packets = totals.getOrDefault(repair, 0L);
                if (packets > 0) {
                    recovered.add(
                            new Recovered(repair.key(), repair.meaning().replaceFirst("^recovered ", ""), packets));
                }
            }
            return new Reception(summary, recovered, targetDelayMs, mos);
        }
    }
}
