package voiptui.tui.top;

import java.util.Comparator;
import java.util.List;
import voiptui.tui.top.TopNumbers.ClientRow;

/** In which order the clients are shown. */
enum ClientSort {

    /** Who has been registered for longest first. */
    AGE("age", Comparator.comparingLong((ClientRow row) -> -row.status().registeredMs())),
    /** Who sends most first; by tens of packets a second, so that a packet more or less moves nobody. */
    PACKETS(
            "packets/s",
            Comparator.comparingLong((ClientRow row) -> -Math.round(row.packetsPerS() / 10))
                    .thenComparing(row -> row.status().client(), ClientSort::compareAddresses)),
    /** By address, numbers in it as numbers. */
    ADDRESS("address", Comparator.comparing(row -> row.status().client(), ClientSort::compareAddresses));

    private final String words;
    private final Comparator<ClientRow> order;

    ClientSort(String words, Comparator<ClientRow> order) {
        this.words = words;
        this.order = order;
    }

    /** For people, as in "by age". */
    String words() {
        return words;
    }

    /** What comes after this one when the user goes through them. */
    ClientSort next() {
        ClientSort[] all = values();
        return all[(ordinal() + 1) % all.length];
    }

    /** The rows in this order; equal ones stay as they are. */
    List<ClientRow> sorted(List<ClientRow> rows) {
        return rows.stream().sorted(order).toList();
    }

    /** {@code 192.0.2.9:5000} before {@code 192.0.2.10:5000}. */
    private static int compareAddresses(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() && j < other.length()) {
            int endI = endOfNumber(one, i);
            int endJ = endOfNumber(other, j);
            int order;
            if (endI > i && endJ > j) {
                order = compareNumbers(one.substring(i, endI), other.substring(j, endJ));
                i = endI;
                j = endJ;
            } else {
                order = Character.compare(one.charAt(i++), other.charAt(j++));
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.length() - i, other.length() - j);
    }

    private static int endOfNumber(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static int compareNumbers(String one, String other) {
        int byLength = Integer.compare(one.length(), other.length());
        return byLength != 0 ? byLength : one.compareTo(other);
    }
}
