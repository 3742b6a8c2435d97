package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.event.Counter;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.classic.ClassicReply;
import voiptui.relay.admission.FairShare;
import voiptui.relay.directory.AccessPolicy;

/** Who finds a place at a full relay, and who gives way. */
class SessionPlacesTest extends RegistrarFixture {

    @TempDir
    private Path stateDir;

    private boolean admits(String who, String fingerprint, String host) {
        return signIn(who, who, fingerprint(fingerprint), host, true).isPresent();
    }

    @Test
    void shouldTakeAPlaceFromTheCertificateThatHasThemAll() {
        for (int i = 0; i < MAX_CLIENTS; i++) {
            // Eight names at most belong to a certificate; the others are further processes of the first.
            signIn("mole" + i, "mole" + i % 8, fingerprint("mole"), "10.9." + i + ".1", true);
        }
        assertThat(registrar.size()).isEqualTo(MAX_CLIENTS);

        assertThat(admits("late", "late", "10.0.2.1")).isTrue();
        assertThat(registrar.size()).isEqualTo(MAX_CLIENTS);
        FakeChannel newest = channel("mole" + (MAX_CLIENTS - 1));
        assertThat(newest.closed).isTrue();
        assertThat(newest.all(RelayMessage.Error.class))
                .containsExactly(new RelayMessage.Error(RefusalCode.FULL, "your place was needed for others"));
        assertThat(counters.get(Counter.CLIENTS_DISPLACED)).isEqualTo(1);
    }

    @Test
    void shouldTakeAPlaceFromTheAddressThatHasThemAll() {
        for (int i = 0; i < MAX_CLIENTS; i++) {
            assertThat(admits("mole" + i, "mole" + i, "10.9.9.9")).isTrue();
        }
        assertThat(admits("mole", "mole", "10.9.9.9")).as("from there").isFalse();
        assertThat(admits("late", "late", "10.0.2.1")).isTrue();
        assertThat(admits("late2", "late2", "10.0.2.2")).isTrue();
        assertThat(registrar.size()).isEqualTo(MAX_CLIENTS);
    }

    @Test
    void shouldCountAnIpv6NetworkAsOneAddress() {
        for (int i = 0; i < MAX_CLIENTS; i++) {
            admits("mole" + i, "mole" + i, "2001:db8::" + (i + 1));
        }
        assertThat(admits("late", "late", "2001:db8:1::1")).isTrue();
    }

    @Test
    void shouldLeaveEverybodyTheirShare() {
        for (int i = 0; i < MAX_CLIENTS; i++) {
            admits("p" + i, "p" + i, "10.0.1." + i / 3);
        }
        assertThat(admits("late", "late", "10.0.2.1"))
                .as("three of twelve is a share")
                .isFalse();
    }

    @Test
    void shouldEndACallOnlyOfWhoHasMoreThanHalf() {
        for (int i = 0; i < 6; i++) {
            admits("in" + i, "in" + i, "10.9.9.9");
        }
        for (int i = 0; i < 6; i++) {
            admits("p" + i, "p" + i, "10.0.1." + i);
        }
        for (int i = 0; i < 6; i += 2) {
            play("in" + i + " call " + (i + 1) + " in" + (i + 1) + "; in" + (i + 1) + " accept " + (i + 1));
        }
        assertThat(admits("late", "late", "10.0.2.1"))
                .as("half of the places, all in calls")
                .isFalse();

        play("p0 bye");
        admits("in6", "in6", "10.9.9.9");
        play("p1 bye");
        admits("in7", "in7", "10.9.9.9");
        play("in6 call 9 in7; in7 accept 9");
        assertThat(admits("late", "late", "10.0.2.1")).as("more than half").isTrue();
        assertThat(channel("in6").all(RelayMessage.Ended.class)).hasSize(1);
    }

    @Test
    void shouldKeepPlacesForKnownNames() throws Exception {
        Files.writeString(stateDir.resolve("names"), "dora " + fingerprint("dora") + "\n");
        startIn(stateDir, AccessPolicy.OPEN);
        for (int i = 0; i < MAX_CLIENTS; i++) {
            admits("p" + i, "p" + i, "10.0.1." + i);
        }
        assertThat(admits("late", "late", "10.0.2.1")).isFalse();

        play("dora in");
        assertThat(channel("dora").all(RelayMessage.Welcome.class)).hasSize(1);
        assertThat(channel("p11").closed).as("the newest").isTrue();
        assertThat(admits("p11", "p11", "10.0.1.11")).as("its name is new").isFalse();
    }

    @Test
    void shouldKeepAPlaceForKnownNamesEvenIfAllOthersAreInCalls() throws Exception {
        Files.writeString(
                stateDir.resolve("names"), "dora " + fingerprint("dora") + "\ncellar " + fingerprint("cellar"));
        startIn(stateDir, AccessPolicy.OPEN);
        for (int i = 0; i < MAX_CLIENTS; i++) {
            admits("p" + i, "p" + i, "10.0.1." + i);
        }
        for (int i = 0; i < MAX_CLIENTS; i += 2) {
            play("p" + i + " call " + (i + 1) + " p" + (i + 1) + "; p" + (i + 1) + " accept " + (i + 1));
        }
        play("dora in");
        assertThat(channel("dora").all(RelayMessage.Welcome.class)).hasSize(1);
    }

