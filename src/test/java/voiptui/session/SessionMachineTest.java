package voiptui.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.event.CallEvent;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.SessionEvent;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.identity.KnownRelays;
import voiptui.identity.RelayIdentity;
import voiptui.identity.RelayStatement;
import voiptui.net.HostAddresses;
import voiptui.net.ssh.SshHost;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.MessageJson;
import voiptui.protocol.OperatorAction;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaOffer;
import voiptui.protocol.offer.SessionFeature;
import voiptui.testkit.ManualClock;

/** Edge by edge: what comes in, what goes out, as one list in the order it happens. */
class SessionMachineTest {

    private static final Fingerprint SHOWN = new Fingerprint("SHA256:" + "a".repeat(43));
    private static final Fingerprint OTHER = new Fingerprint("SHA256:" + "b".repeat(43));
    private static final int TIMEOUT_MS = 2_000;
    private static final int HEARTBEAT_MS = 10_000;
    private static final long TIME_MS = 1_800_000_000_000L;

    private final ManualClock clock = new ManualClock();
    private final List<String> did = new ArrayList<>();
    private final List<ClientMessage> said = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private RelayMessage.Welcome mediaOf;
    private String lastDetail = "";
    private IOException pinProblem;
    private SessionMachine machine = machine(3, true);

    private SessionMachine machine(int attempts, boolean acceptNew) {
        return machine(attempts, acceptNew, 0);
    }

    private SessionMachine machine(int attempts, boolean acceptNew, int heartbeatMs) {
        return machine(attempts, acceptNew, heartbeatMs, null);
    }

    private SessionMachine machine(int attempts, boolean acceptNew, int heartbeatMs, SshAccess ssh) {
        return machine(attempts, acceptNew, heartbeatMs, ssh, "relay.example:8888");
    }

    /** A machine that may use these relays. */
    private SessionMachine machine(int attempts, boolean acceptNew, int heartbeatMs, SshAccess ssh, String... relays) {
        SessionConfig config = new SessionConfig(
                new SessionConfig.Endpoint(
                        new RelayChoice(Stream.of(relays)
                                .map(relay -> new RelayChoice.Relay(
                                        relay, HostAddresses.of(new InetSocketAddress("192.0.2.1", 8888))))
                                .toList()),
                        null,
                        0,
                        0,
                        ssh),
                new SessionConfig.Timing(attempts, TIMEOUT_MS, heartbeatMs),
                new SessionConfig.Credentials(
                        "alice", true, null, new KnownRelays(Path.of("/config/known_relays")), acceptNew));
        return new SessionMachine(
                config,
                "0123456789abcdef",
                new Random(1),
                new SessionEffects() {
                    @Override
                    public void connect() {
                        did.add("connect");
                    }

                    @Override
                    public void disconnect() {
                        did.add("disconnect");
                    }

                    @Override
                    public void say(ClientMessage message) {
                        said.add(message);
                        did.add(
                                message instanceof ClientMessage.Ping ping
                                        ? "ping " + ping.id()
                                        : message.getClass().getSimpleName());
                    }

                    @Override
                    public long timeMs() {
                        return TIME_MS;
                    }

                    @Override
                    public void startMedia(RelayMessage.Welcome welcome) {
                        mediaOf = welcome;
                    }

                    @Override
                    public void reportLegs(RelayMessage.Legs legs) {
                        did.add("legs");
                    }

                    @Override
                    public void pin(Fingerprint fingerprint) throws IOException {
                        if (pinProblem != null) {
                            throw pinProblem;
                        }
                        did.add("pin");
                    }

                    @Override
                    public void movePin(Fingerprint from, Fingerprint to) throws IOException {
                        if (pinProblem != null) {
                            throw pinProblem;
                        }
                        did.add("pin moved");
                    }

                    @Override
                    public void publish(Event event) {
                        events.add(event);
                    }
                },
                new SessionListener() {
                    @Override
                    public void onSignedIn(RelayMessage.Welcome welcome) {
                        assertThat(mediaOf)
                                .as("media starts before anybody else hears")
                                .isSameAs(welcome);
                        did.add("signed in as " + welcome.name());
                    }

                    @Override
                    public void onMessage(RelayMessage message) {
                        did.add("heard " + message.getClass().getSimpleName());
                    }

                    @Override
                    public void onLost(String problem, int attempt, long retryInMs) {
                        did.add("lost " + attempt + (retryInMs == 0 ? " at once" : ""));
                        lastDetail = problem;
                    }

                    @Override
                    public void onDraining(String to) {
                        did.add("sent to " + to);
                    }

                    @Override
                    public void onRefused(EndReason reason, String detail) {
                        did.add("refused " + reason);
                        lastDetail = detail;
                    }

                    @Override
                    public void onClassicRelay() {
                        did.add("classic");
                    }
                });
    }

    private long now() {
        return clock.nanoTime();
    }

