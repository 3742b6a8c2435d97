package voiptui.tui.top;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import voiptui.event.Counter;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.NumberText;

/** What a relay drops, and how it answers those who connect: the counters that are not zero. Pure drawing. */
final class CounterTable {

    /** Why datagrams are dropped, in few words. */
    static final Map<Counter, String> DROPS = labels(
            Counter.DROPPED_NO_PEER, "peer not connected yet",
            Counter.DROPPED_UNREGISTERED, "unknown sender",
            Counter.DROPPED_UNDERSIZED, "too short",
            Counter.DROPPED_OVERSIZED, "too long",
            Counter.DROPPED_OVER_RATE, "over rate",
            Counter.DROPPED_UNREACHABLE, "refused by peer's host",
            Counter.DROPPED_SEND_BUFFER_FULL, "send buffer full",
            Counter.DROPPED_SEND_FAILED, "send failed",
            Counter.DROPPED_NOT_FROM_RELAY, "forged relay media",
            Counter.DROPPED_TUNNEL_FULL, "TLS connection congested");
    /** Those who were turned away, and why. */
    private static final Map<Counter, String> TURNED_AWAY = labels(
            Counter.SIGN_INS_REFUSED, "sign-ins refused",
            Counter.REFUSED_BLOCKED, "blocked",
            Counter.CONTROL_NOT_ADMITTED, "not admitted",
            Counter.CONTROL_FULL, "full for classic",
            Counter.CONTROL_LIMITED, "over limit",
            Counter.CLIENTS_DISPLACED, "gave way",
            Counter.CLIENTS_EXPELLED, "signed out",
            Counter.TLS_FAILED, "TLS failed",
            Counter.CONTROL_INVALID, "invalid",
            Counter.CONTROL_TIMEOUT, "timed out");
    /** Those who were let in. */
    private static final Map<Counter, String> LET_IN = labels(
            Counter.CONTROL_CONNECTIONS, "connections",
            Counter.SIGN_INS, "sign-ins",
            Counter.REGISTRATIONS, "classic sign-ins");

    /** Where the numbers of the control connections end, not too far from their labels. */
    private static final int CONTROL_END = 28;

    private static final int RATE_COLUMNS = 14;
    private static final int SUM_END = 20;

    private CounterTable() {}

    private static Map<Counter, String> labels(Object... countersAndLabels) {
        Map<Counter, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < countersAndLabels.length; i += 2) {
            labels.put((Counter) countersAndLabels[i], (String) countersAndLabels[i + 1]);
        }
        return labels;
    }

    /** Returns how many rows show every counter that is not zero, at least one. */
    static int rows(TopNumbers numbers) {
        int turnedAway = shown(numbers, TURNED_AWAY).size();
        int control = shown(numbers, LET_IN).size() + (turnedAway == 0 ? 0 : 1 + turnedAway);
        return Math.max(1, Math.max(shown(numbers, DROPS).size(), control));
    }

    private static List<Counter> shown(TopNumbers numbers, Map<Counter, String> counters) {
        return counters.keySet().stream()
                .filter(counter -> numbers.total(counter) > 0)
                .toList();
    }

    /** Draws a row for each reason to drop datagrams. */
    static void drawDrops(TopNumbers numbers, Canvas canvas) {
        // A client that waits for its peer sends, too: no reason to warn.
        draw(numbers, canvas, DROPS, counter -> counter != Counter.DROPPED_NO_PEER, canvas.width(), true);
    }

    /** Draws a row for each result of control connections: those let in, then all who were turned away, and why. */
    static void drawControl(TopNumbers numbers, Canvas canvas) {
        int end = Math.min(CONTROL_END, canvas.width());
        int row = shown(numbers, LET_IN).size();
        long turnedAway = total(numbers, TURNED_AWAY.keySet());
        if (row > 0 || turnedAway == 0) {
            draw(numbers, canvas, LET_IN, counter -> false, end, false);
        }
        if (turnedAway > 0) {
            Style style = rise(numbers, TURNED_AWAY.keySet()) ? Style.WARN : Style.TEXT;
            canvas.put(0, row, "turned away", style);
            canvas.putRight(end, row, NumberText.count(turnedAway), style);
            Canvas reasons = canvas.part(1, row + 1, canvas.width() - 1, canvas.height() - row - 1);
            draw(numbers, reasons, TURNED_AWAY, counter -> true, end - 1, false);
        }
    }

    private static void draw(
            TopNumbers numbers,
            Canvas canvas,
            Map<Counter, String> labels,
            Predicate<Counter> isProblem,
            int end,
            boolean withRate) {
        List<Counter> shown = shown(numbers, labels);
        if (shown.isEmpty()) {
            canvas.put(0, 0, "nothing", Style.LABEL);
        }
        int fit = shown.size() <= canvas.height() ? shown.size() : canvas.height() - 1;
        for (int row = 0; row < fit; row++) {
            Counter counter = shown.get(row);
            double perS = numbers.perS(counter);
            boolean now = perS > 0 && isProblem.test(counter);
            canvas.put(0, row, labels.getOrDefault(counter, ""), now ? Style.WARN : Style.TEXT);
            if (withRate) {
                canvas.putRight(end - RATE_COLUMNS, row, TopText.rate(perS) + "/s", now ? Style.WARN : Style.LABEL);
            }
            canvas.putRight(end, row, NumberText.count(numbers.total(counter)), Style.TEXT);
        }
        if (fit < shown.size()) {
            List<Counter> rest = shown.subList(fit, shown.size());
            canvas.put(0, fit, rest.size() + " more", rise(numbers, rest) ? Style.WARN : Style.LABEL);
            canvas.putRight(end, fit, NumberText.count(total(numbers, rest)), Style.TEXT);
        }
    }

    /** Draws all drops in one row, all who were turned away in another. */
    static void drawSums(TopNumbers numbers, Canvas canvas) {
        drawSum(numbers, canvas, 0, "dropped", DROPS);
        drawSum(numbers, canvas, 1, "turned away", TURNED_AWAY);
    }

    private static void drawSum(TopNumbers numbers, Canvas canvas, int row, String what, Map<Counter, String> labels) {
        long total = total(numbers, labels.keySet());
        canvas.put(0, row, what, total == 0 ? Style.LABEL : rise(numbers, labels.keySet()) ? Style.WARN : Style.TEXT);
        canvas.putRight(SUM_END, row, NumberText.count(total), total == 0 ? Style.LABEL : Style.TEXT);
        String causes = shown(numbers, labels).stream()
                .map(counter -> labels.get(counter) + " " + NumberText.count(numbers.total(counter)))
                .collect(Collectors.joining(", "));
        canvas.put(SUM_END + 2, row, causes, Style.LABEL);
    }

    private static long total(TopNumbers numbers, Iterable<Counter> counters) {
        long total = 0;
        for (Counter counter : counters) {
            total += numbers.total(counter);
        }
        return total;
    }

    private static boolean rise(TopNumbers numbers, Iterable<Counter> counters) {
        for (Counter counter : counters) {
            if (numbers.perS(counter) > 0) {
                return true;
            }
        }
        return false;
    }
}
