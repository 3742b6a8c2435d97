package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.event.Counter;
import voiptui.event.RelayEvent;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaOffer;
import voiptui.relay.registrar.RegistrarCalls;

/** Hostile or broken clients must not harm others. */
class HostileClientTest extends RegistrarFixture {

    @Test
    void shouldRingFourPhonesAtOnceForOneCallerAndNoMore() {
        play("dora in; attic in; attic/2 in; cellar in; bell in");
        play("dora call 1 attic; dora call 2 cellar; dora call 3 bell; dora call 4 nobody");

        assertThat(sentBy("dora call 5 nobodyelse")).isEqualTo("dora: ended 5 busy");
        assertThat(sentBy("dora hangup 4; dora call 6 nobodyelse")).isEqualTo("dora: progress 6 waiting");
    }

    @Test
    void shouldStopAFloodOfCalls() {
        play("dora in; attic in; 1 s");
        for (int i = 1; i <= 1_000; i++) {
            play("dora call " + i + " attic; dora hangup " + i);
        }
        assertThat(channel("attic").all(RelayMessage.Incoming.class)).hasSize(CallMessageHandler.CALLS_PER_MINUTE);
        assertThat(counters.get(Counter.CALLS_PLACED)).isEqualTo(CallMessageHandler.CALLS_PER_MINUTE);
        assertThat(events(RelayEvent.CallEnded.class)).hasSize(CallMessageHandler.CALLS_PER_MINUTE);
        play("60 s");
        assertThat(sentBy("dora call 2000 attic")).contains("attic: incoming");
    }

    @Test
    void shouldStopAFloodOfMissedCalls() {
        play("dora in; attic in; cellar in; attic call 999 bell; 1 s");
        for (int i = 1; i <= 1_000; i++) {
            play("dora call " + i + " attic");
        }
        assertThat(channel("attic").all(RelayMessage.Missed.class)).hasSize(CallMessageHandler.CALLS_PER_MINUTE);
    }

    @Test
    void shouldLetClassicClientsRingOnlySoOften() {
        play("dora in");
        for (int i = 0; i < 1_000; i++) {
            play("classic @bell/5000 wants @dora; classic @bell leaves");
        }
        assertThat(channel("dora").all(RelayMessage.Incoming.class)).hasSize(CallRinging.CLASSIC_RINGS_PER_MINUTE);
    }

    @Test
    void shouldNotSilenceOtherClassicClientsBecauseOfOne() {
        play("dora in");
        for (int i = 0; i < 1_000; i++) {
            play("classic @bell/5000 wants @dora; classic @bell leaves");
        }
        assertThat(sentBy("classic @cellar/5000 wants @dora")).startsWith("dora: incoming");
    }

    @Test
    void shouldLimitReportsOfMissedClassicClients() {
        play("dora in; dora call 1 attic");
        for (int i = 0; i < 1_000; i++) {
            play("classic @bell/5000 wants @dora; classic @bell leaves");
        }
        assertThat(channel("dora").all(RelayMessage.Missed.class)).hasSize(CallRinging.CLASSIC_RINGS_PER_MINUTE);
    }

    @Test
    void shouldKeepABoundedNumberOfMessagesForALostClient() {
        play("dora in; dora drops");
        for (int i = 0; i < 1_000; i++) {
            session("dora").send(new RelayMessage.Missed("attic", i));
        }
        play("dora in");

        assertThat(channel("dora").all(RelayMessage.Missed.class))
                .hasSizeLessThanOrEqualTo(64)
                .last()
                .isEqualTo(new RelayMessage.Missed("attic", 999));
    }

    @Test
    void shouldRevealNothingOfACallToOthers() {
        play("dora in; attic in; cellar in; dora call 1 attic; attic accept 1");

        for (String words : List.of(
                "call 1 dora",
                "accept 1",
                "reject 1",
                "hangup 1",
                "rejoin 1 dora opus rtp",
                "rejoin 1 attic opus rtp")) {
            assertThat(sentBy("cellar " + words)).as(words).isEqualTo("cellar: ended 1 unknown");
            assertThat(state()).isEqualTo("1 connected dora=attic opus rtp");
        }
    }

    @Test
    void shouldNotRestoreACallThatOnlyOneSideClaims() {
        play("dora in; attic in; cellar in; cellar rejoin 1 dora opus rtp; cellar rejoin 2 attic opus rtp; 10 s");

        assertThat(media.peers).isEmpty();
        assertThat(sentBy("dora call 3 attic")).contains("attic: incoming 3 dora");
    }

