package voiptui.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A relay's identities that follow each other, and what others make of their statements. */
class RelayStatementTest {

    private final RelayIdentity first = new RelayIdentity(Identity.create());
    private final RelayIdentity second = first.followedBy(Identity.create(), 1_000);
    private final RelayIdentity third = second.followedBy(Identity.create(), 2_000);

    private static Fingerprint of(RelayIdentity relay) {
        return relay.identity().fingerprint();
    }

    @Test
    void shouldLeadFromAnyFormerIdentityToTheLatest() {
        assertThat(RelayStatement.leads(of(first), of(third), third.predecessors()))
                .isTrue();
        assertThat(RelayStatement.leads(of(second), of(third), third.predecessors()))
                .isTrue();
        assertThat(RelayStatement.leads(of(first), of(second), second.predecessors()))
                .isTrue();
    }

    @Test
    void shouldNotLeadBackToAFormerIdentity() {
        // Somebody who has stolen the second key repeats the statement that led to it.
        assertThat(RelayStatement.leads(of(third), of(second), second.predecessors()))
                .isFalse();
        assertThat(RelayStatement.leads(of(second), of(first), third.predecessors()))
                .isFalse();
        assertThat(RelayStatement.leads(of(second), of(second), third.predecessors()))
                .isFalse();
    }

    @Test
    void shouldNotLeadFromAnotherRelay() {
        RelayIdentity other = new RelayIdentity(Identity.create());
        RelayIdentity stolen = other.followedBy(third.identity(), 1);

        assertThat(RelayStatement.leads(of(first), of(third), stolen.predecessors()))
                .isFalse();
        assertThat(RelayStatement.leads(of(other), of(third), third.predecessors()))
                .isFalse();
        assertThat(RelayStatement.leads(of(first), of(other), third.predecessors()))
                .isFalse();
    }

    @Test
    void shouldNotBelieveAStatementThatAnotherKeyHasSigned() {
        RelayStatement genuine = second.predecessors().get(0);
        Identity thief = Identity.create();
        RelayStatement forged = new RelayStatement(
                RelayStatement.Kind.SUCCESSOR,
                genuine.from(),
                thief.fingerprint(),
                1,
                RelayStatement.sign(RelayStatement.Kind.SUCCESSOR, thief, thief.fingerprint(), 1)
                        .signature());
        RelayStatement altered = new RelayStatement(
                RelayStatement.Kind.SUCCESSOR,
                genuine.from(),
                thief.fingerprint(),
                genuine.atMs(),
                genuine.signature());
        RelayStatement redated =
                new RelayStatement(RelayStatement.Kind.SUCCESSOR, genuine.from(), genuine.to(), 2, genuine.signature());

        assertThat(RelayStatement.leads(of(first), thief.fingerprint(), List.of(forged, altered)))
                .isFalse();
        assertThat(RelayStatement.leads(of(first), of(second), List.of(redated)))
                .isFalse();
    }

    @Test
    void shouldReadItsOwnText() {
        for (RelayStatement statement : third.predecessors()) {
            assertThat(statement.text()).hasSizeLessThan(RelayStatement.MAX_TEXT);
            assertThat(RelayStatement.parse(RelayStatement.Kind.SUCCESSOR, statement.text()))
                    .contains(statement);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b c d", "AAAA SHA256:x 1 AA", "\u0000 \u0000 \u0000 \u0000", "a b c d e"})
    void shouldIgnoreOtherTexts(String text) {
        assertThat(RelayStatement.parse(RelayStatement.Kind.SUCCESSOR, text)).isEmpty();
        assertThat(RelayStatement.parse(
                        RelayStatement.Kind.SUCCESSOR,
                        third.predecessors().get(0).text() + text + "x".repeat(RelayStatement.MAX_TEXT)))
                .isEmpty();
    }

    @Test
    void shouldKeepTheLatestStatementsOnly() {
        RelayIdentity latest = first;
        for (int i = 0; i < 2 * RelayStatement.MAX_STATEMENTS; i++) {
            latest = latest.followedBy(Identity.create(), i);
        }

        assertThat(latest.predecessors()).hasSize(RelayStatement.MAX_STATEMENTS);
        assertThat(RelayStatement.leads(of(first), of(latest), latest.predecessors()))
                .isFalse();
    }

    @Test
    void shouldKeepStatementsInTheFileForItsOwnerOnly(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("identity.pem");
        third.writeNew(file);

        RelayIdentity read = RelayIdentity.load(file, warning -> {});

        assertThat(read.predecessors()).isEqualTo(third.predecessors());
        assertThat(of(read)).isEqualTo(of(third));
        assertThat(Identity.loadOrCreate(file, warning -> {}).fingerprint())
                .as("read by an earlier version")
                .isEqualTo(of(third));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> first.writeNew(file))
                .hasMessage(file + " exists already: choose another file, or move it away");
        first.replace(file);
        assertThat(of(RelayIdentity.load(file, warning -> {}))).isEqualTo(of(first));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldNotCreateAnIdentityWhereOneIsToBeRead(@TempDir Path folder) {
        assertThatThrownBy(() -> RelayIdentity.load(folder.resolve("none"), warning -> {}))
                .isInstanceOf(IOException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldMoveAPinAndNothingElse(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("known_relays");
        String other = "# mine\nother.example:8888 " + of(first) + "\n";
        Files.writeString(file, other + "relay.example:8888 " + of(first) + "\n");
        KnownRelays known = new KnownRelays(file);

        known.replace("Relay.example:8888", of(first), of(second));

        assertThat(Files.readString(file)).isEqualTo(other + "relay.example:8888 " + of(second) + "\n");
        assertThatThrownBy(() -> known.replace("relay.example:8888", of(first), of(third)))
                .isInstanceOf(IOException.class);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        assertThat(lines).hasSize(3);
    }
}
