package voiptui.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static voiptui.crypto.HandshakePair.CALLEE;
import static voiptui.crypto.HandshakePair.CALLER;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.crypto.HandshakePair.EarlyKeys;
import voiptui.crypto.HandshakePair.End;
import voiptui.crypto.HandshakePair.Impairment;
import voiptui.crypto.HandshakePair.Outcome;
import voiptui.crypto.MediaSecurity.Role;
import voiptui.identity.Identity;
import voiptui.net.DatagramSender;
import voiptui.rtp.RtpPacket;
import voiptui.time.NanoClock;

@Timeout(120)
class DtlsSessionTest {

    /** Longer than the first pause between two attempts. */
    private static final int LATENCY_MS = 150;

    private static final byte CHANGE_CIPHER_SPEC = 20;
    private static final int EPOCH_AT = 4;

    private final HandshakePair pair = new HandshakePair();

    @AfterEach
    void close() {
        pair.close();
        assertThat(pair.bugs).isEmpty();
    }

    private End caller(Impairment impairment, long seed) {
        return pair.end(CALLER, Role.ACTIVE, CALLEE, impairment, seed);
    }

    private End callee(Impairment impairment, long seed) {
        return pair.end(CALLEE, Role.PASSIVE, CALLER, impairment, seed);
    }

    /** What one side protects, the other one can read, both ways. */
    private static void assertThatKeysFit(Outcome caller, Outcome callee) {
        assertThat(caller.failure()).isEmpty();
        assertThat(callee.failure()).isEmpty();
        assertThat(caller.words()).hasSize(5).isEqualTo(callee.words());
        for (SrtpKeys[] way : new SrtpKeys[][] {
            {caller.keys().sent(), callee.keys().received()},
            {callee.keys().sent(), caller.keys().received()}
        }) {
            ByteBuffer packet = ByteBuffer.allocate(40);
            RtpPacket.writeHeader(packet, false, 111, 1, 2, 3);
            ByteBuffer wire = ByteBuffer.allocate(100);
            ByteBuffer plain = ByteBuffer.allocate(100);
            assertThat(new SrtpSender(way[0]).protector().protect(packet, wire)).isTrue();
            assertThat(new SrtpUnprotector(way[1]).unprotect(wire, plain)).isEqualTo(SrtpUnprotector.Result.ACCEPTED);
        }
    }

    @Test
    void shouldAgreeOnKeysAndWords() throws InterruptedException {
        End caller = caller(Impairment.NONE, 1);
        End callee = callee(Impairment.NONE, 2);
        HandshakePair.join(caller, callee);
        callee.session.start();
        caller.session.start();

        Outcome atCaller = caller.await();
        assertThatKeysFit(atCaller, callee.await());
        assertThat(atCaller.keys().sent().profile())
                .isEqualTo(SrtpProfile.offered().get(0));
    }

    /** What happens to the end of a handshake, the first time that it is sent. */
    private enum LastFlight {
        LOST,
        REPEATED,
        CHANGED,
        REVERSED
    }

    private static boolean isLastFlight(ByteBuffer datagram) {
        byte[] bytes = copy(datagram);
        return bytes[0] == CHANGE_CIPHER_SPEC || bytes[EPOCH_AT] == 1;
    }

