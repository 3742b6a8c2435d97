package voiptui.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.crypto.SrtpUnprotector.Result;
import voiptui.rtp.RtpPacket;
import voiptui.testkit.Allocation;

@ParameterizedClass
@EnumSource
class SrtpTest {

    private static final int SSRC = 0x1234_5678;

    private final byte[] material = new byte[SrtpProfile.AEAD_AES_128_GCM.materialBytes()];
    private final Ciphers ciphers;
    private final SrtpKeys.Pair caller;
    private final SrtpKeys.Pair callee;
    private final SrtpSender sender;
    private final SrtpProtector protector;
    private final SrtpUnprotector unprotector;
    private final ByteBuffer wire = ByteBuffer.allocate(2300);
    private final ByteBuffer plain = ByteBuffer.allocate(2300);

    SrtpTest(Ciphers ciphers) {
        this.ciphers = ciphers;
        new Random(1).nextBytes(material);
        caller = keys(true);
        callee = keys(false);
        sender = new SrtpSender(caller.sent());
        protector = sender.protector();
        unprotector = new SrtpUnprotector(callee.received());
    }

    private SrtpKeys.Pair keys(boolean isClient) {
        return SrtpKeys.ofMaterial(ciphers.factory(), SrtpProfile.AEAD_AES_128_GCM, material, isClient);
    }

    @AfterEach
    void close() {
        sender.close();
        unprotector.close();
    }