    @Test
    void shouldKnowANameADayAfterItWasRegistered() {
        admits("bell", "bell", "10.0.0.5");
        play("bell bye");
        clock.advanceMs(24 * 3_600_000L);
        for (int i = 0; i < MAX_CLIENTS; i++) {
            admits("p" + i, "p" + i, "10.0.1." + i);
        }
        assertThat(admits("bell", "bell", "10.0.0.5")).isTrue();
    }

    private ClassicReply classic(String host, int port, String target) {
        return registry.hello(new InetSocketAddress(ip(host), port), ip(RELAY), ip(target));
    }

    private List<String> classicClients() {
        return registry.clients().stream().map(ClassicClient::toString).toList();
    }

    private ClassicClient find(String client) {
        return registry.clients().stream()
                .filter(one -> one.toString().equals(client))
                .findFirst()
                .orElseThrow();
    }

    private void heard(String client) {
        find(client).media().onHeard(clock.nanoTime(), 1_768, false);
    }

    @Test
    void shouldTakeAPlaceFromClassicClientsOfTheAddressThatHasThemAll() {
        for (int i = 0; i < MAX_CLIENTS; i++) {
            assertThat(classic("10.9.9.9", 1 + i, "10.0.0.1")).isEqualTo(ClassicReply.WELCOME);
        }
        assertThat(admits("late", "late", "10.0.2.1")).isTrue();
        assertThat(registry.size()).isEqualTo(MAX_CLIENTS - 1);
        assertThat(counters.get(Counter.CLIENTS_DISPLACED)).isEqualTo(1);
        assertThat(admits("mole", "mole", "10.9.9.9")).as("from there").isFalse();
    }

    @Test
    void shouldCountTheClientsOfAnAddressInBothProtocols() {
        for (int i = 0; i < 2; i++) {
            classic("10.9.9.9", 1 + i, "10.0.0.1");
            admits("mole" + i, "mole" + i, "10.9.9.9");
        }
        for (int i = 0; i < MAX_CLIENTS - 4; i++) {
            admits("p" + i, "p" + i, "10.0.1." + i);
        }
        assertThat(admits("late", "late", "10.0.2.1")).isTrue();
        assertThat(classicClients()).as("the newest that was not heard").containsExactly("10.9.9.9:1");
    }

    @Test
    void shouldTakePlacesOfClassicClientsThatWereNotHeardFirst() {
        for (int i = 0; i < MAX_CLIENTS; i++) {
            classic("10.9.9.9", 1 + i, "10.0.0.1");
            if (i != 4) {
                heard("10.9.9.9:" + (1 + i));
            }
        }
        admits("late", "late", "10.0.2.1");
        assertThat(classicClients()).doesNotContain("10.9.9.9:5").hasSize(MAX_CLIENTS - 1);
    }

    @Test
    void shouldNotEndACallBetweenClassicClientsWhileOthersAreIdle() {
        classic("10.9.9.9", 1, "10.0.0.1");
        for (int i = 0; i < MAX_CLIENTS - 4; i++) {
            admits("p" + i, "p" + i, "10.0.1." + i);
        }
        classic("10.9.9.9", 2, "10.0.0.1");
        classic("10.9.9.9", 3, "10.0.0.2");
        classic("10.9.9.9", 4, "10.9.9.9");
        find("10.9.9.9:3").setPeer(find("10.9.9.9:4"));
        find("10.9.9.9:4").setPeer(find("10.9.9.9:3"));
        assertThat(find("10.9.9.9:4").use()).as("nobody was heard").isEqualTo(FairShare.Use.UNUSED);
        heard("10.9.9.9:3");
        assertThat(find("10.9.9.9:4").use()).isEqualTo(FairShare.Use.IN_CALL);
        assertThat(admits("late", "late", "10.0.2.1")).isTrue();
        assertThat(classicClients()).containsExactly("10.9.9.9:1", "10.9.9.9:3", "10.9.9.9:4");
        find("10.9.9.9:3").setPeer(null);
        find("10.9.9.9:4").setPeer(null);
    }

    @Test
    void shouldTakeAPlaceForAClassicClientFromV2ClientsOfOneAddress() {
        for (int i = 0; i < MAX_CLIENTS; i++) {
            admits("mole" + i, "mole" + i, "10.9.9.9");
        }
        assertThat(classic("10.9.9.9", 1, "10.0.0.1")).as("from there").isEqualTo(ClassicReply.FULL);
        assertThat(classic("10.0.0.1", 1, "10.0.0.2")).isEqualTo(ClassicReply.WELCOME);
        assertThat(registrar.size()).isEqualTo(MAX_CLIENTS - 1);
        assertThat(channel("mole" + (MAX_CLIENTS - 1)).closed).isTrue();
        assertThat(counters.get(Counter.CLIENTS_DISPLACED)).isEqualTo(1);
    }

    @Test
    void shouldTakeAPlaceOfAClassicClientForAKnownName() throws Exception {
        Files.writeString(stateDir.resolve("names"), "dora " + fingerprint("dora") + "\n");
        startIn(stateDir, AccessPolicy.OPEN);
        for (int i = 0; i < MAX_CLIENTS; i++) {
            classic("10.0.1." + i, 1, "10.0.0.1");
        }
        assertThat(admits("late", "late", "10.0.2.1")).isFalse();
        play("dora in");
        assertThat(channel("dora").all(RelayMessage.Welcome.class)).hasSize(1);
        assertThat(registry.size()).isEqualTo(MAX_CLIENTS - 1);
    }
}