    private static byte[] copy(ByteBuffer datagram) {
        byte[] copy = new byte[datagram.remaining()];
        datagram.get(datagram.position(), copy);
        return copy;
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowTheKeysBeforeTheEndWhateverBecomesOfIt(LastFlight what) throws InterruptedException {
        End caller = caller(Impairment.NONE, 1);
        End callee = callee(Impairment.NONE, 2);
        HandshakePair.join(caller, callee);
        DatagramSender toCaller = callee.out.to;
        List<ByteBuffer> held = new ArrayList<>();
        int[] seen = {0};
        callee.out.to = datagram -> {
            if (!isLastFlight(datagram) || ++seen[0] > 2) {
                return toCaller.send(datagram);
            }
            switch (what) {
                case LOST -> {}
                case REPEATED -> {
                    toCaller.send(datagram);
                    toCaller.send(datagram);
                }
                case CHANGED -> {
                    datagram.put(datagram.limit() - 1, (byte) (datagram.get(datagram.limit() - 1) ^ 1));
                    toCaller.send(datagram);
                }
                case REVERSED -> {
                    held.add(0, ByteBuffer.wrap(copy(datagram)));
                    if (held.size() == 2) {
                        held.forEach(toCaller::send);
                    }
                }
            }
            return 1;
        };
        callee.session.start();
        caller.session.start();

        Outcome atCaller = caller.await();
        Outcome atCallee = callee.await();
        assertThatKeysFit(atCaller, atCallee);
        assertThat(seen[0]).isGreaterThanOrEqualTo(2);
        assertThat(caller.early).containsExactly(new EarlyKeys(atCaller.keys(), true));
        assertThat(callee.early).containsExactly(new EarlyKeys(atCallee.keys(), true));
    }

    /** What the caller sent with other keys before the callee has them would be lost. */
    @Test
    void shouldSendWithOtherKeysOnlyWhenThePeerHasThem() throws InterruptedException {
        End caller = caller(Impairment.NONE, 1);
        End callee = callee(Impairment.NONE, 2);
        HandshakePair.join(caller, callee);
        callee.session.start();
        caller.session.start();
        caller.await();
        callee.await();
        caller.early.clear();
        callee.early.clear();

        caller.session.renew();

        Outcome atCaller = caller.await();
        assertThat(caller.early).containsExactly(new EarlyKeys(atCaller.keys(), false));
        assertThat(callee.early).containsExactly(new EarlyKeys(callee.await().keys(), true));
    }

    /** Damage, or somebody else's certificate: the same keys may be somebody else's. */
    @Test
    void shouldNotKnowTheKeysEarlyWithAnotherCertificate() throws InterruptedException {
        Identity other = Identity.create();
        End caller = caller(Impairment.NONE, 1);
        End impostor = pair.end(other, Role.PASSIVE, CALLER, Impairment.NONE, 2);
        HandshakePair.join(caller, impostor);
        impostor.session.start();
        caller.session.start();

        assertThat(caller.await().failure()).contains(other.fingerprint().text());
        assertThat(caller.early).isEmpty();
    }

    /** The passive side ends such a handshake before its own end, so that it fails at both. */
    @Test
    void shouldTellTheCallerThatItsCertificateIsNotTheExpectedOne() throws InterruptedException {
        End caller = pair.end(Identity.create(), Role.ACTIVE, CALLEE, Impairment.NONE, 1);
        End callee = callee(Impairment.NONE, 2);
        HandshakePair.join(caller, callee);
        callee.session.start();
        caller.session.start();

        assertThat(caller.await().failure()).isEqualTo("the other side does not accept our certificate");
        assertThat(callee.await().failure()).startsWith("somebody else answered");
        assertThat(callee.early).isEmpty();
    }

    @Test
    void shouldRefuseACallerWithSeveralCertificates() throws InterruptedException {
        assertThat(alertTo(new OtherClient(2, true))).isEqualTo(AlertDescription.unsupported_certificate);
    }

    @Test
    void shouldRefuseACallerWhoseKeysAreNotBoundToTheHandshake() throws InterruptedException {
        assertThat(alertTo(new OtherClient(1, false))).isEqualTo(AlertDescription.handshake_failure);
    }

    @Test
    void shouldAcceptAnotherProgram() throws InterruptedException {
        assertThat(alertTo(new OtherClient(1, true))).isEqualTo(-1);
    }

    /** Returns how the callee ends the handshake with a client; -1: it is complete. */
    private int alertTo(OtherClient client) throws InterruptedException {
        End callee = callee(Impairment.NONE, 2);
        DatagramInbox inbox = new DatagramInbox(NanoClock.SYSTEM);
        callee.out.to = datagram -> inbox.offer(datagram) ? 1 : 0;
        DatagramSender toCallee = datagram -> callee.session.onDatagram(datagram) ? 1 : 0;
        callee.session.start();
        try {
            new DTLSClientProtocol().connect(client, new DtlsPath(inbox, toCallee, false, NanoClock.SYSTEM));
            return -1;
        } catch (TlsFatalAlertReceived alert) {
            return alert.getAlertDescription();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldAgreeOverABadNetwork(long seed) throws InterruptedException {
        Impairment bad = new Impairment(0.3, 0.2, 0.2, 0);
        End caller = caller(bad, seed);
        End callee = callee(bad, 100 + seed);
        HandshakePair.join(caller, callee);
        caller.session.start();
        callee.session.start();

        assertThatKeysFitInTheEnd(caller, callee);
    }

    /** One side may complete an attempt that the other gives up: another attempt follows then. */
    private static void assertThatKeysFitInTheEnd(End caller, End callee) throws InterruptedException {
        Outcome here = caller.await();
        Outcome there = callee.await();
        long deadlineNs = System.nanoTime() + 60_000 * NanoClock.NS_PER_MS;
        while (!here.words().equals(there.words()) && System.nanoTime() < deadlineNs) {
            Outcome nextHere = caller.outcomes.poll(100, TimeUnit.MILLISECONDS);
            Outcome nextThere = callee.outcomes.poll(100, TimeUnit.MILLISECONDS);
            here = nextHere == null ? here : nextHere;
            there = nextThere == null ? there : nextThere;
        }
        assertThatKeysFit(here, there);
    }

    /** Whoever changes datagrams can delay the keys, but not make the two agree on different ones. */
    @Test
    void shouldAgreeAlthoughDatagramsAreChanged() throws InterruptedException {
        Impairment hostile = new Impairment(0.05, 0.1, 0.1, 0.1);
        End caller = caller(hostile, 3);
        End callee = callee(hostile, 103);
        HandshakePair.join(caller, callee);
        caller.session.start();
        callee.session.start();

        Outcome atCaller = caller.await();
        Outcome atCallee = callee.await();
        // One side may have succeeded in an attempt that failed at the other one.
        while (!atCaller.words().equals(atCallee.words())) {
            Outcome next = caller.outcomes.poll(10, TimeUnit.MILLISECONDS);
            atCaller = next == null ? atCaller : next;
            next = callee.outcomes.poll(10, TimeUnit.MILLISECONDS);
            atCallee = next == null ? atCallee : next;
        }
        assertThatKeysFit(atCaller, atCallee);
    }

    /** It makes this attempt fail; what answers this one must not make the next one fail, and so on. */
    @Test
    void shouldRecoverFromAnAnswerToAnEarlierAttempt() throws InterruptedException {
        List<byte[]> earlier = new CopyOnWriteArrayList<>();
        End before = caller(Impairment.NONE, 1);
        End answering = callee(Impairment.NONE, 2);
        HandshakePair.join(before, answering);
        answering.out.to = datagram -> {
            byte[] copy = new byte[datagram.remaining()];
            datagram.get(datagram.position(), copy);
            earlier.add(copy);
            return before.session.onDatagram(datagram) ? 1 : 0;
        };
        answering.session.start();
        before.session.start();
        assertThatKeysFit(before.await(), answering.await());

        End caller = caller(Impairment.NONE, 3);
        End callee = callee(Impairment.NONE, 4);
        HandshakePair.join(caller, callee);
        ScheduledExecutorService latency = Executors.newSingleThreadScheduledExecutor();
        callee.out.to = datagram -> {
            latency.schedule(() -> caller.session.onDatagram(datagram), LATENCY_MS, TimeUnit.MILLISECONDS);
            return 1;
        };
        caller.out.to = datagram -> {
            earlier.forEach(late -> caller.session.onDatagram(ByteBuffer.wrap(late)));
            earlier.clear();
            return callee.session.onDatagram(datagram) ? 1 : 0;
        };
        callee.session.start();
        caller.session.start();

        assertThatKeysFit(caller.await(), callee.await());
        latency.shutdownNow();
    }

    @Test
    void shouldFailIfSomebodyElseAnswers() throws InterruptedException {
        Identity other = Identity.create();
        End caller = caller(Impairment.NONE, 1);
        End impostor = pair.end(other, Role.PASSIVE, CALLER, Impairment.NONE, 2);
        HandshakePair.join(caller, impostor);
        impostor.session.start();
        caller.session.start();

        assertThat(caller.await().failure())
                .isEqualTo("somebody else answered: certificate " + other.fingerprint() + " instead of "
                        + CALLEE.fingerprint());
    }

    @Test
    void shouldFailIfSomebodyElseCalls() throws InterruptedException {
        Identity other = Identity.create();
        End impostor = pair.end(other, Role.ACTIVE, CALLEE, Impairment.NONE, 1);
        End callee = callee(Impairment.NONE, 2);
        HandshakePair.join(impostor, callee);
        callee.session.start();
        impostor.session.start();

        assertThat(callee.await().failure()).contains(other.fingerprint().text());
    }

    /** A relay that swaps the fingerprints in the signalling, too: the words tell. */
    @Test
    void shouldGiveBothSidesOtherWordsWithSomebodyInTheMiddle() throws InterruptedException {
        Identity middle = Identity.create();
        End caller = pair.end(CALLER, Role.ACTIVE, middle, Impairment.NONE, 1);
        End towardsCaller = pair.end(middle, Role.PASSIVE, CALLER, Impairment.NONE, 2);
        End towardsCallee = pair.end(middle, Role.ACTIVE, CALLEE, Impairment.NONE, 3);
        End callee = pair.end(CALLEE, Role.PASSIVE, middle, Impairment.NONE, 4);
        HandshakePair.join(caller, towardsCaller);
        HandshakePair.join(towardsCallee, callee);
        for (End end : new End[] {towardsCaller, callee, caller, towardsCallee}) {
            end.session.start();
        }

        assertThat(caller.await().words())
                .hasSize(5)
                .isNotEqualTo(callee.await().words());
    }

    @Test
    void shouldAgreeOnOtherKeysWhenTheCallerRenewsThem() throws InterruptedException {
        End caller = caller(Impairment.NONE, 1);
        End callee = callee(Impairment.NONE, 2);
        HandshakePair.join(caller, callee);
        callee.session.start();
        caller.session.start();
        Outcome first = caller.await();
        callee.await();

        callee.session.renew();
        caller.session.renew();

        Outcome second = caller.await();
        assertThatKeysFit(second, callee.await());
        assertThat(second.words()).isNotEqualTo(first.words());
    }

    /** The callee's phone was restarted; then the caller's. */
    @Test
    void shouldAgreeAgainWithAPhoneThatRestarted() throws InterruptedException {
        End caller = caller(Impairment.NONE, 1);
        End callee = callee(Impairment.NONE, 2);
        HandshakePair.join(caller, callee);
        callee.session.start();
        caller.session.start();
        assertThatKeysFit(caller.await(), callee.await());

        End restartedCallee = callee(Impairment.NONE, 3);
        HandshakePair.join(caller, restartedCallee);
        restartedCallee.session.start();
        caller.session.renew();
        assertThatKeysFit(caller.await(), restartedCallee.await());

        End restartedCaller = caller(Impairment.NONE, 4);
        HandshakePair.join(restartedCaller, restartedCallee);
        restartedCaller.session.start();
        assertThatKeysFit(restartedCaller.await(), restartedCallee.await());
    }

    @Test
    void shouldSurviveAFloodOfNonsense() throws InterruptedException {
        End caller = caller(Impairment.NONE, 1);
        End callee = callee(Impairment.NONE, 2);
        HandshakePair.join(caller, callee);
        callee.session.start();
        caller.session.start();
        caller.await();
        callee.await();

        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] nonsense = new byte[random.nextInt(100)];
            random.nextBytes(nonsense);
            if (nonsense.length > 2) {
                nonsense[0] = (byte) (20 + random.nextInt(6));
                nonsense[1] = (byte) 0xfe;
                nonsense[2] = (byte) 0xfd;
            }
            callee.out.to.send(ByteBuffer.wrap(nonsense));
            caller.out.to.send(ByteBuffer.wrap(nonsense));
        }
        caller.session.renew();

        Outcome again = caller.await();
        assertThatKeysFit(again, callee.await());
    }

    @Test
    void shouldWaitForACallerThatStartsLater() throws InterruptedException {
        End caller = caller(Impairment.NONE, 1);
        End callee = callee(Impairment.NONE, 2);
        HandshakePair.join(caller, callee);
        caller.session.start();
        while (caller.out.count < 4) {
            Thread.onSpinWait();
        }
        callee.session.start();

        assertThatKeysFit(caller.await(), callee.await());
    }

    @Test
    void shouldRefuseAFingerprintThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DtlsSession(
                        CALLER,
                        new MediaSecurity(Role.ACTIVE, "SHA256:no"),
                        ByteBuffer::remaining,
                        pair.end(CALLER, Role.ACTIVE, CALLEE, Impairment.NONE, 1),
                        NanoClock.SYSTEM,
                        (thread, bug) -> {}));
    }
}
