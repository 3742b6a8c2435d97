package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.call.EncryptionPolicy;
import voiptui.call.EncryptionPolicy.ChangedPeers;
import voiptui.crypto.KeyLog;
import voiptui.crypto.MediaSecurity.Role;
import voiptui.crypto.SrtpUnprotector;
import voiptui.demo.speech.SpeechMatch;
import voiptui.e2e.InProcessPhone.User;
import voiptui.e2e.ManInTheMiddle.Towards;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Encryption;
import voiptui.event.EndReason;
import voiptui.event.PhoneEvent;
import voiptui.testkit.Deadline;
import voiptui.testkit.Interference;
import voiptui.testkit.RtpPacket;
import voiptui.testkit.ScriptedRelay;
import voiptui.testkit.V2Identity;
import voiptui.testkit.Wav;

/**
 * Two whole phones and a relay that wants to hear them, to be heard by them, or to make them speak in the clear. Dora calls Ben, whose
 * phone answers.
 */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class HostileRelayIT {

    private static final String TONE = "tone:440";
    private static final String SILENCE = "silence";
    /** A tone has a peak of 8,000; encoded silence and comfort noise stay far below this. */
    private static final int AUDIBLE = 1_000;

    private static final EncryptionPolicy ASK = new EncryptionPolicy(false, ChangedPeers.ASK);
    private static final EncryptionPolicy REQUIRE = new EncryptionPolicy(true, ChangedPeers.REFUSE);

    private static V2Identity relayIdentity;

    @TempDir
    private Path folder;

    private ScriptedRelay relay;
    private User dora = User.named("dora");
    private User ben = User.named("ben");
    private InProcessPhone dorasPhone;
    private InProcessPhone bensPhone;

    @BeforeAll
    static void makeAnIdentity() throws Exception {
        relayIdentity = V2Identity.create("relay");
    }

    @BeforeEach
    void startTheRelay() throws Exception {
        relay = ScriptedRelay.start("127.0.0.1", relayIdentity);
        relay.interfere(Interference.NONE);
    }

    @AfterEach
    void hangUp() throws Exception {
        for (InProcessPhone phone : Arrays.asList(dorasPhone, bensPhone)) {
            if (phone != null) {
                phone.close();
            }
        }
        relay.close();
    }

    private void call(String doraSays, String benSays) {
        bensPhone = InProcessPhone.answering(ben, relay.address(), folder, benSays);
        dorasPhone = InProcessPhone.calling(dora, "ben", relay.address(), folder, doraSays);
    }

    private void knowEachOther() {
        dora.peers().with("ben", ben.identity());
        ben.peers().with("dora", dora.identity());
    }

    private static void awaitEncrypted(InProcessPhone... phones) {
        for (InProcessPhone phone : phones) {
            phone.await(CallEvent.EncryptionChanged.class, state -> state.encryption() == Encryption.END_TO_END);
        }
    }

    private static void awaitTone(InProcessPhone phone) {
        Deadline.require(20_000, () -> "a tone; peak " + phone.peak(), () -> phone.peak() > AUDIBLE);
    }

    private ManInTheMiddle middle(boolean swapsForDora, boolean swapsAnnounced, boolean swapsForBen) {
        return new ManInTheMiddle(
                relay,
                new Towards(dora, Role.PASSIVE, false, swapsForDora),
                new Towards(ben, Role.ACTIVE, swapsAnnounced, swapsForBen));
    }

    // --- the relay in the middle ------------------------------------------------------------------------------------

    /** Who has never talked before can be deceived; the words tell, and so do the pins as soon as the relay is honest. */
    @Test
    void shouldShowBothSidesOtherWordsWithARelayInTheMiddleOfTheFirstCall() throws Exception {
        try (ManInTheMiddle middle = middle(true, true, true)) {
            call(TONE, SILENCE);
            awaitEncrypted(dorasPhone, bensPhone);
            awaitTone(bensPhone);

            assertThat(middle.heard()).as("it does hear them").isNotEmpty();
            assertThat(dorasPhone.await(CallEvent.MediaEncrypted.class).words())
                    .isNotEqualTo(
                            bensPhone.await(CallEvent.MediaEncrypted.class).words());
            assertThat(dora.peers().of("ben")).isEqualTo(middle.shownTo(dora)).isNotEqualTo(ben.fingerprint());
        }
        dorasPhone.close();
        relay.interfere(Interference.NONE);
        dorasPhone = InProcessPhone.calling(dora, "ben", relay.address(), folder, TONE);

        PhoneEvent.ChangedPeerRefused refused = bensPhone.await(PhoneEvent.ChangedPeerRefused.class);
        assertThat(refused.fingerprint()).isEqualTo(dora.fingerprint());
        assertThat(dorasPhone.awaitSummary().reason()).isEqualTo(EndReason.REJECTED);
    }

    /** Towards one of the two only: with the call, when it is connected, or both. */
    @ParameterizedTest
    @CsvSource({"true, false, false", "false, true, true", "false, false, true"})
    void shouldRefuseARelayInTheMiddleOfPeopleWhoKnowEachOther(
            boolean swapsForDora, boolean swapsAnnounced, boolean swapsForBen) throws Exception {
        knowEachOther();
        try (ManInTheMiddle middle = middle(swapsForDora, swapsAnnounced, swapsForBen)) {
            call(TONE, TONE);
            CallEvent.Summary summary = dorasPhone.awaitSummary();

            if (swapsAnnounced) {
                bensPhone.await(PhoneEvent.ChangedPeerRefused.class);
                assertThat(summary.reason()).isEqualTo(EndReason.REJECTED);
            } else {
                InProcessPhone deceived = swapsForDora ? dorasPhone : bensPhone;
                CallEvent.PeerChanged changed = deceived.await(CallEvent.PeerChanged.class);
                assertThat(changed.verified()).isTrue();
                assertThat(changed.fingerprint()).isEqualTo(middle.shownTo(swapsForDora ? dora : ben));
                assertThat(deceived.awaitSummary().reason()).isEqualTo(EndReason.PEER_CHANGED);
            }
            assertThat(middle.heard()).isEmpty();
        }
        assertThat(dora.peers().of("ben")).isEqualTo(ben.fingerprint());
        assertThat(ben.peers().of("dora")).isEqualTo(dora.fingerprint());
        assertThat(dorasPhone.peak()).isLessThan(AUDIBLE);
        assertThat(bensPhone.peak()).isLessThan(AUDIBLE);
    }

    @Test
    void shouldSayAndPlayNothingBeforeTheUserAcceptsAChangedFingerprint() throws Exception {
        knowEachOther();
        dora = dora.with(ASK);
        ben.peers().with("dora", dora.identity());
        try (ManInTheMiddle middle = middle(true, false, false)) {
            List<byte[]> fromDora = new CopyOnWriteArrayList<>();
            relay.interfere(new Interference() {
                @Override
                public JsonObject tell(String to, JsonObject message) {
                    return middle.tell(to, message);
                }

                @Override
                public List<byte[]> carry(String from, byte[] datagram) {
                    if (from.equals("dora")) {
                        fromDora.add(datagram);
                    }
                    return middle.carry(from, datagram);
                }
            });
            call(TONE, TONE);
            assertThat(dorasPhone.await(CallEvent.PeerChanged.class).asks()).isTrue();
            // To Ben, the relay has shown the right fingerprint, but cannot prove to be Dora.
            bensPhone.await(CallEvent.MediaEncryptionFailed.class);
            assertThat(fromDora).as("not even a handshake").isEmpty();
            assertThat(dorasPhone.peak()).isZero();
            assertThat(middle.heard()).isEmpty();
        }
    }

    /** It shows the right fingerprints, and answers the handshake itself. */
    @Test
    void shouldEndTheCallIfSomebodyElseAnswersTheHandshake() throws Exception {
        try (ManInTheMiddle middle = middle(false, false, false)) {
            call(TONE, TONE);

            for (InProcessPhone phone : List.of(dorasPhone, bensPhone)) {
                CallEvent.Summary summary = phone.awaitSummary();
                assertThat(summary.encryption()).isNotEqualTo(Encryption.END_TO_END);
                assertThat(phone.peak()).isLessThan(AUDIBLE);
            }
            List<CallEvent.MediaEncryptionFailed> failures =
                    new ArrayList<>(dorasPhone.all(CallEvent.MediaEncryptionFailed.class));
            failures.addAll(bensPhone.all(CallEvent.MediaEncryptionFailed.class));
            assertThat(failures)
                    .as("whoever was first")
                    .isNotEmpty()
                    .allSatisfy(failed ->
                            assertThat(failed.reason()).containsAnyOf(middle.shownTo(dora), middle.shownTo(ben)));
            assertThat(middle.heard()).isEmpty();
        }
        assertThat(dora.peers().of("ben")).isNull();
        assertThat(ben.peers().of("dora")).isNull();
    }

    // --- packets ----------------------------------------------------------------------------------------------------

    /** Returns a packet of a loud tone, in Opus or in samples, as Dora might send it without encryption. */
    private static byte[] forged(List<byte[]> sentByDora, int number, Random random) {
        byte[] like = sentByDora.isEmpty() ? new byte[100] : sentByDora.get(sentByDora.size() - 1);
        switch (number % 8) {
            case 0: // SRTP that goes on where Dora is, of another key
                byte[] packet = like.clone();
                if (packet.length > 12) {
                    random.nextBytes(packet);
                    System.arraycopy(like, 0, packet, 0, 12);
                    packet[3] += 1 + number % 50;
                }
                return packet;
            case 1: // RTP in the clear from her source
                byte[] plain = Arrays.copyOf(like, 12 + 60);
                plain[3] += 1 + number % 50;
                Arrays.fill(plain, 12, plain.length, (byte) (number * 7));
                plain[12] = (byte) 0xf8;
                return plain;
            case 2: // RTP in the clear from a new source
                return RtpPacket.numbered(number, number, 80).bytes();
            case 3: // a classic packet
                ByteBuffer samples = ByteBuffer.allocate(8 + 1_764);
                samples.putInt(number).putInt(882);
                while (samples.remaining() > 1) {
                    samples.putShort((short) (samples.position() % 100 < 50 ? 20_000 : -20_000));
                }
                return samples.array();
            case 4: // RTCP BYE in the clear
                return ByteBuffer.allocate(8)
                        .putInt(0x81cb0001)
                        .putInt(ByteBuffer.wrap(like).getInt(8))
                        .array();
            case 5: // SRTCP with a tag of zeros
                return ByteBuffer.allocate(28).putInt(0x81cb0001).array();
            case 6: // a fatal DTLS alert in the clear, bad_certificate
                return new byte[] {21, (byte) 0xfe, (byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, (byte) number, 0, 2, 2, 42};
            default: // a DTLS record of the epoch in use
                byte[] record = new byte[13 + 30];
                random.nextBytes(record);
                record[0] = (byte) (20 + number % 4);
                record[1] = (byte) 0xfe;
                record[2] = (byte) 0xfd;
                record[4] = 1;
                record[11] = 0;
                record[12] = 30;
                return record;
        }
    }

    /** From before the handshake on. Dora is silent. */
    @Test
    void shouldPlayNothingThatIsNotDoras() throws Exception {
        List<byte[]> sentByDora = new CopyOnWriteArrayList<>();
        List<byte[]> sentByBen = new CopyOnWriteArrayList<>();
        AtomicInteger number = new AtomicInteger();
        Random random = new Random(3);
        relay.interfere(new Interference() {
            @Override
            public synchronized List<byte[]> carry(String from, byte[] datagram) {
                boolean isMedia = datagram[0] < 0;
                if (from.equals("ben")) {
                    if (isMedia) {
                        sentByBen.add(datagram);
                    }
                    return List.of(datagram);
                }
                List<byte[]> arriving = new ArrayList<>(List.of(datagram));
                // In the clear, a relay can end any handshake, as it can by dropping it: no more of that.
                for (int i = 0; i < 40; i++) {
                    byte[] forged = forged(sentByDora, number.getAndIncrement(), random);
                    if (isMedia || forged[0] < 0) {
                        arriving.add(forged);
                    }
                }
                if (!sentByBen.isEmpty()) {
                    arriving.add(sentByBen.get(sentByBen.size() - 1));
                }
                if (isMedia && RtpPacket.isRtp(datagram)) {
                    sentByDora.add(datagram);
                }
                return arriving;
            }
        });
        call(SILENCE, TONE);
        awaitEncrypted(dorasPhone, bensPhone);
        bensPhone.awaitCount(Counter.PACKETS_UNAUTHENTIC, 200);
        bensPhone.awaitCount(Counter.PACKETS_RECEIVED, 3);
        awaitTone(dorasPhone);

        assertThat(bensPhone.peak()).isLessThan(AUDIBLE);
        assertThat(bensPhone.all(CallEvent.Summary.class))
                .as("still in the call")
                .isEmpty();
        assertThat(bensPhone.count(Counter.PACKETS_UNDECODABLE)).isZero();
        assertThat(bensPhone.count(Counter.PACKETS_UNEXPECTED)).isZero();
        assertThat(bensPhone.count(Counter.PACKETS_LOST)).isZero();
        assertThat(bensPhone.all(CallEvent.PeerRestarted.class)).isEmpty();
    }

    /** It drops, repeats, reorders and changes handshake and media. */
    @Test
    void shouldHearDoraWhateverTheRelayDoesToHerPackets() throws Exception {
        short[] said = Wav.speech(4, 1, InProcessPhone.FORMAT.sampleRateHz());
        Path wav = Wav.write(folder.resolve("said.wav"), said, InProcessPhone.FORMAT.sampleRateHz());
        Random random = new Random(1);
        relay.interfere(new Interference() {
            private final List<byte[]> earlier = new ArrayList<>();
            private final List<byte[]> heldBack = new ArrayList<>();
            private int handshake;

            @Override
            public synchronized List<byte[]> carry(String from, byte[] datagram) {
                if (datagram[0] >= 0) {
                    // The first flight of each side is lost, and then one datagram in five.
                    handshake++;
                    if (handshake <= 2 || random.nextInt(5) == 0) {
                        return List.of();
                    }
                    return handshake < 6 ? List.of(datagram, changed(datagram), datagram) : List.of(datagram, datagram);
                }
                if (from.equals("ben")) {
                    return List.of(datagram);
                }
                List<byte[]> arriving = new ArrayList<>(List.of(changed(datagram)));
                if (random.nextInt(20) == 0) {
                    heldBack.add(datagram);
                } else if (random.nextInt(40) != 0) {
                    arriving.add(datagram);
                    arriving.addAll(heldBack);
                    heldBack.clear();
                }
                arriving.add(changed(datagram));
                if (!earlier.isEmpty()) {
                    arriving.add(earlier.get(random.nextInt(earlier.size())));
                }
                if (arriving.contains(datagram)) {
                    earlier.add(datagram);
                }
                return arriving;
            }

            private byte[] changed(byte[] datagram) {
                byte[] copy = datagram.clone();
                copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
                return copy;
            }
        });
        call("file:" + wav, SILENCE);
        awaitEncrypted(dorasPhone, bensPhone);
        bensPhone.awaitCount(Counter.PACKETS_RECEIVED, 3 * 50);
        dorasPhone.hangUp();
        CallEvent.Summary summary = bensPhone.awaitSummary();

        assertThat(summary.reason()).isEqualTo(EndReason.PEER_LEFT);
        assertThat(bensPhone.count(Counter.PACKETS_UNAUTHENTIC)).isGreaterThan(100);
        assertThat(bensPhone.count(Counter.PACKETS_REPLAYED)).isGreaterThan(50);
        assertThat(bensPhone.count(Counter.PACKETS_UNDECODABLE)).isZero();
        short[] part = Arrays.copyOf(said, said.length / 2);
        assertThat(SpeechMatch.find(part, bensPhone.heard(), InProcessPhone.FORMAT.sampleRateHz())
                        .similarity())
                .as("below 0.5 for other sound")
                .isGreaterThan(0.6);
        // Not the first: one side may complete an attempt that the other gives up, and another follows.
        assertThat(lastWords(dorasPhone)).isEqualTo(lastWords(bensPhone));
    }

    private static List<String> lastWords(InProcessPhone phone) {
        List<CallEvent.MediaEncrypted> all = phone.all(CallEvent.MediaEncrypted.class);
        return all.get(all.size() - 1).words();
    }

    // --- without encryption -----------------------------------------------------------------------------------------

    /** Takes the feature or the fingerprint away, in what both are told. */
    private static Interference strips(String what) {
        return new Interference() {
            @Override
            public JsonObject tell(String to, JsonObject message) {
                return stripped(message, what);
            }
        };
    }

    private static JsonObject stripped(JsonObject message, String what) {
        if (what.equals("fingerprint")) {
            message.remove("fingerprint");
        } else {
            JsonArray features = message.getAsJsonArray("features");
            features.remove(new JsonPrimitive("dtls-srtp"));
        }
        return message;
    }

    @ParameterizedTest
    @CsvSource({"feature, OLD_PROGRAM", "fingerprint, OLD_RELAY"})
    void shouldTellStrangersThatTheirCallIsNotEncrypted(String what, Encryption expected) {
        relay.interfere(strips(what));
        call(TONE, SILENCE);

        for (InProcessPhone phone : List.of(dorasPhone, bensPhone)) {
            CallEvent.EncryptionChanged state = phone.await(CallEvent.EncryptionChanged.class);
            assertThat(state).isEqualTo(new CallEvent.EncryptionChanged(expected, false));
        }
        awaitTone(bensPhone);
    }

    /** Towards both of them, or towards Dora, when the call is connected. */
    @ParameterizedTest
    @CsvSource({"feature, true", "fingerprint, false"})
    void shouldRefuseACallInTheClearWithSomebodyKnown(String what, boolean towardsBoth) {
        knowEachOther();
        List<byte[]> fromDora = new CopyOnWriteArrayList<>();
        relay.interfere(new Interference() {
            @Override
            public JsonObject tell(String to, JsonObject message) {
                return towardsBoth || to.equals("dora") ? stripped(message, what) : message;
            }

            @Override
            public List<byte[]> carry(String from, byte[] datagram) {
                if (from.equals("dora")) {
                    fromDora.add(datagram);
                }
                return List.of(datagram);
            }
        });
        call(TONE, TONE);

        assertThat(dorasPhone.awaitSummary().reason())
                .isEqualTo(towardsBoth ? EndReason.REJECTED : EndReason.PEER_CHANGED);
        if (towardsBoth) {
            assertThat(bensPhone.await(PhoneEvent.ChangedPeerRefused.class).fingerprint())
                    .isNull();
        }
        assertThat(fromDora).isEmpty();
        assertThat(dorasPhone.peak()).isLessThan(AUDIBLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"feature", "fingerprint"})
    void shouldSendNothingInTheClearIfEncryptionIsRequired(String what) {
        dora = dora.with(REQUIRE);
        List<byte[]> carried = new CopyOnWriteArrayList<>();
        relay.interfere(new Interference() {
            @Override
            public JsonObject tell(String to, JsonObject message) {
                return stripped(message, what);
            }

            @Override
            public List<byte[]> carry(String from, byte[] datagram) {
                if (from.equals("dora")) {
                    carried.add(datagram);
                }
                return List.of(datagram);
            }
        });
        call(TONE, TONE);

        assertThat(dorasPhone.awaitSummary().reason()).isEqualTo(EndReason.NOT_ENCRYPTED);
        assertThat(dorasPhone.peak()).isLessThan(AUDIBLE);
        assertThat(carried).isEmpty();
    }

    /** The relay connects the encrypted call again, in another way. */
    @ParameterizedTest
    @ValueSource(strings = {"feature", "fingerprint", "other fingerprint"})
    void shouldNeverGoOnInTheClearOrWithSomebodyElse(String what) throws Exception {
        List<byte[]> fromDora = new CopyOnWriteArrayList<>();
        List<JsonObject> connected = new CopyOnWriteArrayList<>();
        relay.interfere(new Interference() {
            @Override
            public JsonObject tell(String to, JsonObject message) {
                if (to.equals("dora") && message.get("type").getAsString().equals("connected")) {
                    connected.add(message.deepCopy());
                }
                return message;
            }

            @Override
            public List<byte[]> carry(String from, byte[] datagram) {
                if (from.equals("dora")) {
                    fromDora.add(datagram);
                }
                return List.of(datagram);
            }
        });
        call(TONE, SILENCE);
        awaitEncrypted(dorasPhone, bensPhone);
        awaitTone(bensPhone);
        KeyLog keys = new KeyLog();
        keys.look(dorasPhone.session());
        JsonObject again = connected.get(0);
        if (what.equals("other fingerprint")) {
            again.addProperty("fingerprint", User.named("mallory").fingerprint());
        } else {
            stripped(again, what);
        }
        relay.say("dora", again);

        assertThat(dorasPhone.awaitSummary().reason()).isEqualTo(EndReason.PEER_CHANGED);
        assertThat(keys.size()).isEqualTo(1);
        SrtpUnprotector unprotector = keys.unprotectors().get(0);
        ByteBuffer plain = ByteBuffer.allocate(3_000);
        assertThat(fromDora.stream().filter(datagram -> datagram[0] < 0))
                .as("all that she ever sent is protected")
                .isNotEmpty()
                .allSatisfy(datagram -> assertThat(unprotector.unprotect(ByteBuffer.wrap(datagram), plain))
                        .isEqualTo(SrtpUnprotector.Result.ACCEPTED));
    }
}
