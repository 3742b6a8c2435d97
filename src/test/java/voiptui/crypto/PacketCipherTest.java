package voiptui.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class PacketCipherTest {

    private static final int SSRC = 0x1234_5678;
    private static final int TAG = SrtpProfile.TAG_BYTES;
    private static final int LONGEST = PacketCipher.MAX_BYTES - TAG;
    private static final byte UNTOUCHED = 0x55;

    private final PacketCipher.Factory ciphers;
    private final PacketCipher cipher;
    private final Random random = new Random(1);

    PacketCipherTest(Ciphers ciphers) {
        this.ciphers = ciphers.factory();
        this.cipher = create(this.ciphers, 1, 16, PacketCipher.Kind.RTP);
    }

    private static PacketCipher create(PacketCipher.Factory ciphers, int seed, int keyBytes, PacketCipher.Kind kind) {
        byte[] key = bytes(new Random(seed), keyBytes);
        return ciphers.create(new SecretKeySpec(key, "AES"), bytes(new Random(seed + 1), 12), kind);
    }

    @AfterEach
    void close() {
        cipher.close();
    }

    private static byte[] bytes(Random random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return drawn;
    }

    private ByteBuffer packet(int bytes) {
        return ByteBuffer.wrap(bytes(random, bytes));
    }

    private static ByteBuffer untouched(int bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            buffer.put(UNTOUCHED);
        }
        return buffer.clear();
    }

    /** Encrypts with a cipher of its own, since the JDK's does nothing twice with the same index. */
    private ByteBuffer encrypted(ByteBuffer packet, int clear) {
        ByteBuffer to = ByteBuffer.allocate(packet.remaining() + TAG);
        try (PacketCipher once = create(ciphers, 1, 16, PacketCipher.Kind.RTP)) {
            assertThat(once.encrypt(SSRC, 7, packet, packet.remaining(), clear, to))
                    .isEqualTo(to.limit());
        }
        return to;
    }

    @Test
    void shouldDecryptPacketsOfEveryLength() {
        ByteBuffer back = ByteBuffer.allocate(LONGEST);
        for (int bytes = 12; bytes <= LONGEST; bytes += bytes < 100 ? 1 : 97) {
            ByteBuffer packet = packet(bytes);

            assertThat(cipher.decrypt(SSRC, 7, encrypted(packet, 12), bytes + TAG, 12, back))
                    .isEqualTo(bytes);
            assertThat(back.slice(0, bytes)).isEqualTo(packet);
        }
    }

    @Test
    void shouldTakeTheLongestPacketAndNoLongerOne() {
        ByteBuffer back = ByteBuffer.allocate(LONGEST + 1);
        ByteBuffer longest = packet(LONGEST);

        assertThat(cipher.decrypt(SSRC, 7, encrypted(longest, 12), LONGEST + TAG, 12, back))
                .isEqualTo(LONGEST);
        assertThat(cipher.encrypt(SSRC, 7, packet(LONGEST + 1), LONGEST + 1, 12, ByteBuffer.allocate(4_000)))
                .isEqualTo(PacketCipher.FAILED);
        assertThat(cipher.decrypt(SSRC, 7, packet(4_000), LONGEST + TAG + 1, 12, back))
                .isEqualTo(PacketCipher.FAILED);
    }

    @Test
    void shouldRefuseLengthsBeyondTheBuffers() {
        ByteBuffer packet = packet(60);
        ByteBuffer to = ByteBuffer.allocate(60 + TAG);

        assertThat(cipher.encrypt(SSRC, 7, packet, 61, 12, to)).isEqualTo(PacketCipher.FAILED);
        assertThat(cipher.encrypt(SSRC, 7, packet, 60, 61, to)).isEqualTo(PacketCipher.FAILED);
        assertThat(cipher.encrypt(SSRC, 7, packet, 60, -1, to)).isEqualTo(PacketCipher.FAILED);
        assertThat(cipher.encrypt(SSRC, 7, packet, -1, -1, to)).isEqualTo(PacketCipher.FAILED);
        assertThat(cipher.encrypt(SSRC, 7, packet, 60, 12, to.slice(0, 60 + TAG - 1)))
                .isEqualTo(PacketCipher.FAILED);
        ByteBuffer secured = encrypted(packet, 12);
        assertThat(cipher.decrypt(SSRC, 7, secured, 60 + TAG + 1, 12, to)).isEqualTo(PacketCipher.FAILED);
        assertThat(cipher.decrypt(SSRC, 7, secured, 12 + TAG - 1, 12, to)).isEqualTo(PacketCipher.FAILED);
        assertThat(cipher.decrypt(SSRC, 7, secured, 60 + TAG, -1, to)).isEqualTo(PacketCipher.FAILED);
        assertThat(cipher.decrypt(SSRC, 7, secured, 60 + TAG, 12, to.slice(0, 59)))
                .isEqualTo(PacketCipher.FAILED);
        assertThat(cipher.decrypt(SSRC, 7, secured, 60 + TAG, 12, to)).isEqualTo(60);
    }

    /** A receiver may not read what somebody has made up. */
    @Test
    void shouldWriteNothingOfAPacketThatIsNotAuthentic() {
        ByteBuffer secured = encrypted(packet(60), 12);
        ByteBuffer back = untouched(100);
        for (int at = 0; at < secured.limit(); at++) {
            secured.put(at, (byte) (secured.get(at) ^ 0x10));
            assertThat(cipher.decrypt(SSRC, 7, secured, secured.limit(), 12, back))
                    .as("byte %d", at)
                    .isEqualTo(PacketCipher.FAILED);
            secured.put(at, (byte) (secured.get(at) ^ 0x10));
            assertThat(cipher.decrypt(SSRC, 7, secured, at, Math.min(at, 12), back))
                    .as("%d bytes", at)
                    .isEqualTo(PacketCipher.FAILED);
        }
        assertThat(cipher.decrypt(SSRC, 8, secured, secured.limit(), 12, back)).isEqualTo(PacketCipher.FAILED);
        assertThat(cipher.decrypt(SSRC + 1, 7, secured, secured.limit(), 12, back))
                .isEqualTo(PacketCipher.FAILED);

        assertThat(back).isEqualTo(untouched(100));
        assertThat(cipher.decrypt(SSRC, 7, secured, secured.limit(), 12, back)).isEqualTo(60);
    }

    @Test
    void shouldEncryptAndDecryptInPlace() {
        ByteBuffer packet = packet(60);
        ByteBuffer both = ByteBuffer.allocateDirect(60 + TAG).put(0, packet, 0, 60);

        assertThat(cipher.encrypt(SSRC, 7, both, 60, 12, both)).isEqualTo(60 + TAG);
        assertThat(both).isEqualTo(encrypted(packet, 12));
        assertThat(cipher.decrypt(SSRC, 7, both, 60 + TAG, 12, both)).isEqualTo(60);
        assertThat(both.slice(0, 60)).isEqualTo(packet);
    }

    @Test
    void shouldReadFromThePositionOnAndLeaveThePacketAsItIs() {
        ByteBuffer packet = packet(60);
        ByteBuffer later = ByteBuffer.allocateDirect(200).position(50).put(packet.duplicate());
        later.limit(later.position()).position(50);

        assertThat(encrypted(later, 12)).isEqualTo(encrypted(packet, 12));
        assertThat(later).isEqualTo(packet);
        assertThat(later.position()).isEqualTo(50);
    }

    @Test
    void shouldAuthenticateTheIndexOfReports() {
        try (PacketCipher reports = create(ciphers, 1, 16, PacketCipher.Kind.RTCP)) {
            ByteBuffer packet = packet(60);
            ByteBuffer to = ByteBuffer.allocate(60 + TAG);
            assertThat(reports.encrypt(SSRC, 7, packet, 60, 8, to)).isEqualTo(60 + TAG);

            assertThat(cipher.decrypt(SSRC, 7, to, 60 + TAG, 8, packet)).isEqualTo(PacketCipher.FAILED);
            assertThat(reports.decrypt(SSRC, 7, to, 60 + TAG, 8, packet)).isEqualTo(60);
        }
    }

    @Test
    void shouldFailOnceClosed() {
        ByteBuffer packet = packet(60);
        ByteBuffer secured = encrypted(packet, 12);
        ByteBuffer to = untouched(100);
        assertThat(cipher.isClosed()).isFalse();
        cipher.close();
        cipher.close();

        assertThat(cipher.isClosed()).isTrue();
        assertThat(cipher.encrypt(SSRC, 8, packet, 60, 12, to)).isEqualTo(PacketCipher.FAILED);
        assertThat(cipher.decrypt(SSRC, 7, secured, 60 + TAG, 12, to)).isEqualTo(PacketCipher.FAILED);
        assertThat(to).isEqualTo(untouched(100));
    }

    @Test
    void shouldDoAsTheJdkDoes() {
        ByteBuffer ours = ByteBuffer.allocateDirect(PacketCipher.MAX_BYTES);
        ByteBuffer theirs = ByteBuffer.allocate(PacketCipher.MAX_BYTES);
        for (int seed = 1; seed <= 200; seed++) {
            random.setSeed(seed);
            int keyBytes = random.nextBoolean() ? 16 : 32;
            PacketCipher.Kind kind = random.nextBoolean() ? PacketCipher.Kind.RTP : PacketCipher.Kind.RTCP;
            try (PacketCipher tested = create(ciphers, seed, keyBytes, kind);
                    PacketCipher jdk = create(JdkPacketCipher::new, seed, keyBytes, kind)) {
                for (int i = 0; i < 20; i++) {
                    int bytes = random.nextInt(random.nextInt(LONGEST) + 1);
                    int clear = random.nextInt(bytes + 1);
                    int ssrc = random.nextInt();
                    long index = random.nextLong() & (kind == PacketCipher.Kind.RTP ? (1L << 48) - 1 : (1L << 31) - 1);
                    ByteBuffer packet = packet(bytes);

                    assertThat(tested.encrypt(ssrc, index, packet, bytes, clear, ours))
                            .isEqualTo(jdk.encrypt(ssrc, index, packet, bytes, clear, theirs))
                            .isEqualTo(bytes + TAG);
                    assertThat(ours.slice(0, bytes + TAG))
                            .as("seed %d, packet %d", seed, i)
                            .isEqualTo(theirs.slice(0, bytes + TAG));
                    assertThat(tested.decrypt(ssrc, index, theirs, bytes + TAG, clear, ours))
                            .isEqualTo(bytes);
                    assertThat(ours.slice(0, bytes)).isEqualTo(packet);
                }
            }
        }
    }
}