    private static ByteBuffer rtp(int sequence, int ssrc, int payloadBytes) {
        ByteBuffer packet = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + payloadBytes);
        RtpPacket.writeHeader(packet, false, 111, sequence, 960 * sequence, ssrc);
        for (int i = RtpPacket.HEADER_BYTES; i < packet.limit(); i++) {
            packet.put(i, (byte) (sequence + i));
        }
        return packet;
    }

    private static ByteBuffer rtcp(int ssrc) {
        return ByteBuffer.allocate(12)
                .put(0, (byte) 0x80)
                .put(1, (byte) 201)
                .put(3, (byte) 2)
                .putInt(4, ssrc);
    }

    private ByteBuffer secure(ByteBuffer packet) {
        assertThat(protector.protect(packet, wire)).isTrue();
        return ByteBuffer.wrap(Arrays.copyOf(wire.array(), wire.limit()));
    }

    private Result receive(ByteBuffer secured) {
        return unprotector.unprotect(secured, plain);
    }

    @Test
    void shouldEncryptTheTwoDirectionsWithKeysOfTheirOwn() {
        ByteBuffer secured = secure(rtp(7, SSRC, 40));

        assertThat(new SrtpUnprotector(caller.received()).unprotect(secured, plain))
                .isEqualTo(Result.UNAUTHENTIC);
        assertThat(receive(secured)).isEqualTo(Result.ACCEPTED);
        assertThat(plain).isEqualTo(rtp(7, SSRC, 40));
    }

    @Test
    void shouldLeaveTheHeaderReadableAndNothingElse() {
        ByteBuffer packet = rtp(7, SSRC, 40);
        ByteBuffer secured = secure(packet);

        assertThat(secured.slice(0, 12)).isEqualTo(packet.slice(0, 12));
        assertThat(secured.remaining()).isEqualTo(packet.remaining() + SrtpProfile.TAG_BYTES);
        assertThat(secured.slice(12, 40)).isNotEqualTo(packet.slice(12, 40));
    }

    @Test
    void shouldAcceptNoPacketTwice() {
        ByteBuffer media = secure(rtp(7, SSRC, 40));
        ByteBuffer report = secure(rtcp(SSRC));

        assertThat(List.of(receive(media), receive(media), receive(report), receive(report)))
                .containsExactly(Result.ACCEPTED, Result.REPLAYED, Result.ACCEPTED, Result.REPLAYED);
    }

    @Test
    void shouldAcceptPacketsInAnyOrderWithinTheWindowAndNoOlderOnes() {
        List<ByteBuffer> packets = new ArrayList<>();
        for (int i = 0; i < ReplayWindow.PACKETS + 2; i++) {
            packets.add(secure(rtp(60_000 + i, SSRC, 20)));
        }
        ByteBuffer tooOld = packets.remove(0);
        ByteBuffer alsoTooOld = packets.remove(0);
        Collections.shuffle(packets.subList(0, packets.size() - 1), new Random(2));

        assertThat(receive(packets.get(packets.size() - 1))).isEqualTo(Result.ACCEPTED);
        packets.remove(packets.size() - 1);
        assertThat(packets).allSatisfy(packet -> assertThat(receive(packet)).isEqualTo(Result.ACCEPTED));
        assertThat(packets).allSatisfy(packet -> assertThat(receive(packet)).isEqualTo(Result.REPLAYED));
        assertThat(receive(tooOld)).isEqualTo(Result.REPLAYED);
        assertThat(receive(alsoTooOld)).isEqualTo(Result.REPLAYED);
    }

    @Test
    void shouldFollowTheRolloverCounterForHours() {
        int lost = 0;
        for (int i = 0; i < 200_000; i += 1_000) {
            ByteBuffer packet = secure(rtp(65_000 + i & 0xffff, SSRC, 20));
            lost += receive(packet) == Result.ACCEPTED ? 0 : 1;
        }

        assertThat(lost).isZero();
    }

    /** The packets before the rollover were lost: nothing tells the receiver that there was one. */
    @Test
    void shouldRecognizeThatTheFirstPacketReceivedCameAfterARollover() {
        secure(rtp(65_535, SSRC, 20));
        ByteBuffer after = secure(rtp(0, SSRC, 20));
        ByteBuffer next = secure(rtp(1, SSRC, 20));

        assertThat(receive(after)).isEqualTo(Result.ACCEPTED);
        assertThat(receive(next)).isEqualTo(Result.ACCEPTED);
    }

    @Test
    void shouldNotBeMovedByForgedSequenceNumbers() {
        receive(secure(rtp(100, SSRC, 20)));
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            ByteBuffer forged = rtp(random.nextInt(0x10000), SSRC, 40);
            assertThat(receive(forged)).isIn(Result.UNAUTHENTIC, Result.REPLAYED);
        }

        assertThat(receive(secure(rtp(101, SSRC, 20)))).isEqualTo(Result.ACCEPTED);
    }

    @Test
    void shouldForgetForgedSources() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(receive(rtp(1, i, 40))).isEqualTo(Result.UNAUTHENTIC);
        }

        assertThat(receive(secure(rtp(101, SSRC, 20)))).isEqualTo(Result.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseEveryPacketWithOneBitChanged(boolean isReport) {
        ByteBuffer secured = secure(isReport ? rtcp(SSRC) : rtp(7, SSRC, 40));

        for (int bit = 0; bit < 8 * secured.limit(); bit++) {
            byte[] changed = secured.array().clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(receive(ByteBuffer.wrap(changed))).as("bit %d", bit).isIn(Result.UNAUTHENTIC, Result.MALFORMED);
        }
        for (int bytes = 0; bytes < secured.limit(); bytes++) {
            assertThat(receive(secured.slice(0, bytes)))
                    .as("%d bytes", bytes)
                    .isIn(Result.UNAUTHENTIC, Result.MALFORMED);
        }
        assertThat(receive(secured)).isEqualTo(Result.ACCEPTED);
    }

    @Test
    void shouldRefuseRtcpThatIsNotEncrypted() {
        ByteBuffer secured = secure(rtcp(SSRC));
        secured.put(secured.limit() - 4, (byte) 0);

        assertThat(receive(secured)).isEqualTo(Result.UNAUTHENTIC);
    }

    /** With AES/GCM, a second packet with the same number would give the key of the authentication away. */
    @Test
    void shouldNotProtectASequenceNumberTwice() {
        secure(rtp(7, SSRC, 40));

        assertThat(protector.protect(rtp(7, SSRC, 41), wire)).isFalse();
        assertThat(protector.protect(rtp(6, SSRC, 41), wire)).isFalse();
        assertThat(protector.protect(rtp(8, SSRC, 41), wire)).isTrue();
    }

    @Test
    void shouldShareTheIndexOfReportsBetweenThreads() {
        assertThat(receive(secure(rtcp(SSRC)))).isEqualTo(Result.ACCEPTED);
        assertThat(sender.protector().protect(rtcp(SSRC), wire)).isTrue();

        assertThat(receive(wire)).isEqualTo(Result.ACCEPTED);
    }

    @Test
    void shouldSendNoReportBeyondTheLastIndex() {
        SrtpProtector last = new SrtpSender(caller.sent(), SrtpSender.MAX_RTCP_PACKETS - 1).protector();

        assertThat(last.protect(rtcp(SSRC), wire)).isTrue();
        assertThat(receive(wire)).isEqualTo(Result.ACCEPTED);
        assertThat(last.protect(rtcp(SSRC), wire)).isFalse();
    }

    @Test
    void shouldProtectThePacketsOfManyFormatsAndThenNoMore() {
        for (int i = 0; i < SrtpProtector.MAX_SOURCES; i++) {
            assertThat(receive(secure(rtp(1, i, 20)))).isEqualTo(Result.ACCEPTED);
        }

        assertThat(protector.protect(rtp(1, 99, 20), wire)).isFalse();
        assertThat(receive(secure(rtp(2, 0, 20)))).isEqualTo(Result.ACCEPTED);
    }

    @Test
    void shouldTakeTheLongestPacketAndRefuseLongerOnes() {
        assertThat(receive(secure(rtp(1, SSRC, RtpPacket.MAX_DATAGRAM_BYTES - 12))))
                .isEqualTo(Result.ACCEPTED);
        assertThat(protector.protect(rtp(2, SSRC, RtpPacket.MAX_DATAGRAM_BYTES), ByteBuffer.allocate(4000)))
                .isFalse();
    }

    @Test
    void shouldProtectHeadersWithContributingSourcesAndExtension() {
        ByteBuffer packet = rtp(1, SSRC, 40);
        packet.put(0, (byte) 0x91)
                .put(16, (byte) 0)
                .put(17, (byte) 0)
                .put(18, (byte) 0)
                .put(19, (byte) 2);
        ByteBuffer secured = secure(packet);

        assertThat(secured.slice(0, 28)).isEqualTo(packet.slice(0, 28));
        assertThat(receive(secured)).isEqualTo(Result.ACCEPTED);
        assertThat(plain).isEqualTo(packet);
    }

    /** The JDK's cipher allocates when it is initialized, which it is for each packet; nothing else does. */
    @Test
    void shouldAllocateNothingUnlessTheCipherDoes() {
        ByteBuffer packet = rtp(0, SSRC, 100);
        int[] sequence = {0};
        double bytes = Allocation.bytesPerRun(5_000, 5_000, () -> {
            int next = sequence[0]++ & 0xffff;
            packet.put(2, (byte) (next >> 8)).put(3, (byte) next);
            protector.protect(packet, wire);
            unprotector.unprotect(wire, plain);
        });

        assertThat(bytes)
                .as("for a packet protected and unprotected")
                .isLessThan(ciphers == Ciphers.OPENSSL ? 1 : 8_000);
    }

    @Test
    void shouldProtectAndAcceptNothingOnceClosed() {
        ByteBuffer media = secure(rtp(7, SSRC, 40));
        ByteBuffer report = secure(rtcp(SSRC));
        SrtpProtector other = sender.protector();
        sender.close();
        unprotector.close();

        assertThat(protector.protect(rtp(8, SSRC, 40), wire)).isFalse();
        assertThat(other.protect(rtcp(SSRC), wire)).isFalse();
        assertThat(sender.protector().protect(rtp(9, SSRC, 40), wire)).isFalse();
        assertThat(receive(media)).isEqualTo(Result.CLOSED);
        assertThat(receive(report)).isEqualTo(Result.CLOSED);
        assertThat(unprotector.accepted()).isZero();
    }

    /** At the end of a call, the call's thread closes what the network thread may be using. */
    @Test
    void shouldBeClosedByAnotherThreadWhilePacketsAreProtected() throws InterruptedException {
        ByteBuffer packet = rtp(0, SSRC, 1_200);
        for (int round = 0; round < 300; round++) {
            SrtpSender closedSoon = new SrtpSender(caller.sent());
            CountDownLatch busy = new CountDownLatch(1);
            Thread network = new Thread(() -> {
                SrtpProtector used = closedSoon.protector();
                for (int i = 1; ; i++) {
                    packet.putShort(2, (short) i);
                    if (!used.protect(packet, wire)) {
                        return;
                    }
                    busy.countDown();
                }
            });
            network.start();
            busy.await();
            closedSoon.close();
            network.join();
        }
    }

    @Test
    void shouldOfferAes256WhereTheProcessorIsFastEnough() {
        assertThat(SrtpProfile.offered("amd64"))
                .containsExactly(SrtpProfile.AEAD_AES_256_GCM, SrtpProfile.AEAD_AES_128_GCM);
        assertThat(SrtpProfile.offered("arm")).containsExactly(SrtpProfile.AEAD_AES_128_GCM);
    }
}
