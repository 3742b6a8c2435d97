package voiptui.e2e;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import voiptui.crypto.KeyLog;
import voiptui.crypto.SrtpUnprotector;
import voiptui.e2e.InProcessPhone.User;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Encryption;
import voiptui.testkit.CapturedMedia;
import voiptui.testkit.Interference;
import voiptui.testkit.PcapWriter;
import voiptui.testkit.ScriptedRelay;
import voiptui.testkit.V2Identity;
import voiptui.testkit.Wav;

/**
 * Records an encrypted call as its relay sees it, and once more decrypted with the keys of the two phones. Run by {@code
 * src/test/bench/encryption-capture.sh}.
 */
public final class EncryptionCapture {

    private static final int SECONDS = 10;

    private EncryptionCapture() {}

    /** A datagram on its way. */
    private record Sent(boolean byDora, long atUs, byte[] datagram) {}

    /** Writes {@code encrypted.pcap} and {@code decrypted.pcap} to the folder that the first argument names. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int rateHz = InProcessPhone.FORMAT.sampleRateHz();
        List<Sent> sent = new CopyOnWriteArrayList<>();
        KeyLog keysOfDora = new KeyLog();
        KeyLog keysOfBen = new KeyLog();
        Path doras = Wav.write(folder.resolve("dora.wav"), Wav.speech(SECONDS, 1, rateHz), rateHz);
        Path bens = Wav.write(folder.resolve("ben.wav"), Wav.speech(SECONDS, 2, rateHz), rateHz);
        Path state = Files.createDirectory(folder.resolve("state"));
        try (ScriptedRelay relay = ScriptedRelay.start("127.0.0.1", V2Identity.create("relay"))) {
            relay.interfere(new Interference() {
                @Override
                public List<byte[]> carry(String from, byte[] datagram) {
                    sent.add(new Sent(from.equals("dora"), System.nanoTime() / 1_000, datagram));
                    return List.of(datagram);
                }
            });
            try (InProcessPhone ben =
                            InProcessPhone.answering(User.named("ben"), relay.address(), state, "file:" + bens);
                    InProcessPhone dora = InProcessPhone.calling(
                            User.named("dora"), "ben", relay.address(), state, "file:" + doras)) {
                for (InProcessPhone phone : List.of(ben, dora)) {
                    phone.await(
                            CallEvent.EncryptionChanged.class, event -> event.encryption() == Encryption.END_TO_END);
                }
                keysOfDora.look(dora.session());
                keysOfBen.look(ben.session());
                ben.awaitCount(Counter.PACKETS_RECEIVED, (SECONDS - 1) * 50);
                dora.hangUp();
                ben.awaitSummary();
            }
        }
        SrtpUnprotector doraReads = keysOfDora.unprotectors().get(0);
        SrtpUnprotector benReads = keysOfBen.unprotectors().get(0);
        ByteBuffer plain = ByteBuffer.allocate(3_000);
        long startUs = sent.get(0).atUs;
        int decrypted = 0;
        int undecryptable = 0;
        try (PcapWriter encrypted = new PcapWriter(folder.resolve("encrypted.pcap"));
                PcapWriter readable = new PcapWriter(folder.resolve("decrypted.pcap"))) {
            for (Sent one : sent) {
                encrypted.write(one.byDora, one.atUs - startUs, one.datagram);
                if (!CapturedMedia.isDtls(one.datagram)) {
                    SrtpUnprotector reader = one.byDora ? doraReads : benReads;
                    if (reader.unprotect(ByteBuffer.wrap(one.datagram), plain) == SrtpUnprotector.Result.ACCEPTED) {
                        decrypted++;
                        readable.write(one.byDora, one.atUs - startUs, Arrays.copyOf(plain.array(), plain.limit()));
                    } else {
                        undecryptable++;
                    }
                }
            }
        }
        System.out.printf(
                "%d datagrams: %d for the handshake, %d decrypted with the keys, %d not%n",
                sent.size(), sent.size() - decrypted - undecryptable, decrypted, undecryptable);
        System.exit(undecryptable == 0 && decrypted > 0 ? 0 : 1);
    }
}
