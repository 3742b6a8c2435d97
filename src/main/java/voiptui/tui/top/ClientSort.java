package voiptui.tui.top;

import java.util.Comparator;
import java.util.List;
import voiptui.tui.top.TopNumbers.ClientRow;

/** The order of the clients. */
enum ClientSort {

    /** The longest connected first. */
    AGE("age", Comparator.comparingLong((ClientRow row) -> -row.status().registeredMs())),
    /** The highest packet rate first, in steps of ten packets a second, so that rows do not jump. */
    PACKETS(
            "packets/s",
            Comparator.comparingLong((ClientRow row) -> -Math.round(row.packetsPerS() / 10))
                    .thenComparing(row -> row.status().client(), ClientSort::compareAddresses)),
    /** By name and address; numbers compare as numbers. */
    ADDRESS("address", Comparator.comparing(row -> row.status().client(), ClientSort::compareAddresses));

    private final String label;
    private final Comparator<ClientRow> order;

    ClientSort(String label, Comparator<ClientRow> order) {
        this.label = label;
        this.order = order;
    }

    /** Returns the label for display, as in "by age". */
    String label() {
        return label;
    }

    /** Returns the next order; after the last comes the first. */
    ClientSort next() {
        ClientSort[] all = values();
        return all[(ordinal() + 1) % all.length];
    }

    /** Returns the rows in this order; equal rows keep theirs. */
    List<ClientRow> sorted(List<ClientRow> rows) {
        return rows.stream().sorted(order).toList();
    }

    /** Compares numbers as numbers: {@code 192.0.2.9:5000} comes before {@code 192.0.2.10:5000}. */
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