    private void advanceMs(long ms) {
        clock.advanceMs(ms);
        machine.onTick(now());
    }

    private static List<KnownRelays.Entry> known(Fingerprint... fingerprints) {
        return Stream.of(fingerprints)
                .map(fingerprint -> new KnownRelays.Entry(fingerprint, 7))
                .toList();
    }

    private static RelayMessage.Welcome welcome(String name, String seenAs) {
        return new RelayMessage.Welcome(name, false, 9999, "0".repeat(16), "0".repeat(64), seenAs, HEARTBEAT_MS);
    }

    private void signIn() {
        machine.start(now());
        machine.onShown(SHOWN, known(SHOWN), now());
        machine.onMessage(welcome("alice", "192.0.2.9:4000"), now());
        did.clear();
        events.clear();
    }

    /** Until the machine connects again, or the time is over. */
    private long msUntilConnect(long mostMs) {
        for (long ms = 0; ms <= mostMs; ms++) {
            if (did.contains("connect")) {
                return ms;
            }
            advanceMs(1);
        }
        throw new AssertionError("no connection tried within " + mostMs + " ms: " + did);
    }

    private List<String> changes() {
        return events.stream()
                .filter(SessionEvent.RelayChanged.class::isInstance)
                .map(event -> ((SessionEvent.RelayChanged) event).to())
                .toList();
    }

    @Test
    void shouldTryTheNextRelayAtOnceAndWaitWhenAllHaveFailed() {
        machine = machine(0, false, 0, null, "a:1", "b:1", "c:1");
        machine.start(now());
        machine.onBroken("refused", now());
        assertThat(did).endsWith("lost 1 at once");
        advanceMs(0);
        machine.onBroken("refused", now());
        advanceMs(0);
        machine.onBroken("refused", now());

        assertThat(did).endsWith("disconnect", "lost 3");
        assertThat(changes()).containsExactly("b:1", "c:1", "a:1");
    }

    @Test
    void shouldTryARelayOnceMoreThatASteadyConnectionWasLostTo() {
        machine = machine(0, false, 0, null, "a:1", "b:1");
        signIn();
        clock.advanceMs(SessionMachine.STEADY_MS);
        machine.onBroken("reset", now());
        assertThat(changes()).isEmpty();
        advanceMs(0);
        machine.onBroken("refused", now());
        advanceMs(0);

        assertThat(changes()).containsExactly("b:1");
        assertThat(did).endsWith("connect");
        machine.onShown(OTHER, known(OTHER), now());
        machine.onMessage(welcome("alice", "192.0.2.9:4000"), now());
        assertThat(did).endsWith("signed in as alice");
    }

    @Test
    void shouldPassByAnUnknownRelayIfThereAreOthers() {
        machine = machine(0, false, 0, null, "a:1", "b:1");
        machine.start(now());
        machine.onShown(SHOWN, known(), now());

        assertThat(changes()).containsExactly("b:1");
        assertThat(lastDetail).contains("a:1 is unknown here").contains("--server a:1");
    }

    @Test
    void shouldSignInAtAKnownRelay() {
        machine.start(now());
        clock.advanceMs(30);
        machine.onShown(SHOWN, known(SHOWN), now());
        clock.advanceMs(20);
        machine.onMessage(welcome("Alice", "192.0.2.9:4000"), now());

        assertThat(did).containsExactly("connect", "Hello", "signed in as alice");
        assertThat(events)
                .containsExactly(
                        new SessionEvent.RelayVerified("relay.example:8888", SHOWN.text(), false),
                        new CallEvent.RelayAnswered("HELLO", "WELCOME", 20.0),
                        new SessionEvent.SignedIn("alice", "192.0.2.9:4000", false));
        assertThat(machine.isSignedIn()).isTrue();
    }

    @Test
    void shouldPinANewRelayBeforeSendingAnything() {
        machine.start(now());
        machine.onShown(SHOWN, known(), now());

        assertThat(did).containsExactly("connect", "pin", "Hello");
        assertThat(events).containsExactly(new SessionEvent.RelayVerified("relay.example:8888", SHOWN.text(), true));
    }

    @Test
    void shouldRefuseANewRelayWithoutAQuestion() {
        machine = machine(3, false);
        machine.start(now());
        machine.onShown(SHOWN, known(), now());

        assertThat(did).containsExactly("connect", "disconnect", "refused RELAY_UNTRUSTED");
        assertThat(lastDetail).contains(SHOWN.text(), "--accept-new");
    }

    @Test
    void shouldTrustANewRelayThatCannotBeSavedUntilTheEndButNoOther() {
        pinProblem = new IOException("read-only file system");
        machine.start(now());
        machine.onShown(SHOWN, known(), now());

        assertThat(did).containsExactly("connect", "Hello");
        assertThat(events).contains(new SessionEvent.RelayNotSaved("relay.example:8888", "read-only file system"));

        did.clear();
        machine.onBroken("gone", now());
        msUntilConnect(60_000);
        did.clear();
        machine.onShown(OTHER, known(), now());
        assertThat(did).containsExactly("disconnect", "refused RELAY_UNTRUSTED");
        assertThat(lastDetail).contains(SHOWN.text(), OTHER.text());
    }

