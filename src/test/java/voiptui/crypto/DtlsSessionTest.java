package voiptui.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static voiptui.crypto.HandshakePair.CALLEE;
import static voiptui.crypto.HandshakePair.CALLER;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.crypto.HandshakePair.End;
import voiptui.crypto.HandshakePair.Impairment;
import voiptui.crypto.HandshakePair.Outcome;
import voiptui.crypto.MediaSecurity.Role;
import voiptui.identity.Identity;
import voiptui.rtp.RtpPacket;
import voiptui.time.NanoClock;

@Timeout(120)
class DtlsSessionTest {

    /** Longer than the first pause between two attempts. */
    private static final int LATENCY_MS = 150;

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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldAgreeOverABadNetwork(long seed) throws InterruptedException {
        Impairment bad = new Impairment(0.3, 0.2, 0.2, 0);
        End caller = caller(bad, seed);
        End callee = callee(bad, 100 + seed);
        HandshakePair.join(caller, callee);
        caller.session.start();
        callee.session.start();

        assertThatKeysFit(caller.await(), callee.await());
    }

    /** Whoever changes datagrams can delay the keys, but not make the two agree on different ones. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldAgreeAlthoughDatagramsAreChanged(long seed) throws InterruptedException {
        Impairment hostile = new Impairment(0.05, 0.1, 0.1, 0.1);
        End caller = caller(hostile, seed);
        End callee = callee(hostile, 100 + seed);
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
