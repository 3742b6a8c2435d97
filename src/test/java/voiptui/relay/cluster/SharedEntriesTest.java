package voiptui.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedEntriesTest {

    private static final String RELAY = "SHA256:" + "a".repeat(43);

    @Test
    void shouldReadItsOwnKeys() {
        SharedEntries.Client dora = new SharedEntries.Client(RELAY, "dora");

        assertThat(SharedEntries.client(SharedEntries.clientKey(dora))).isEqualTo(dora);
        assertThat(SharedEntries.ownedName(SharedEntries.ownerKey("dora"))).isEqualTo("dora");
        assertThat(SharedEntries.blockingRelay(SharedEntries.blocksKey(RELAY))).isEqualTo(RELAY);
    }

    @Test
    void shouldKnowOneSpellingOfEachName() {
        assertThat(SharedEntries.ownedName("name Dora")).isNull();
        assertThat(SharedEntries.ownedName("name \u001b[2J")).isNull();
        assertThat(SharedEntries.client("at " + RELAY + " Dora")).isNull();
        assertThat(SharedEntries.client("at " + RELAY + " \u212aay"))
                .as("K of Kelvin")
                .isNull();
    }
}
