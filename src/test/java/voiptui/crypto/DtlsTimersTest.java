package voiptui.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.crypto.MediaSecurity.Role;
import voiptui.time.NanoClock;

/** The timers of a handshake, which runs 25 times as fast as it does in a call. */
@Timeout(60)
class DtlsTimersTest {

    private static final int FASTER = 25;
    /** A flight in vain is repeated within this time. */
    private static final int MAX_WAIT_MS = 1_000;

    /** A network that nothing comes back from. */
    private static final class Silence implements DatagramTransport {
        final List<Integer> waitsMs = new ArrayList<>();

        @Override
        public int receive(byte[] buffer, int at, int room, int waitMs) {
            waitsMs.add(waitMs);
            LockSupport.parkNanos(waitMs * NanoClock.NS_PER_MS);
            return -1;
        }

        @Override
        public void send(byte[] buffer, int at, int bytes) {}

        @Override
        public int getReceiveLimit() {
            return 1_500;
        }

        @Override
        public int getSendLimit() {
            return 1_200;
        }

        @Override
        public void close() {}
    }

    /** Our timers. */
    private static final class FastClient extends OtherClient {

        FastClient() {
            super(1, true);
        }

        @Override
        public int getHandshakeResendTimeMillis() {
            return DtlsHandshake.FIRST_RESEND_MS / FASTER;
        }

        @Override
        public int getHandshakeTimeoutMillis() {
            return DtlsSession.limitMs(Role.ACTIVE, 0) / FASTER;
        }
    }

    @Test
    void shouldRepeatWhatWasSentInVainWithinASecond() {
        Silence network = new Silence();
        // The first attempt may be over before its classes are loaded.
        while (network.waitsMs.size() < 2) {
            network.waitsMs.clear();
            assertThatThrownBy(() -> new DTLSClientProtocol().connect(new FastClient(), network))
                    .isInstanceOf(TlsTimeoutException.class);
        }

        assertThat(network.waitsMs).allSatisfy(waitMs -> assertThat(waitMs)
                .isLessThanOrEqualTo(MAX_WAIT_MS / FASTER));
    }

    @Test
    void shouldAllowMoreTimeNowAndThen() {
        assertThat(List.of(0, 1, 2, 3, 4, 5))
                .extracting(failures -> DtlsSession.limitMs(Role.ACTIVE, failures))
                .containsExactly(2_300, 2_300, 5_000, 2_300, 2_300, 5_000);
        assertThat(DtlsSession.limitMs(Role.PASSIVE, 0)).isEqualTo(5_000);
    }
}