    @Test
    void shouldLimitTheCallsThatAClientRejoins() {
        play("dora in");
        for (int i = 1; i <= 100; i++) {
            play("dora rejoin " + i + " attic opus rtp");
        }
        assertThat(RegistrarCalls.of(registrar)).hasSize(CallMessageHandler.MAX_PLACING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "a\nb",
                "\u001b]0;x\u0007",
                "dora ",
                "999.1.1.1",
                "10.0.0.1.",
                "fe80::1%",
                "0123456789012345678901234567890123"
            })
    void shouldNotCallAnInvalidName(String to) {
        play("dora in");
        tell("dora", new ClientMessage.Call(id("1"), to, MediaOffer.CLASSIC));

        assertThat(channel("dora").all(RelayMessage.Ended.class)).hasSize(1);
        assertThat(state()).isEqualTo("-");
    }

    /** Random scripts: nothing throws, and {@link RecordingMediaPlane} checks how flows are opened, paired and closed. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldStayConsistentUnderRandomInput(long seed) {
        Random random = new Random(seed);
        String[] who = {"dora", "attic", "attic/2", "cellar", "bell"};
        String[] to = {"dora", "attic", "cellar", "bell", "nobody", "@dora", "@attic", "@cellar", "@bell"};
        play("dora in; attic in; attic/2 in; cellar in; bell in");
        for (int i = 0; i < 1_000; i++) {
            String one = who[random.nextInt(who.length)];
            String other = to[random.nextInt(to.length)];
            String classic = to[5 + random.nextInt(4)];
            String call = "" + (1 + random.nextInt(12));
            String codec = random.nextBoolean() ? "opus" : "pcm";
            boolean there = session(one).isConnected();
            play(
                    switch (random.nextInt(there ? 16 : 19)) {
                        case 0, 1, 2 -> there ? one + " call " + (i + 100) + " " + other : one + " in";
                        case 3 -> there ? one + " call " + call + " " + other + " " + codec : one + " in";
                        case 4, 5 -> accept(one, random.nextInt(10) > 0 ? "opus,pcm" : codec);
                        case 6 -> one + " hangup " + call;
                        case 7 ->
                            session(one).activeCall() == null
                                    ? ""
                                    : one + " hangup " + session(one).activeCall().id;
                        case 8 ->
                            one + " rejoin " + call + " " + other + " " + codec
                                    + (other.startsWith("@") ? " classic" : " rtp");
                        case 9 -> there ? one + " drops" : one + " in";
                        case 10 -> one + " in" + (random.nextInt(4) == 0 ? " quiet" : "");
                        case 11 -> there && random.nextInt(4) == 0 ? one + " bye; " + one + " in" : "";
                        case 12 ->
                            "classic " + classic + "/" + (5000 + random.nextInt(2)) + " wants "
                                    + to[5 + random.nextInt(4)];
                        case 13 -> "classic " + classic + " leaves";
                        case 14 -> rejected(one);
                        case 15 -> random.nextInt(10) == 0 ? "61 s" : "1 s";
                        default -> one + " in";
                    });
            state();
            assertOneThingEach();
        }
        assertThat(counters.get(Counter.CALLS_CONNECTED)).isGreaterThan(10);
        play("dora bye; attic bye; attic/2 bye; cellar bye; bell bye; 200 s");
        assertThat(state()).isEqualTo("-");
        assertThat(media.open).isEmpty();
    }

    private String accept(String who, String codecs) {
        return session(who).ringing.isEmpty()
                ? ""
                : who + " accept " + session(who).ringing.iterator().next().id + " " + codecs;
    }

    private String rejected(String who) {
        return session(who).ringing.isEmpty()
                ? ""
                : who + " reject " + session(who).ringing.iterator().next().id;
    }

    /** A connected client does nothing else, and calls and sessions agree on who rings. */
    private void assertOneThingEach() {
        for (Call call : RegistrarCalls.of(registrar)) {
            assertThat(call.ringing)
                    .allSatisfy(phone -> assertThat(phone.ringing).contains(call));
            assertThat(call.phase == Call.Phase.RINGING).isEqualTo(!call.ringing.isEmpty());
            for (CallParty party : call.phase == Call.Phase.CONNECTED
                    ? List.of(call.caller, call.connected().callee)
                    : List.of(call.caller)) {
                assertThat(party.activeCall()).isSameAs(call.phase == Call.Phase.CONNECTED ? call : null);
                if (party instanceof ClientSession session && party.activeCall() != null) {
                    assertThat(session.placing).isEmpty();
                    assertThat(session.ringing).isEmpty();
                }
            }
        }
    }
}
