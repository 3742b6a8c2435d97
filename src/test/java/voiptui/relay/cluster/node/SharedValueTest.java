package voiptui.relay.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedValueTest {

    @Test
    void shouldKeepTheEarlierValueWhicheverComesFirst() {
        assertThat(SharedValue.first("5 b", "12 a")).isEqualTo("5 b");
        assertThat(SharedValue.first("12 a", "5 b")).isEqualTo("5 b");
        assertThat(SharedValue.first("5 b", "5 a")).isEqualTo("5 a");
        assertThat(SharedValue.first("nonsense", "5 a")).isEqualTo("5 a");
        assertThat(SharedValue.first("99999999999999999999 a", "5 b")).isEqualTo("5 b");
    }

    @Test
    void shouldReadWhatItWrote() {
        String value = SharedValue.of(1_700_000_000_000L, "SHA256:x y");

        assertThat(SharedValue.number(value)).isEqualTo(1_700_000_000_000L);
        assertThat(SharedValue.text(value)).isEqualTo("SHA256:x y");
        assertThat(SharedValue.text("x")).isEmpty();
    }
}