    @Test
    void shouldRefuseAChangedRelayAndSayWhichLineToRemove() {
        machine.start(now());
        machine.onShown(SHOWN, known(OTHER), now());
        machine.onMessage(new RelayMessage.Unsupported("type", "prove"), now());

        assertThat(did).containsExactly("connect", "Prove", "disconnect", "refused RELAY_UNTRUSTED");
        assertThat(lastDetail).contains(SHOWN.text(), OTHER.text(), "remove line 7 of /config/known_relays");
    }

    @Test
    void shouldRefuseARelayThatChangesWhileWeAreAway() {
        signIn();
        machine.onBroken("the relay closed the connection", now());
        for (int tries = 0; tries < 4; tries++) {
            did.clear();
            msUntilConnect(60_000);
            machine.onShown(OTHER, known(SHOWN), now());
            machine.onBroken("the relay closed the connection", now());
            assertThat(did).as("it may have just started").doesNotContain("refused RELAY_UNTRUSTED");
        }
        did.clear();
        msUntilConnect(60_000);
        machine.onShown(OTHER, known(SHOWN), now());
        machine.onBroken("the relay closed the connection", now());

        assertThat(did).endsWith("refused RELAY_UNTRUSTED");
        assertThat(said.stream().filter(ClientMessage.Hello.class::isInstance))
                .as("to the known one")
                .hasSize(1);
    }

    @Test
    void shouldReplaceTheIdentityThatTheNewOneFollowsEvenIfAnotherRelayVouches() {
        Identity other = Identity.create();
        RelayIdentity former = new RelayIdentity(Identity.create());
        RelayIdentity next = former.followedBy(Identity.create(), 1);
        Fingerprint shown = next.identity().fingerprint();
        machine.start(now());
        machine.onShown(shown, known(other.fingerprint(), former.identity().fingerprint()), now());

        machine.onMessage(
                new RelayMessage.Proof(
                        proof(next).statements(), voucher(other, shown, TIME_MS).voucher()),
                now());

        assertThat(did).containsExactly("connect", "Prove", "pin moved", "Hello");
    }

    @Test
    void shouldFollowARelayWhoseNewIdentityTheFormerOneHasSigned() {
        RelayIdentity former = new RelayIdentity(Identity.create());
        RelayIdentity next = former.followedBy(Identity.create(), 1);
        Fingerprint pinned = former.identity().fingerprint();
        Fingerprint shown = next.identity().fingerprint();
        machine.start(now());
        machine.onShown(shown, known(pinned), now());
        assertThat(did).as("nothing about us is told yet").containsExactly("connect", "Prove");

        machine.onMessage(proof(next), now());

        assertThat(did).containsExactly("connect", "Prove", "pin moved", "Hello");
        assertThat(events).contains(new SessionEvent.RelaySucceeded("relay.example:8888", pinned.text(), shown.text()));
    }

    private static RelayMessage.Proof proof(RelayIdentity relay) {
        return new RelayMessage.Proof(
                relay.predecessors().stream().map(RelayStatement::text).toList(), null);
    }

    private static RelayMessage.Proof voucher(Identity by, Fingerprint member, long atMs) {
        return new RelayMessage.Proof(
                List.of(),
                RelayStatement.sign(RelayStatement.Kind.MEMBER, by, member, atMs)
                        .text());
    }

    @Test
    void shouldTrustAnotherRelayOfTheClusterThatAKnownOneVouchesFor() {
        Identity known = Identity.create();
        machine.start(now());
        machine.onShown(SHOWN, known(OTHER, known.fingerprint()), now());
        machine.onMessage(new RelayMessage.Proof(List.of(), null), now());
        assertThat(said)
                .as("each known one is asked for")
                .containsExactly(
                        new ClientMessage.Prove(OTHER.text()),
                        new ClientMessage.Prove(known.fingerprint().text()));

        machine.onMessage(voucher(known, SHOWN, TIME_MS - Duration.ofDays(6).toMillis()), now());

        assertThat(did).containsExactly("connect", "Prove", "Prove", "pin", "Hello");
        assertThat(events)
                .contains(new SessionEvent.RelayVouchedFor(
                        "relay.example:8888", known.fingerprint().text(), SHOWN.text()));
    }

