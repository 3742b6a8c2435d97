package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static voiptui.testkit.CapturedMedia.chiSquare;
import static voiptui.testkit.CapturedMedia.firstBytes;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voiptui.crypto.KeyLog;
import voiptui.crypto.SrtpUnprotector;
import voiptui.e2e.InProcessPhone.User;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Encryption;
import voiptui.event.SessionEvent;
import voiptui.testkit.CapturedMedia;
import voiptui.testkit.Interference;
import voiptui.testkit.RtpPacket;
import voiptui.testkit.ScriptedRelay;
import voiptui.testkit.V2Identity;
import voiptui.testkit.Wav;

/** What a relay sees of a call, one side of which is on UDP and the other in the tunnel; and what it would see with the keys. */
@Timeout(120)
class CaptureIT {

    private static final int RATE_HZ = InProcessPhone.FORMAT.sampleRateHz();
    private static final int SECONDS = 5;

    @TempDir
    private Path folder;

    @Test
    void shouldShowNoSpeechToTheRelayExceptWithTheKeys() throws Exception {
        CapturedMedia fromDora = new CapturedMedia();
        CapturedMedia fromBen = new CapturedMedia();
        short[] saidByDora = Wav.speech(SECONDS, 1, RATE_HZ);
        short[] saidByBen = Wav.speech(SECONDS, 2, RATE_HZ);
        KeyLog keysOfDora = new KeyLog();
        KeyLog keysOfBen = new KeyLog();
        try (ScriptedRelay relay = ScriptedRelay.start("127.0.0.1", V2Identity.create("relay"))) {
            relay.tunnel("ben");
            relay.interfere(new Interference() {
                @Override
                public List<byte[]> carry(String from, byte[] datagram) {
                    (from.equals("dora") ? fromDora : fromBen).add(datagram);
                    return List.of(datagram);
                }
            });
            try (InProcessPhone ben = InProcessPhone.answering(
                            User.named("ben"), relay.address(), folder, file(saidByBen, "ben"));
                    InProcessPhone dora = InProcessPhone.calling(
                            User.named("dora"), "ben", relay.address(), folder, file(saidByDora, "dora"))) {
                for (InProcessPhone phone : List.of(ben, dora)) {
                    phone.await(
                            CallEvent.EncryptionChanged.class, state -> state.encryption() == Encryption.END_TO_END);
                }
                keysOfDora.look(dora.session());
                keysOfBen.look(ben.session());
                ben.awaitCount(Counter.PACKETS_RECEIVED, 3 * 50);
                dora.awaitCount(Counter.PACKETS_RECEIVED, 3 * 50);
                dora.hangUp();
                ben.awaitSummary();
                assertThat(ben.all(SessionEvent.PathChanged.class))
                        .extracting(SessionEvent.PathChanged::path)
                        .contains(SessionEvent.MediaPath.TUNNEL)
                        .doesNotContain(SessionEvent.MediaPath.UDP);
                assertThat(dora.all(SessionEvent.PathChanged.class))
                        .extracting(SessionEvent.PathChanged::path)
                        .contains(SessionEvent.MediaPath.UDP);
            }
        }

        requireNoise(fromDora, saidByDora, keysOfDora);
        requireNoise(fromBen, saidByBen, keysOfBen);
    }

    private String file(short[] said, String name) throws Exception {
        return "file:" + Wav.write(folder.resolve(name + ".wav"), said, RATE_HZ);
    }

    private static void requireNoise(CapturedMedia captured, short[] said, KeyLog keys) {
        assertThat(captured.strangers()).isEmpty();
        List<byte[]> secret =
                captured.srtp().stream().map(CapturedMedia::payload).toList();
        List<byte[]> plain = decrypted(captured, keys);
        assertThat(plain).as("every frame that was sent").hasSameSizeAs(secret);
        short[] part = Arrays.copyOf(said, 2 * RATE_HZ);

        // Random bytes are outside of these bounds once in 10^12 runs.
        assertThat(chiSquare(secret)).isBetween(120.0, 450.0);
        assertThat(chiSquare(plain)).as("what is hidden is not random").isGreaterThan(450);
        assertThat(firstBytes(secret)).isGreaterThan(80);
        assertThat(firstBytes(plain)).isLessThan(20);
        assertThat(SpokenPackets.similarity(part, secret)).isLessThan(0.5);
        assertThat(SpokenPackets.similarity(part, plain)).isGreaterThan(0.8);
    }

    private static List<byte[]> decrypted(CapturedMedia captured, KeyLog keys) {
        assertThat(keys.size()).isEqualTo(1);
        SrtpUnprotector unprotector = keys.unprotectors().get(0);
        ByteBuffer packet = ByteBuffer.allocate(3_000);
        List<byte[]> payloads = new ArrayList<>();
        for (byte[] datagram : captured.datagrams()) {
            if (!CapturedMedia.isDtls(datagram)) {
                assertThat(unprotector.unprotect(ByteBuffer.wrap(datagram), packet))
                        .isEqualTo(SrtpUnprotector.Result.ACCEPTED);
                byte[] plain = Arrays.copyOf(packet.array(), packet.limit());
                if (RtpPacket.isRtp(plain)) {
                    payloads.add(CapturedMedia.payload(plain));
                }
            }
        }
        return payloads;
    }
}
