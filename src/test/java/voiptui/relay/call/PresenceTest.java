package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.MessageJson;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.RelayMessage.Contact;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.presence.PresenceService;
import voiptui.relay.registrar.RegistrarConfig;

/** Presence as sent to watching clients. */
class PresenceTest extends RegistrarFixture {

    @TempDir
    private Path stateDir;

    private List<Contact> list(String who) {
        return channel(who).all(RelayMessage.Contacts.class).stream()
                .flatMap(part -> part.contacts().stream())
                .toList();
    }

    private List<Contact> changes(String who) {
        return channel(who).all(RelayMessage.Presence.class).stream()
                .map(RelayMessage.Presence::contact)
                .toList();
    }

    private Contact lastChange(String who) {
        return changes(who).get(changes(who).size() - 1);
    }

    private long nowMs() {
        return clock.millis();
    }

    @Test
    void shouldListEverybodyTheRelayKnows() {
        play("attic in");
        long left = nowMs();
        play("attic bye; 5 s; dora in; cellar in; bell in; cellar call 1 bell; dora watch");

        assertThat(list("dora"))
                .containsExactly(
                        new Contact("attic", false, false, left),
                        new Contact("bell", true, true, nowMs()),
                        new Contact("cellar", true, true, nowMs()),
                        new Contact("dora", true, false, nowMs()));
    }

    @Test
    void shouldSendNothingToClientsThatDoNotWatch() {
        play("dora in; attic in; attic bye; 5 s");

        assertThat(list("dora")).isEmpty();
        assertThat(changes("dora")).isEmpty();
    }

    @Test
    void shouldReportSignInAndSignOut() {
        play("dora in; dora watch; 2 s; attic in");
        assertThat(lastChange("dora")).isEqualTo(new Contact("attic", true, false, nowMs()));
        play("2 s; attic drops");
        assertThat(lastChange("dora")).isEqualTo(new Contact("attic", false, false, nowMs()));
        play("2 s; attic in");
        assertThat(lastChange("dora").online()).isTrue();
        assertThat(changes("dora")).hasSize(3);
    }

    @Test
    void shouldReportWhoIsBusy() {
        play("dora in; dora watch; attic in; cellar in; 2 s; cellar call 1 attic; 2 s");
        assertThat(changes("dora").subList(2, 4))
                .extracting(Contact::name, Contact::busy)
                .containsExactly(tuple("attic", true), tuple("cellar", true));
        play("attic reject 1; 2 s");
        assertThat(changes("dora").subList(4, 6))
                .extracting(Contact::name, Contact::busy)
                .containsExactly(tuple("attic", false), tuple("cellar", false));
    }

    @Test
    void shouldNotReportAsBusyWhoWaitsForSomebodyWhoIsOffline() {
        play("attic in new; cellar in new; attic call 1 bell; dora in; dora watch");

        assertThat(list("dora")).contains(new Contact("attic", true, false, nowMs()));
        play("2 s; attic hangup 1; attic call 2 cellar");
        assertThat(changes("dora"))
                .as("the phone is in use once somebody else's rings")
                .extracting(Contact::name, Contact::busy)
                .containsExactly(tuple("attic", true), tuple("cellar", true));
    }

    @Test
    void shouldNotReportANameAsBusyWhileOneOfItsPhonesIsIdle() {
        play("dora in; attic in; attic/2 in; attic call 1 cellar; dora watch");

        assertThat(list("dora")).contains(new Contact("attic", true, false, nowMs()));
    }

    @Test
    void shouldReportANameAsOnlineUntilTheLastOfItsPhonesLeaves() {
        play("dora in; attic in; attic/2 in; dora watch; attic bye");
        assertThat(list("dora")).contains(new Contact("attic", true, false, nowMs()));

        play("2 s; attic/2 bye");
        assertThat(lastChange("dora").name()).isEqualTo("attic");
        assertThat(lastChange("dora").online()).isFalse();
    }

    @Test
    void shouldLimitUpdatesAboutAClientThatKeepsSigningInAndOut() {
        play("dora in; dora watch; 2 s");
        for (int i = 0; i < 1_000; i++) {
            play("attic in; attic bye");
        }
        assertThat(changes("dora")).hasSize(1);
        play("1 s");
        assertThat(changes("dora")).as("and how it ended").hasSize(2);
        assertThat(lastChange("dora").online()).isFalse();
    }

    @Test
    void shouldLimitHowOftenTheListIsSent() {
        play("dora in");
        for (int i = 0; i < 1_000; i++) {
            tell("dora", new ClientMessage.Watch());
        }
        assertThat(channel("dora").all(RelayMessage.Contacts.class)).hasSize(1);
        play("10 s");
        assertThat(channel("dora").all(RelayMessage.Contacts.class))
                .as("what was asked for meanwhile, once")
                .hasSize(2);
    }

    @Test
    void shouldSendTheListAgainAfterAReconnect() {
        play("dora in; dora watch; 10 s; dora drops; attic in; 5 s; dora in; 1 s");

        assertThat(list("dora")).extracting(Contact::name).containsExactly("attic", "dora");
        play("2 s; attic bye");
        assertThat(lastChange("dora").online()).isFalse();
    }

