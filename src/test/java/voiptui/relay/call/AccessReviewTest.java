package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.event.Counter;
import voiptui.event.RelayEvent;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.OperatorAction;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.RelayMessage;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.directory.Directory;
import voiptui.relay.registrar.RegistrarConfig;

/** Clients that are signed in while the operator takes their name away, blocks them or signs them out. */
class AccessReviewTest extends RegistrarFixture {

    private Path stateDir;
    private Directory directory;

    @BeforeEach
    void start() throws IOException {
        start(AccessPolicy.OPEN);
    }

    private void start(AccessPolicy access) throws IOException {
        stateDir = Files.createDirectories(newStateDir());
        if (access == AccessPolicy.KNOWN) {
            write("dora " + fingerprint("dora"), "attic " + fingerprint("attic"));
        }
        directory = open(stateDir, access);
        start(new RegistrarConfig(MAX_CLIENTS, directory, UDP_PORT));
    }

    private void write(String... lines) throws IOException {
        Files.write(stateDir.resolve("names"), List.of(lines));
    }

    private List<RelayMessage.Error> errors(String who) {
        return channel(who).all(RelayMessage.Error.class);
    }

    @ParameterizedTest
    @EnumSource(AccessPolicy.class)
    void shouldSignOutAClientWhoseNameIsRemovedFromTheFile(AccessPolicy access) throws IOException {
        start(access);
        play("dora in; attic in; dora call 1 attic; attic accept 1");
        write("dora " + fingerprint("dora"));
        play("2 s");

        assertThat(errors("attic"))
                .containsExactly(new RelayMessage.Error(
                        RefusalCode.NOT_ALLOWED, "this name was removed by the relay's operator"));
        assertThat(channel("attic").closed).isTrue();
        assertThat(channel("dora").closed).isFalse();
        assertThat(state()).as("its call has ended").isEqualTo("-");
        assertThat(registrar.online()).containsOnlyKeys("dora");
        assertThat(counters.get(Counter.CLIENTS_EXPELLED)).isEqualTo(1);
        assertThat(events(RelayEvent.ClientExpelled.class))
                .containsExactly(new RelayEvent.ClientExpelled(
                        "attic",
                        "10.0.0.2:40000",
                        fingerprint("attic"),
                        "this name was removed by the relay's operator"));
    }

    @Test
    void shouldGiveANameToItsRightfulOwner() throws IOException {
        signIn("thief", "dora", fingerprint("thief"), "10.0.6.6", true);
        write("dora " + fingerprint("dora"));
        play("2 s; dora in; attic in");

        assertThat(errors("thief"))
                .containsExactly(
                        new RelayMessage.Error(RefusalCode.NAME_TAKEN, "this name was given to another client"));
        assertThat(sentBy("attic call 1 dora"))
                .contains("dora: incoming 1 attic")
                .doesNotContain("thief");
    }

    @Test
    void shouldSignOutALostClientToo() throws IOException {
        play("dora in; dora drops");
        directory.remove("dora").join();

        assertThat(registrar.size()).isZero();
    }

    @Test
    void shouldSignOutEveryClientOfABlockedCertificate() {
        play("attic in; attic/2 in; dora in");
        directory.block(fingerprint("attic")).join();

        assertThat(registrar.online()).containsOnlyKeys("dora");
        play("attic in");
        assertThat(errors("attic"))
                .containsExactly(new RelayMessage.Error(
                        RefusalCode.NOT_ALLOWED, "this certificate is blocked", OperatorAction.BLOCKED));
        assertThat(counters.get(Counter.CLIENTS_EXPELLED)).isEqualTo(2);
        assertThat(counters.get(Counter.REFUSED_BLOCKED)).isEqualTo(1);
        assertThat(counters.get(Counter.SIGN_INS_REFUSED)).isZero();
    }

    @Test
    void shouldRemoveClientsOfBothProtocolsFromABlockedAddress() {
        play("dora in; attic in; classic @bell/5000 wants @dora");
        directory.block("10.0.0.2").join();
        directory.block("10.0.0.5").join();

        assertThat(registrar.online()).containsOnlyKeys("dora");
        assertThat(registry.clients()).isEmpty();
        assertThat(directory.isBlocked(ip("10.0.0.5"))).isTrue();
    }

    @Test
    void shouldSignOutAllClientsOfANameOnRequestAndLetThemBack() {
        play("attic in; attic/2 in; dora in");

        FakeChannel first = channel("attic");
        assertThat(registrar.expel("attic")).isEqualTo(2);
        assertThat(first.all(RelayMessage.Error.class))
                .extracting(RelayMessage.Error::operator)
                .containsExactly(OperatorAction.SIGNED_OUT);
        assertThat(registrar.expel("attic")).isZero();
        assertThat(registrar.online()).containsOnlyKeys("dora");
        play("attic in");
        assertThat(registrar.online()).containsOnlyKeys("attic", "dora");
    }

    @Test
    void shouldSayWhyAnAddressMayRegisterNoMoreNames() {
        for (int i = 0; i < 61; i++) {
            signIn("p" + i, "n" + i, fingerprint("f" + i), "10.0.6.6", true)
                    .ifPresent(in -> registrar.onMessage(in, new ClientMessage.Bye()));
        }

        assertThat(errors("p59")).isEmpty();
        assertThat(errors("p60"))
                .singleElement()
                .satisfies(error -> assertThat(error.text()).contains("too many new names from this address"))
                .extracting(RelayMessage.Error::code)
                .isEqualTo(RefusalCode.TOO_MANY);
    }
}
