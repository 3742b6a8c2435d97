package voiptui.bench;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import voiptui.crypto.AesGcm;
import voiptui.crypto.DtlsSession;
import voiptui.crypto.DtlsWarmUp;
import voiptui.crypto.MediaSecurity;
import voiptui.crypto.MediaSecurity.Role;
import voiptui.crypto.SrtpKeys;
import voiptui.crypto.SrtpProfile;
import voiptui.crypto.SrtpProtector;
import voiptui.crypto.SrtpSender;
import voiptui.crypto.SrtpUnprotector;
import voiptui.identity.Identity;
import voiptui.net.DatagramSender;
import voiptui.rtp.RtpPacket;
import voiptui.testkit.Allocation;
import voiptui.time.NanoClock;

/** Measures what encryption costs: handshakes, and each packet. Run by {@code src/test/bench/encryption.sh}. */
public final class EncryptionCost {

    private static final int PAYLOAD_BYTES = 100;
    private static final int PACKETS = 50_000;

    private EncryptionCost() {}

    /** Prints the measurements. */
    public static void main(String[] args) throws InterruptedException {
        Identity caller = Identity.create();
        Identity callee = Identity.create();
        if (args.length > 0 && args[0].equals("--warm-up")) {
            long startNs = System.nanoTime();
            DtlsWarmUp.load(caller, (thread, bug) -> bug.printStackTrace());
            DtlsWarmUp.compile(caller, () -> false, (thread, bug) -> bug.printStackTrace());
            System.out.printf("warm-up: %.1f ms%n", NanoClock.toMs(System.nanoTime() - startNs));
        }
        for (int i = 1; i <= 20; i++) {
            double ms = handshakeMs(caller, callee);
            if (i == 1 || i == 2 || i % 10 == 0) {
                System.out.printf("handshake %d: %.1f ms%n", i, ms);
            }
        }
        System.out.println("AES-GCM by " + Objects.requireNonNullElse(AesGcm.openSslVersion(), "Java"));
        for (SrtpProfile profile : SrtpProfile.values()) {
            packets(profile);
        }
    }

    private static double handshakeMs(Identity caller, Identity callee) throws InterruptedException {
        BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
        DtlsSession[] sessions = new DtlsSession[2];
        DatagramSender toCallee = datagram -> sessions[1].onDatagram(datagram) ? 1 : 0;
        DatagramSender toCaller = datagram -> sessions[0].onDatagram(datagram) ? 1 : 0;
        sessions[0] = session(caller, Role.ACTIVE, callee, toCallee, outcomes);
        sessions[1] = session(callee, Role.PASSIVE, caller, toCaller, outcomes);
        long startNs = System.nanoTime();
        sessions[1].start();
        sessions[0].start();
        for (int side = 0; side < 2; side++) {
            String outcome = outcomes.poll(30, TimeUnit.SECONDS);
            if (!"".equals(outcome)) {
                throw new IllegalStateException("handshake: " + outcome);
            }
        }
        double ms = NanoClock.toMs(System.nanoTime() - startNs);
        sessions[0].close();
        sessions[1].close();
        return ms;
    }

    private static DtlsSession session(
            Identity own, Role role, Identity peer, DatagramSender network, BlockingQueue<String> outcomes) {
        DtlsSession.Listener listener = new DtlsSession.Listener() {
            @Override
            public void onKeys(SrtpKeys.Pair keys, List<String> words) {
                outcomes.add("");
            }

            @Override
            public void onFailed(@Nullable String reason) {
                outcomes.add(String.valueOf(reason));
            }
        };
        return new DtlsSession(
                own,
                new MediaSecurity(role, peer.fingerprint().text()),
                network,
                listener,
                NanoClock.SYSTEM,
                (thread, bug) -> bug.printStackTrace());
    }

    private static void packets(SrtpProfile profile) {
        byte[] material = new byte[2 * ((profile == SrtpProfile.AEAD_AES_256_GCM ? 32 : 16) + 12)];
        new Random(1).nextBytes(material);
        try (SrtpSender sender = new SrtpSender(
                        SrtpKeys.ofMaterial(profile, material, true).sent());
                SrtpUnprotector unprotector = new SrtpUnprotector(
                        SrtpKeys.ofMaterial(profile, material, false).received())) {
            packets(profile, sender.protector(), unprotector);
        }
    }

    private static void packets(SrtpProfile profile, SrtpProtector protector, SrtpUnprotector unprotector) {
        ByteBuffer packet = ByteBuffer.allocateDirect(RtpPacket.HEADER_BYTES + PAYLOAD_BYTES);
        ByteBuffer wire = ByteBuffer.allocateDirect(RtpPacket.MAX_DATAGRAM_BYTES);
        ByteBuffer plain = ByteBuffer.allocateDirect(RtpPacket.MAX_DATAGRAM_BYTES);
        int sequence = 0;
        for (int round = 1; round <= 6; round++) {
            long bytes = Allocation.bytes();
            long startNs = System.nanoTime();
            for (int i = 0; i < PACKETS; i++) {
                RtpPacket.writeHeader(packet, false, 111, sequence++, sequence, 1);
                protector.protect(packet, wire);
                if (unprotector.unprotect(wire, plain) != SrtpUnprotector.Result.ACCEPTED) {
                    throw new IllegalStateException("not accepted");
                }
            }
            double us = (System.nanoTime() - startNs) / 1000.0 / PACKETS;
            if (round == 1 || round == 6) {
                System.out.printf(
                        "%s, round %d: %.2f us, %d bytes allocated for a packet of %d bytes protected and unprotected%n",
                        profile, round, us, (Allocation.bytes() - bytes) / PACKETS, PAYLOAD_BYTES);
            }
        }
    }
}
