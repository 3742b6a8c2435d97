package voiptui.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientNameTest {

    @ParameterizedTest
    @CsvSource({
        "dora, dora",
        "Dora, dora",
        "dora-2.attic_b, dora-2.attic_b",
        "7th, 7th",
        "a, a",
        "relay.example, relay.example"
    })
    void shouldAcceptAValidName(String text, String name) {
        assertThat(ClientName.parse(text)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-dora",
                ".dora",
                "_hall",
                "dora top",
                "büro",
                "dоra",
                "dora\n",
                "dora\u001b[2J",
                "\u202ehall",
                "192.0.2.7",
                "1.2.3",
                "42",
                "::1",
                "abcdefghijklmnopqrstuvwxyz0123456",
                "dora/attic",
                "dora@home"
            })
    void shouldRefuseAnInvalidName(String text) {
        assertThat(ClientName.parse(text)).isEmpty();
    }

    @Test
    void shouldLimitTheLength() {
        assertThat(ClientName.parse("n".repeat(ClientName.MAX_LENGTH))).isPresent();
        assertThat(ClientName.parse("n".repeat(ClientName.MAX_LENGTH + 1))).isEmpty();
        assertThat(ClientName.parse(null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "root, root",
        "Jane Doe, jane-doe",
        "DOMAIN\\user, domain-user",
        "'', someone",
        "42, someone",
        "_apt, apt",
        "büro, b-ro",
        "1.2.3.4, someone"
    })
    void shouldDeriveANameFromALoginName(String user, String name) {
        assertThat(ClientName.derivedFrom(user)).isEqualTo(name);
    }

    @Test
    void shouldShortenALongLoginName() {
        assertThat(ClientName.derivedFrom("u".repeat(100))).isEqualTo("u".repeat(ClientName.MAX_LENGTH));
    }
}