    @Test
    void shouldRefuseARelayThatNobodyTrustedVouchesForNow() {
        Identity known = Identity.create();
        List<RelayMessage.Proof> wrong = List.of(
                silence(),
                voucher(known, SHOWN, TIME_MS - Duration.ofDays(8).toMillis()),
                voucher(known, SHOWN, TIME_MS + Duration.ofDays(2).toMillis()),
                voucher(known, OTHER, TIME_MS),
                voucher(Identity.create(), SHOWN, TIME_MS),
                new RelayMessage.Proof(
                        List.of(),
                        RelayStatement.sign(RelayStatement.Kind.SUCCESSOR, known, SHOWN, TIME_MS)
                                .text()),
                new RelayMessage.Proof(List.of(), "nonsense"));
        for (RelayMessage.Proof proof : wrong) {
            did.clear();
            machine = machine(3, true, 0);
            machine.start(now());
            machine.onShown(SHOWN, known(known.fingerprint()), now());
            machine.onMessage(proof, now());
            assertThat(did)
                    .as("%s", proof)
                    .containsExactly("connect", "Prove", "disconnect", "refused RELAY_UNTRUSTED");
        }
    }

    private static RelayMessage.Proof silence() {
        return new RelayMessage.Proof(List.of(), null);
    }

    @Test
    void shouldTrustAnyOfTheCertificatesThatAreKnown() {
        machine.start(now());
        machine.onShown(SHOWN, known(OTHER, SHOWN), now());

        assertThat(did).containsExactly("connect", "Hello");
    }

    @Test
    void shouldRefuseARelayThatProvesSomethingElse() {
        RelayIdentity other = new RelayIdentity(Identity.create()).followedBy(Identity.create(), 1);
        machine.start(now());
        machine.onShown(other.identity().fingerprint(), known(OTHER), now());

        machine.onMessage(proof(other), now());

        assertThat(did).endsWith("disconnect", "refused RELAY_UNTRUSTED");
        assertThat(said).noneMatch(ClientMessage.Hello.class::isInstance);
    }

    @Test
    void shouldRefuseARelayThatDoesNotAnswerWhoItIs() {
        machine.start(now());
        machine.onShown(SHOWN, known(OTHER), now());

        advanceMs(TIMEOUT_MS);

        assertThat(did).endsWith("refused RELAY_UNTRUSTED");
    }

    @Test
    void shouldTrustASuccessorThatCannotBeSavedUntilTheEnd() {
        pinProblem = new IOException("read-only file system");
        RelayIdentity former = new RelayIdentity(Identity.create());
        RelayIdentity next = former.followedBy(Identity.create(), 1);
        machine.start(now());
        machine.onShown(next.identity().fingerprint(), known(former.identity().fingerprint()), now());
        machine.onMessage(proof(next), now());
        machine.onMessage(welcome("alice", ""), now());
        did.clear();
        machine.onBroken("gone", now());
        msUntilConnect(5_000);
        did.clear();

        machine.onShown(next.identity().fingerprint(), known(former.identity().fingerprint()), now());

        assertThat(did).containsExactly("Hello");
    }

    @Test
    void shouldFallBackToClassicWhereNothingWasEverPinned() {
        machine.start(now());
        machine.onClassic(known(), 0);
        advanceMs(60_000);

        assertThat(did).containsExactly("connect", "disconnect", "classic");
        assertThat(events).isEmpty();
    }

    private SessionMachine throughSsh() {
        return machine(3, true, 0, new SshAccess(SshHost.parse("ssh://relay.example"), 8888, null));
    }

    @Test
    void shouldNotFallBackToClassicThroughSsh() {
        machine = throughSsh();
        machine.start(now());
        machine.onClassic(known(), 0);

        assertThat(did).containsExactly("connect", "disconnect", "refused RELAY_REFUSED");
        assertThat(lastDetail).contains("classic relay", "ssh", "--server HOST");
    }

    @Test
    void shouldGiveSshTimeToConnect() {
        machine = throughSsh();
        machine.start(now());
        advanceMs(SshStream.CONNECT_MS + 3 * TIMEOUT_MS - 1);
        assertThat(did).containsExactly("connect");

        advanceMs(1);

        assertThat(did).contains("lost 1");
    }

    @Test
    void shouldNotFallBackWhereAFingerprintWasEverPinned() {
        machine.start(now());
        machine.onClassic(known(OTHER), 0);

        assertThat(did).containsExactly("connect", "disconnect", "refused RELAY_UNTRUSTED");
        assertThat(lastDetail).contains("may be intercepted", "--classic", "unencrypted", OTHER.text());
    }

    @ParameterizedTest
    @CsvSource({
        "NAME_TAKEN, NAME_REFUSED", "BAD_NAME, NAME_REFUSED", "NOT_ALLOWED, NAME_REFUSED", "FULL, RELAY_FULL",
        "TOO_MANY, RELAY_REFUSED", "INTERNAL, RELAY_REFUSED", "BAD_MESSAGE, RELAY_REFUSED",
                "BAD_VERSION, RELAY_REFUSED",
    })
    void shouldEndWhenTheRelayRefuses(RefusalCode code, EndReason reason) {
        machine.start(now());
        machine.onShown(SHOWN, known(SHOWN), now());
        machine.onMessage(new RelayMessage.Error(code, "no\u001b[2J!"), now());
        advanceMs(60_000);

        assertThat(did).containsExactly("connect", "Hello", "disconnect", "refused " + reason);
        assertThat(lastDetail).contains("(" + code.wire() + ": no?[2J!)");
    }

