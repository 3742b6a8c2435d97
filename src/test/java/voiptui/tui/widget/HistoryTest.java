package voiptui.tui.widget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryTest {

    private static String grouped(int size, int ever, int kept) {
        History values = History.EMPTY;
        for (int i = ever - kept; i < ever; i++) {
            values = values.with(i);
        }
        History groups = values.grouped(size, ever);
        StringBuilder text = new StringBuilder();
        for (int ago = groups.size() - 1; ago >= 0; ago--) {
            text.append((int) groups.latest(ago)).append(ago > 0 ? " " : "");
        }
        return text.toString();
    }

    @Test
    void shouldTakeTheLargestOfEachGroup() {
        assertThat(grouped(3, 9, 9)).isEqualTo("2 5 8");
    }

    @Test
    void shouldKeepTheMembersOfGroupsWhileValuesAreAdded() {
        assertThat(grouped(3, 10, 10)).isEqualTo("2 5 8 9");
        assertThat(grouped(3, 11, 11)).isEqualTo("2 5 8 10");
        assertThat(grouped(3, 12, 12)).isEqualTo("2 5 8 11");
    }

    @Test
    void shouldKeepTheMembersOfGroupsWhenOldValuesAreGone() {
        assertThat(grouped(3, 300, 5)).isEqualTo("296 299");
        assertThat(grouped(3, 301, 5)).isEqualTo("296 299 300");
    }

    @Test
    void shouldLeaveSingleValuesAsTheyAre() {
        assertThat(grouped(1, 4, 4)).isEqualTo("0 1 2 3");
        assertThat(History.EMPTY.grouped(4, 0).size()).isZero();
    }
}
