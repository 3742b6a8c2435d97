package voiptui.media.secure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.crypto.SrtpKeys;
import voiptui.crypto.SrtpProfile;
import voiptui.crypto.SrtpProtector;
import voiptui.crypto.SrtpSender;
import voiptui.crypto.SrtpUnprotector;
import voiptui.crypto.SrtpUnprotector.Result;
import voiptui.rtp.RtpPacket;

class SecureStateTest {

    private final SrtpKeys.Pair keys = SrtpKeys.ofMaterial(SrtpProfile.AEAD_AES_128_GCM, new byte[56], true);
    private final SrtpSender sender = new SrtpSender(keys.sent());
    private final SrtpProtector protector = sender.protector();
    private int sequence;

    private static ByteBuffer packet(int sequence) {
        ByteBuffer packet = ByteBuffer.allocate(60);
        RtpPacket.writeHeader(packet, false, 111, sequence, 960, 1);
        return packet;
    }

    private boolean sends() {
        return protector.protect(packet(++sequence), ByteBuffer.allocate(100));
    }

    private static boolean isClosed(SrtpUnprotector unprotector) {
        return unprotector.unprotect(packet(1), ByteBuffer.allocate(100)) == Result.CLOSED;
    }

    private static SecureState change(SecureState from, SecureState to) {
        from.closeKeysNotIn(to);
        return to;
    }

    @Test
    void shouldCloseKeysForSendingWhenTheyAreReplaced() {
        SecureState state = change(SecureState.SILENT, SecureState.SILENT.withSender(sender));
        assertThat(sends()).isTrue();

        state = change(state, state.withUnprotector(new SrtpUnprotector(keys.received())));
        assertThat(sends()).isTrue();

        change(state, state.withSender(new SrtpSender(keys.sent())));
        assertThat(sends()).isFalse();
    }

    @Test
    void shouldKeepTheLastFourKeysForReceivingAndCloseOlderOnes() {
        SecureState state = SecureState.SILENT;
        List<SrtpUnprotector> unprotectors = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            SrtpUnprotector newest = new SrtpUnprotector(keys.received());
            unprotectors.add(newest);
            state = change(state, state.withUnprotector(newest));
            assertThat(state.unprotectors()).first().isSameAs(newest);
        }

        assertThat(unprotectors)
                .extracting(SecureStateTest::isClosed)
                .containsExactly(true, false, false, false, false);
    }

    @Test
    void shouldCloseAllKeysAtTheEndOfACall() {
        SrtpUnprotector unprotector = new SrtpUnprotector(keys.received());
        SecureState state = SecureState.SILENT.withSender(sender).withUnprotector(unprotector);

        change(state, SecureState.SILENT);

        assertThat(sends()).isFalse();
        assertThat(isClosed(unprotector)).isTrue();
    }
}