    @Test
    void shouldReturnQuicklyToARelayThatAnnouncedItsEnd() {
        signIn();
        machine.onMessage(new RelayMessage.Draining("two.example:8888", 30_000), now());
        assertThat(did).containsExactly("sent to two.example:8888");
        assertThat(events)
                .containsExactly(new SessionEvent.RelayDraining("relay.example:8888", "two.example:8888", 30_000));

        for (int attempt = 0; attempt < 20; attempt++) {
            did.clear();
            machine.onBroken("nothing listens", now());
            assertThat(msUntilConnect(5_000)).as("attempt %s", attempt).isBetween(300L, 700L);
        }
        advanceMs(SessionMachine.RETURN_MS + 30_000);
        for (int attempt = 0; attempt < 5; attempt++) {
            did.clear();
            machine.onBroken("nothing listens", now());
            msUntilConnect(5_000);
        }
        did.clear();
        machine.onBroken("nothing listens", now());
        assertThat(msUntilConnect(5_000)).as("it stays away").isGreaterThan(3_000);
    }

    @Test
    void shouldTryAgainAtARelayThatStopsAndSayThatOnce() {
        machine.start(now());
        for (int attempt = 0; attempt < 3; attempt++) {
            machine.onShown(SHOWN, known(SHOWN), now());
            machine.onMessage(new RelayMessage.Error(RefusalCode.DRAINING, "", null, null), now());
            if (attempt < 2) {
                did.clear();
                msUntilConnect(5_000);
            }
        }

        assertThat(did).endsWith("refused RELAY_STOPPING");
        assertThat(lastDetail).isEqualTo("the relay is about to stop (draining)");
        assertThat(events.stream().filter(SessionEvent.RelayDraining.class::isInstance))
                .containsExactly(new SessionEvent.RelayDraining("relay.example:8888", "", 0));
    }