    @Test
    void shouldSplitALongListIntoMessages() {
        start(new RegistrarConfig(1_000, open(newStateDir(), AccessPolicy.OPEN), UDP_PORT));
        for (int i = 0; i < 119; i++) {
            String name =
                    "a-name-that-is-as-long-as-can-" + String.format("%03d", i).substring(1) + "";
            signIn("p" + i, i < 100 ? name : "z" + i, fingerprint("p" + i), "10.0.1." + i, true);
        }
        play("dora in; dora watch");

        List<RelayMessage.Contacts> parts = channel("dora").all(RelayMessage.Contacts.class);
        assertThat(parts).extracting(RelayMessage.Contacts::more).containsExactly(true, true, false);
        assertThat(list("dora")).hasSize(120).extracting(Contact::name).doesNotHaveDuplicates();
        assertThat(parts)
                .allSatisfy(part -> assertThat(MessageJson.write(part)).hasSizeLessThan(MessageJson.MAX_BYTES));
    }

    @Test
    void shouldKeepLastSeenTimesOverARestart() {
        startIn(stateDir, AccessPolicy.OPEN);
        play("attic in; 5 s; attic bye");
        long left = nowMs();
        play("dora in; 10 s");
        long stopped = nowMs();
        registrar.stop();
        startIn(stateDir, AccessPolicy.OPEN);
        play("cellar in; cellar watch");

        assertThat(list("cellar"))
                .contains(new Contact("attic", false, false, left), new Contact("dora", false, false, stopped));
    }

    @Test
    void shouldLookAtChangedNamesOnly() {
        start(new RegistrarConfig(3_000, open(newStateDir(), AccessPolicy.OPEN), UDP_PORT));
        for (int i = 0; i < 200; i++) {
            signIn("p" + i, "p" + i, fingerprint("p" + i), "10.0.1." + i, true);
        }
        play("dora in; dora watch; 2 s");
        session("p7").observe(hidden -> {});
        registrar.onDisconnected(session("p7"), channel("p7"));
        registrar.onDisconnected(session("p8"), channel("p8"));

        assertThat(changes("dora"))
                .as("p7 did not report its change")
                .extracting(Contact::name)
                .containsExactly("p8");
        channel("p7").closed = true;
        channel("p8").closed = true;
        play("1 s");
        assertThat(changes("dora"))
                .as("and is found all the same")
                .extracting(Contact::name)
                .contains("p7");
    }

    @Test
    void shouldSendOneListOfChangesToAllWatchers() {
        play("dora in; attic in; cellar in; dora watch; attic watch; cellar watch; 2 s");
        List<List<RelayMessage>> before = channel("attic").batches;
        assertThat(before).isEmpty();
        play("bell in");

        assertThat(channel("dora").batches).hasSize(1);
        assertThat(channel("attic").batches.get(0))
                .as("the same list, so that it is encoded once")
                .isSameAs(channel("dora").batches.get(0));
    }

    @Test
    void shouldCollectChangesWhenManyWatch() {
        start(new RegistrarConfig(2_000, open(newStateDir(), AccessPolicy.OPEN), UDP_PORT));
        int phones = 1_000;
        for (int i = 0; i < phones; i++) {
            String who = "p" + i;
            signIn(who, who, fingerprint(who), "10.0." + i / 250 + "." + i % 250, true);
            tell(who, new ClientMessage.Watch());
        }
        play("2 s");
        int before = channel("p0").batches.size();
        for (int i = 0; i < 200; i++) {
            registrar.onDisconnected(session("p" + (i + 1)), channel("p" + (i + 1)));
        }
        assertThat(channel("p0").batches.size() - before).isLessThanOrEqualTo(2);
        for (int i = 0; i < 200; i++) {
            channel("p" + (i + 1)).closed = true;
        }
        play("1 s");
        assertThat(channel("p0").batches.size() - before).isLessThanOrEqualTo(2 + 200 / PresenceService.MAX_PER_BATCH);
        assertThat(changes("p0").stream().filter(change -> !change.online())).hasSize(200);
    }

    @Test
    void shouldSendALongListPageByPageAndChangesAfterIt() {
        start(new RegistrarConfig(1_000, open(newStateDir(), AccessPolicy.OPEN), UDP_PORT));
        for (int i = 0; i < 119; i++) {
            signIn("p" + i, "p" + i, fingerprint("p" + i), "10.0.1." + i, true);
        }
        play("dora in");
        channel("dora").holdsPages = true;
        play("dora watch");
        assertThat(list("dora")).as("nothing is read").isEmpty();
        channel("dora").takePage();
        assertThat(list("dora")).hasSize(PresenceService.MAX_PER_MESSAGE);
        registrar.onDisconnected(session("p0"), channel("p0"));
        channel("p0").closed = true;
        registrar.onDisconnected(session("p99"), channel("p99"));
        channel("p99").closed = true;
        play("1 s");
        assertThat(changes("dora")).as("kept until the list is complete").isEmpty();

        while (channel("dora").takePage()) {
            // until all is read
        }
        assertThat(list("dora"))
                .hasSize(120)
                .filteredOn(contact -> !contact.online())
                .hasSize(1);
        assertThat(changes("dora")).extracting(Contact::name).containsExactly("p0", "p99");
        play("2 s; attic in");
        assertThat(lastChange("dora").name()).isEqualTo("attic");
    }

    @Test
    void shouldStartTheListAgainIfTheConnectionIsLostMeanwhile() {
        play("dora in; attic in");
        channel("dora").holdsPages = true;
        play("dora watch; dora drops; 6 s; dora in; 1 s");

        assertThat(list("dora")).extracting(Contact::name).containsExactly("attic", "dora");
        play("2 s; attic bye");
        assertThat(lastChange("dora").online()).isFalse();
    }
}