    @ParameterizedTest
    @CsvSource({"SIGNED_OUT, SIGNED_OUT, ''", "BLOCKED, BLOCKED, this certificate is?blocked"})
    void shouldSayWhatTheOperatorHasDone(OperatorAction action, EndReason reason, String detail) {
        signIn();
        did.clear();
        machine.onMessage(
                new RelayMessage.Error(RefusalCode.NOT_ALLOWED, "this certificate is\nblocked", action), now());

        assertThat(did).containsExactly("disconnect", "refused " + reason);
        assertThat(lastDetail).isEqualTo(detail);
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "TOO_MANY", "INTERNAL"})
    void shouldComeBackFromWhatPassesOnceItWasSignedIn(RefusalCode code) {
        signIn();
        advanceMs(SessionMachine.STEADY_MS);
        machine.onBroken("gone", now());
        msUntilConnect(1);
        machine.onShown(SHOWN, known(SHOWN), now());
        did.clear();
        machine.onMessage(new RelayMessage.Error(code, ""), now());

        assertThat(did).containsExactly("disconnect", "lost 2");
        assertThat(msUntilConnect(10_000)).isBetween(400L, 601L);
    }

    @Test
    void shouldNotSignInAgainIfTheNameHasAnotherOwner() {
        signIn();
        machine.onBroken("gone", now());
        msUntilConnect(1_000);
        machine.onShown(SHOWN, known(SHOWN), now());
        machine.onMessage(new RelayMessage.Error(RefusalCode.NAME_TAKEN, ""), now());

        assertThat(did).endsWith("refused NAME_REFUSED");
    }

    @Test
    void shouldGiveUpAfterAsManyTriesAsWereWanted() {
        machine.start(now());
        did.clear();
        machine.onBroken("nothing listens", now());
        msUntilConnect(1_000);
        did.clear();
        machine.onBroken("nothing listens", now());
        assertThat(did).containsExactly("disconnect", "lost 2");
        msUntilConnect(2_000);
        did.clear();
        machine.onBroken("nothing listens", now());

        assertThat(did).containsExactly("disconnect", "refused RELAY_UNREACHABLE");
        assertThat(lastDetail).isEqualTo("nothing listens");
        did.clear();
        advanceMs(60_000);
        assertThat(did).isEmpty();
    }

    @Test
    void shouldTryForEverWhereThatIsWanted() {
        machine = machine(0, true);
        machine.start(now());
        for (int i = 1; i <= 50; i++) {
            did.clear();
            machine.onBroken("nothing listens", now());
            assertThat(did).containsExactly("disconnect", "lost " + i);
            assertThat(msUntilConnect(5_000)).isLessThanOrEqualTo(4_801);
        }
    }

    @Test
    void shouldNotWaitForARelayThatTakesTheConnectionAndSaysNothing() {
        machine.start(now());
        advanceMs(3 * TIMEOUT_MS - 1);
        assertThat(did).containsExactly("connect");
        advanceMs(1);

        assertThat(did).containsExactly("connect", "disconnect", "lost 1");
    }

    @Test
    void shouldNotWaitForARelayThatDoesNotAnswerTheHello() {
        machine.start(now());
        machine.onShown(SHOWN, known(SHOWN), now());
        advanceMs(TIMEOUT_MS);

        assertThat(did).containsExactly("connect", "Hello", "disconnect", "lost 1");
    }

    @Test
    void shouldPublishWhereTheRelaySeesPacketsLost() {
        signIn();
        machine.onMessage(
                new RelayMessage.Legs(
                        "0".repeat(32),
                        new RelayMessage.Leg(1_000, 12, 1_250, 985, 3),
                        new RelayMessage.Leg(995, 5, 500, -1, 0)),
                now());
        assertThat(events)
                .last()
                .isEqualTo(new SessionEvent.Legs(
                        new SessionEvent.Leg(1_000, 12, 1.25),
                        new SessionEvent.Leg(985, 3, null),
                        new SessionEvent.Leg(995, 5, 0.5),
                        null));
        assertThat(did).contains("legs").doesNotContain("heard Legs");
    }

    @Test
    void shouldIgnoreMessagesBeforeTheWelcome() {
        machine.start(now());
        machine.onMessage(welcome("alice", ""), now());
        machine.onShown(SHOWN, known(SHOWN), now());
        machine.onMessage(new RelayMessage.Ended("0".repeat(32), CallEnding.HUNG_UP), now());
        machine.onMessage(new RelayMessage.Pong(0), now());

        assertThat(did).containsExactly("connect", "Hello");
        assertThat(machine.isSignedIn()).isFalse();
    }

    @Test
    void shouldShowNothingOfAWelcomeThatIsNoNameOrAddress() {
        machine.start(now());
        machine.onShown(SHOWN, known(SHOWN), now());
        machine.onMessage(welcome("alice", "\u001b]0;x\u0007"), now());
        assertThat(events).contains(new SessionEvent.SignedIn("alice", "", false));

        machine = machine(1, true);
        machine.start(now());
        machine.onShown(SHOWN, known(SHOWN), now());
        machine.onMessage(welcome("\u001b[2J", ""), now());
        assertThat(did).endsWith("refused RELAY_UNREACHABLE");
    }

    @Test
    void shouldPassOnTheMessagesOfTheRelay() {
        signIn();
        machine.onMessage(new RelayMessage.Ended("0".repeat(32), CallEnding.HUNG_UP), now());
        machine.onMessage(welcome("alice", ""), now());

        assertThat(did).as("a second welcome means nothing").containsExactly("heard Ended");
    }

    /** The relay closes a connection that is silent for 3.5 of its intervals. */
    @ParameterizedTest
    @CsvSource({"60000, 10000", "10001, 10000", "3000, 3000", "0, 10000"})
    void shouldSendHeartbeatsAtTheShorterOfBothIntervals(int ownMs, int usedMs) {
        machine = machine(3, true, ownMs);
        machine.start(now());
        machine.onShown(SHOWN, known(SHOWN), now());
        machine.onMessage(welcome("alice", "192.0.2.7:1"), now());
        did.clear();
        advanceMs(usedMs - 1);
        assertThat(did).isEmpty();
        advanceMs(1);

        assertThat(did).containsExactly("ping 1");
    }

    @Test
    void shouldWishALongerHeartbeatAndUseItIfItIsGranted() {
        machine = machine(3, true, 45_000);
        machine.start(now());
        machine.onShown(SHOWN, known(SHOWN), now());
        assertThat(said)
                .singleElement()
                .isInstanceOfSatisfying(
                        ClientMessage.Hello.class,
                        hello -> assertThat(hello.heartbeatMs()).isEqualTo(45_000));
        machine.onMessage(
                new RelayMessage.Welcome("alice", false, 9999, "0".repeat(16), "0".repeat(64), "192.0.2.7:1", 45_000),
                now());
        did.clear();
        advanceMs(44_999);
        assertThat(did).isEmpty();
        advanceMs(1);

        assertThat(did).containsExactly("ping 1");
    }

    @Test
    void shouldShowTheZoneOfAnAddress() {
        machine.start(now());
        machine.onShown(SHOWN, known(SHOWN), now());
        machine.onMessage(welcome("alice", "[fe80::1%eth0]:4000"), now());

        assertThat(events).contains(new SessionEvent.SignedIn("alice", "[fe80::1%eth0]:4000", false));
    }

    private void hear(String json) {
        machine.onUnreadable(
                MessageJson.explainRelay(json.getBytes(StandardCharsets.UTF_8)).orElseThrow(), now());
    }

    @Test
    void shouldEndACallInAFormatOfALaterVersionAndSaySo() {
        signIn();
        String connected = "{'type':'connected','call':'%s','peer':'bob','codec':'opus','packets':'srtp'}"
                .formatted("0".repeat(32))
                .replace('\'', '"');
        hear(connected);
        assertThat(did).containsExactly("Hangup", "heard Ended");
        assertThat(events)
                .containsExactly(new SessionEvent.RelayMessageUnreadable("connected", "unknown packets 'srtp'"));
        hear(connected.replace("opus", "evs").replace("srtp", "rtp"));

        assertThat(events).as("once is enough").hasSize(1);
    }

    @Test
    void shouldRejectACallWithoutAKnownCodecAndSaySo() {
        signIn();
        hear("{'type':'incoming','call':'%s','from':'bob','codecs':['evs']}"
                .formatted("0".repeat(32))
                .replace('\'', '"'));

        assertThat(did).containsExactly("Reject");
        assertThat(events).containsExactly(new SessionEvent.RelayMessageUnreadable("incoming", "no known codec"));
    }

    @Test
    void shouldSayThatItCannotUseTheWelcome() {
        machine = machine(1, true);
        machine.start(now());
        machine.onShown(SHOWN, known(SHOWN), now());
        hear("{\"type\":\"welcome\",\"name\":\"alice\"}");

        assertThat(did).endsWith("refused RELAY_UNREACHABLE");
        assertThat(lastDetail)
                .isEqualTo("the relay's answer cannot be used (a field is missing or invalid);"
                        + " it may require a later version");
    }

    @Test
    void shouldSayTheReasonOfARefusalThatItDoesNotKnow() {
        machine.start(now());
        machine.onShown(SHOWN, known(SHOWN), now());
        machine.onMessage(
                MessageJson.readRelay("{\"type\":\"error\",\"code\":\"pay-first\",\"text\":\"5 euros\"}".getBytes())
                        .orElseThrow(),
                now());

        assertThat(did).endsWith("refused RELAY_REFUSED");
        assertThat(lastDetail).isEqualTo("for a reason that this version does not know (pay-first: 5 euros)");
    }

    @Test
    void shouldMeasureTheRoundTripWithEachHeartbeat() {
        signIn();
        advanceMs(HEARTBEAT_MS - 1);
        assertThat(did).isEmpty();
        advanceMs(1);
        clock.advanceMs(35);
        machine.onMessage(new RelayMessage.Pong(1), now());
        advanceMs(HEARTBEAT_MS - 36);
        assertThat(did).containsExactly("ping 1");
        advanceMs(1);

        assertThat(did).containsExactly("ping 1", "ping 2");
        assertThat(events).containsExactly(new CallEvent.RelayAnswered("PING", "PONG", 35.0));
    }

    @Test
    void shouldForgiveOneMissingPong() {
        signIn();
        advanceMs(HEARTBEAT_MS);
        advanceMs(TIMEOUT_MS);
        assertThat(did).containsExactly("ping 1", "ping 2");
        clock.advanceMs(100);
        machine.onMessage(new RelayMessage.Pong(1), now());
        advanceMs(TIMEOUT_MS);

        assertThat(did).containsExactly("ping 1", "ping 2");
        assertThat(events)
                .containsExactly(
                        new CallEvent.RelayFailed("PING", "no answer within 2000 ms", 1),
                        new CallEvent.RelayAnswered("PING", "PONG", TIMEOUT_MS + 100.0));
    }

    @Test
    void shouldTreatTheConnectionAsLostAfterTwoMissingPongs() {
        signIn();
        advanceMs(HEARTBEAT_MS);
        advanceMs(TIMEOUT_MS);
        advanceMs(TIMEOUT_MS);

        assertThat(did).containsExactly("ping 1", "ping 2", "disconnect", "lost 1 at once");
        advanceMs(0);
        assertThat(did).endsWith("connect");
        assertThat(events).contains(new SessionEvent.SessionLost("no answer within 2000 ms", 1, 0));
    }

    @ParameterizedTest
    @CsvSource({"0", "2", "99"})
    void shouldIgnoreAnUnsolicitedPong(long id) {
        signIn();
        machine.onMessage(new RelayMessage.Pong(1), now());
        advanceMs(HEARTBEAT_MS);
        machine.onMessage(new RelayMessage.Pong(id), now());
        advanceMs(TIMEOUT_MS);

        assertThat(did).containsExactly("ping 1", "ping 2");
    }

    @Test
    void shouldComeBackAtOnceAndThenAtLongerAndLongerIntervals() {
        signIn();
        advanceMs(SessionMachine.STEADY_MS);
        machine.onBroken("gone", now());
        assertThat(did).containsExactly("disconnect", "lost 1 at once");
        assertThat(msUntilConnect(1)).isLessThanOrEqualTo(1);
        long[] leastMs = {400, 800, 1600, 3200, 3200};
        for (long least : leastMs) {
            did.clear();
            machine.onBroken("gone", now());
            assertThat(msUntilConnect(6_000)).isBetween(least, least * 3 / 2 + 1);
        }
    }

    @Test
    void shouldNotHammerARelayThatTakesUsAndDropsUsAgain() {
        signIn();
        long triedMs = clock.elapsedMs();
        for (int i = 0; i < 10; i++) {
            machine.onBroken("gone", now());
            did.clear();
            msUntilConnect(6_000);
            machine.onShown(SHOWN, known(SHOWN), now());
            machine.onMessage(welcome("alice", ""), now());
        }

        assertThat(clock.elapsedMs() - triedMs).isGreaterThan(20_000);
    }

    @Test
    void shouldReconnectAtOnceWhenTheAddressChanges() {
        signIn();
        machine.onAddressChanged(now());
        assertThat(did).containsExactly("disconnect", "lost 1");
        advanceMs(0);

        assertThat(did).endsWith("connect");
    }

    @Test
    void shouldDoNothingMoreOnceItIsOver() {
        signIn();
        machine.stop();
        machine.onBroken("gone", now());
        machine.onAddressChanged(now());
        advanceMs(60_000);

        assertThat(did).isEmpty();
        assertThat(machine.idleNs(now())).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldSleepUntilThereIsSomethingToDo() {
        assertThat(machine.idleNs(now())).isEqualTo(Long.MAX_VALUE);
        signIn();
        assertThat(machine.idleNs(now())).isEqualTo(HEARTBEAT_MS * 1_000_000L);
    }

    private static final String CALL = "0".repeat(32);

    /** Loses the connection and signs in again; returns what was said after the welcome. */
    private List<String> signInAgain(String udpSession) {
        machine.onBroken("gone", now());
        msUntilConnect(1_000);
        machine.onShown(SHOWN, known(SHOWN), now());
        did.clear();
        machine.onMessage(
                new RelayMessage.Welcome(
                        "alice", true, 9999, udpSession, "0".repeat(64), "192.0.2.9:4000", HEARTBEAT_MS),
                now());
        return did.stream().filter(what -> !what.startsWith("signed in")).toList();
    }

    @Test
    void shouldSendTheEndOfACallAfterTheNextSignInIfThereIsNoConnection() {
        signIn();
        machine.onBroken("gone", now());
        machine.say(new ClientMessage.Hangup(CALL));
        machine.say(new ClientMessage.Accept(CALL, new MediaOffer(List.of(MediaCodec.OPUS), MediaFeatures.NONE)));
        assertThat(did).doesNotContain("Hangup", "Accept");
        msUntilConnect(1_000);
        machine.onShown(SHOWN, known(SHOWN), now());
        did.clear();

        machine.onMessage(welcome("alice", "192.0.2.9:4000"), now());

        assertThat(did).containsExactly("Hangup", "signed in as alice");
    }

    @Test
    void shouldRepeatTheEndOfACallUntilTheNextHeartbeatIsAnswered() {
        signIn();
        advanceMs(HEARTBEAT_MS);
        machine.say(new ClientMessage.Reject(CALL));
        // Answers a ping that was sent before.
        machine.onMessage(new RelayMessage.Pong(1), now());
        advanceMs(HEARTBEAT_MS);

        assertThat(signInAgain("0".repeat(16))).containsExactly("Reject");
        advanceMs(HEARTBEAT_MS);
        machine.onMessage(new RelayMessage.Pong(3), now());

        assertThat(signInAgain("0".repeat(16))).isEmpty();
    }

    @Test
    void shouldKeepABoundedNumberOfMessages() {
        signIn();
        for (int i = 0; i < 1_000; i++) {
            machine.say(new ClientMessage.Hangup(String.format("%032x", i)));
        }

        assertThat(signInAgain("0".repeat(16))).hasSize(Outbox.MAX_KEPT);
    }

    @Test
    void shouldSayHowManyMessagesAboutCallsItHasReceivedInTheSession() {
        signIn();
        assertThat(hello().features().contains(SessionFeature.ACK)).isTrue();
        assertThat(hello().received()).isZero();
        machine.onMessage(new RelayMessage.Missed("dora", 0), now());
        machine.onMessage(new RelayMessage.Ended(CALL, CallEnding.HUNG_UP), now());
        machine.onMessage(new RelayMessage.Contacts(List.of(), false), now());
        advanceMs(HEARTBEAT_MS);
        assertThat(said).last().isEqualTo(new ClientMessage.Ping(1, 2));

        signInAgain("0".repeat(16));
        assertThat(hello().received()).isEqualTo(2);
        signInAgain("1".repeat(16));
        assertThat(hello().received()).isEqualTo(2);
        signInAgain("1".repeat(16));
        assertThat(hello().received()).isZero();
    }

    /** Returns the newest hello. */
    private ClientMessage.Hello hello() {
        return said.stream()
                .filter(ClientMessage.Hello.class::isInstance)
                .map(ClientMessage.Hello.class::cast)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
