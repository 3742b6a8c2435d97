package voiptui.tui.call;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.event.Counter;
import voiptui.event.Encryption;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.Grade;
import voiptui.event.MediaDirection;
import voiptui.event.QualityCause;
import voiptui.event.SessionEvent;
import voiptui.event.VoiceEvent;
import voiptui.tui.Next;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.key.Controls;
import voiptui.tui.terminal.input.KeyPhase;

/** A call as its screen sees it, event by event, with a clock that the test moves. */
final class Scene {

    /** 14:03:00 on some day. */
    static final long START_MS = 1_700_000_000_000L / 86_400_000L * 86_400_000L + (14 * 60 + 3) * 60_000L;

    private static final CallProgram PROGRAM = new CallProgram();

    CallModel model = first(Controls.DEFAULT);
    long nowMs = START_MS;
    final List<Command> asked = new ArrayList<>();

    private static CallModel first(Controls controls) {
        return CallModel.first(
                new CallModel.Setting(
                        "relay.example:8888",
                        "192.0.2.7",
                        "/home/me/.local/state/voiptui/voiptui.log",
                        ZoneOffset.UTC,
                        false,
                        controls),
                START_MS);
    }

    /** Before the first event, with other controls. */
    static Scene controlled(Controls controls) {
        Scene scene = new Scene();
        scene.model = first(controls);
        return scene;
    }

    Scene event(Event event) {
        model = CallUpdate.onEvent(model, event, nowMs);
        return this;
    }

    Scene after(long ms) {
        nowMs += ms;
        return follow(PROGRAM.onTick(model, nowMs));
    }

    Scene key(char key) {
        return key(new KeyStroke(key, false, false));
    }

    Scene key(KeyType key) {
        return key(new KeyStroke(key));
    }

    Scene key(KeyStroke key) {
        return follow(PROGRAM.onKey(model, key, nowMs));
    }

    /** A key at a terminal that reports releases. */
    Scene key(char key, KeyPhase phase) {
        return follow(PROGRAM.onHeldKey(model, new KeyStroke(key, false, false), phase, nowMs));
    }

    Scene focusLost() {
        return follow(PROGRAM.onFocusLost(model, nowMs));
    }

    private Scene follow(Next<CallModel> next) {
        model = next.model();
        asked.addAll(next.commands());
        return this;
    }

    Scene state(CallState state) {
        return event(new CallEvent.StateChanged(state, 0, 0, 0, null, ""));
    }

    /** As a call begins. */
    static Scene connecting() {
        return new Scene()
                .event(new CallEvent.Calling("192.0.2.1:8888", "192.0.2.1:9999", "192.0.2.7", 5000, "pcm", 44_100, 706))
                .event(new CallEvent.AudioInUse(AudioDirection.INPUT, "USB Headset"))
                .event(new CallEvent.AudioInUse(AudioDirection.OUTPUT, "default"))
                .event(new CallEvent.StateChanged(CallState.CONNECTING, 1, 3, 0, null, ""));
    }

    static Scene waiting() {
        return connecting()
                .after(200)
                .event(new CallEvent.RelayAnswered("HELLO", "WELCOME", 12.3))
                .state(CallState.WAITING);
    }

    /** Half a minute of a call on a network that is not perfect. */
    static Scene inCall() {
        Scene scene = waiting().after(4000).state(CallState.IN_CALL);
        for (int halfSecond = 1; halfSecond <= 60; halfSecond++) {
            long lost = halfSecond < 20 ? 0 : halfSecond < 30 ? halfSecond - 19 : 11;
            scene.after(500)
                    .event(new CallEvent.NetworkStats(
                            25L * halfSecond,
                            25L * halfSecond - lost,
                            lost,
                            lost / 5,
                            1,
                            lost / 3,
                            0,
                            1.9 + halfSecond % 4,
                            lost * 20))
                    .event(new CallEvent.PlayoutDelay(40 + halfSecond % 3 * 20, 60, 20, 500));
            if (halfSecond > 10) {
                scene.event(new VoiceEvent.VoiceQuality(4.3 - lost / 40.0, 4.02, 0, 0))
                        .event(new VoiceEvent.VoiceDelay(20, null, 40, 12))
                        .event(new VoiceEvent.Quality(good(0, lost * 20), VoiceEvent.Assessment.UNKNOWN, null));
            }
        }
        return scene.event(new CallEvent.RelayAnswered("HEARTBEAT", "ALIVE", 14.1))
                .event(new CallEvent.Totals(totals()))
                .event(new CallEvent.MicLevel(-18.2, -30, false))
                .event(new CallEvent.SpeakerLevel(-7.4, -20))
                .after(300)
                .event(new CallEvent.MicLevel(-24, -36, false))
                .event(new CallEvent.SpeakerLevel(-11, -25));
    }

    /** The beginning of a v2 call. */
    static Scene signedIn() {
        return new Scene()
                .event(new SessionEvent.RelayVerified(
                        "relay.example:8888", "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXM", false))
                .event(new CallEvent.Calling("192.0.2.1:8888", "192.0.2.1:9999", "workshop", 0, "", 0, 0))
                .event(new CallEvent.AudioInUse(AudioDirection.INPUT, "USB Headset"))
                .event(new CallEvent.AudioInUse(AudioDirection.OUTPUT, "default"))
                .event(new CallEvent.StateChanged(CallState.CONNECTING, 1, 3, 0, null, ""))
                .after(200)
                .event(new SessionEvent.SignedIn("dora", "203.0.113.9:50123", false))
                .event(new SessionEvent.PathChanged(SessionEvent.MediaPath.UDP, "203.0.113.9:41234"))
                .event(new SessionEvent.PathReading(11.9))
                .event(new CallEvent.RelayAnswered("ping", "pong", 12.3));
    }

    /** An encrypted call. */
    static Scene encrypted(boolean verified) {
        String fingerprint = "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28";
        return peerReports()
                .event(new CallEvent.EncryptionChanged(Encryption.PENDING, verified, fingerprint, null, verified, true))
                .event(new CallEvent.MediaEncrypted(
                        "AEAD_AES_128_GCM", List.of("spheroid", "microscope", "tunnel", "Babylon", "watchword")))
                .event(new CallEvent.EncryptionChanged(
                        Encryption.END_TO_END, verified, fingerprint, "AEAD_AES_128_GCM", verified, true));
    }

    /** A call of ours to somebody whose fingerprint has changed. */
    static Scene changedPeer() {
        return ringing()
                .event(new CallEvent.PeerChanged(
                        "workshop",
                        "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28",
                        "SHA256:b3RoZXIgbGluZXMgYXMgZ29sZGVuIGFzIHRoZSBmaXJ",
                        true,
                        true));
    }

    /** A call of ours to somebody known that would not be encrypted. */
    static Scene downgradedPeer() {
        return ringing()
                .event(new CallEvent.PeerChanged(
                        "workshop", "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28", null, true, true));
    }

    static Scene ringing() {
        return signedIn().state(CallState.RINGING).after(3000);
    }

    /** Half a minute of a v2 call whose peer loses more packets. */
    static Scene peerReports() {
        Scene scene = ringing()
                .event(new CallEvent.Connected("192.0.2.7", "opus", "libopus", "rtp", List.of(), 48_000, 32))
                .state(CallState.IN_CALL);
        for (int halfSecond = 1; halfSecond <= 60; halfSecond++) {
            long lost = halfSecond < 20 ? 0 : halfSecond < 30 ? halfSecond - 19 : 11;
            scene.after(500)
                    .event(new CallEvent.NetworkStats(
                            25L * halfSecond,
                            25L * halfSecond - lost,
                            lost,
                            lost / 5,
                            1,
                            lost / 3,
                            0,
                            1.9 + halfSecond % 4,
                            lost * 20))
                    .event(new CallEvent.PlayoutDelay(40 + halfSecond % 3 * 20, 60, 20, 500))
                    .event(new SessionEvent.PathReading(11.9 + halfSecond % 5));
            if (halfSecond % 2 == 0) {
                scene.event(new CallEvent.PeerReport(halfSecond % 8, halfSecond, 3.1, 45.2));
            }
            if (halfSecond > 10) {
                scene.event(new VoiceEvent.VoiceQuality(4.3 - lost / 40.0, 4.02, 0, 0))
                        .event(new VoiceEvent.PeerQuality(4.2, 4.1, 0.4))
                        .event(new VoiceEvent.VoiceDelay(20, 22.6, 20 + halfSecond, 12.2))
                        .event(new VoiceEvent.Quality(
                                good(0, lost * 20), good(3.2, 240), new VoiceEvent.LegLosses(2.9, 0.0, 0, 0.3)));
            }
        }
        return scene.event(new VoiceEvent.VoiceQuality(4.14, 3.62, 0.53, 0.2))
                .event(new VoiceEvent.PeerQuality(3.94, 3.41, 0.4))
                .event(new VoiceEvent.VoiceDelay(20, 22.6, 40.4, 12.2))
                .event(new VoiceEvent.VoiceRates(61.4, 38.2, 24, List.of(2), 0, false, true))
                .event(new CallEvent.Totals(repairedTotals()))
                .event(new CallEvent.MicLevel(-18.2, -30, false))
                .event(new CallEvent.SpeakerLevel(-7.4, -20));
    }

    private static VoiceEvent.Assessment good(double lossPercent, long gapsMs) {
        return new VoiceEvent.Assessment(Grade.GOOD, QualityCause.NONE, 0, lossPercent, gapsMs);
    }

    /** A call in which the user's network has lost a quarter of everything for the last fifteen seconds. */
    static Scene poor() {
        Scene scene = encrypted(true)
                .event(new VoiceEvent.QualityChanged(
                        MediaDirection.RECEIVED, Grade.POOR, Grade.GOOD, QualityCause.LOSS_FROM_RELAY, 24.2));
        for (int halfSecond = 1; halfSecond <= 30; halfSecond++) {
            scene.after(500)
                    .event(new VoiceEvent.VoiceQuality(2.9 - halfSecond % 5 * 0.1, 2.5, 12, 9))
                    .event(new VoiceEvent.PeerQuality(3.7, 3.6, 2))
                    .event(new VoiceEvent.VoiceDelay(20, 22.6, 80 + halfSecond, 12.2))
                    .event(new VoiceEvent.Quality(
                            new VoiceEvent.Assessment(
                                    Grade.POOR, QualityCause.LOSS_FROM_RELAY, 24.2, 24.2, 220 + 113L * halfSecond),
                            new VoiceEvent.Assessment(Grade.FAIR, QualityCause.LOSS_TO_RELAY, 10.2, 10.2, 900),
                            new VoiceEvent.LegLosses(10.1, 24.0, 0, 0.1)));
        }
        return scene;
    }

    /** A call in which all is well here, but not at the peer. */
    static Scene poorForThePeer() {
        return peerReports()
                .event(new VoiceEvent.QualityChanged(
                        MediaDirection.SENT, Grade.POOR, Grade.GOOD, QualityCause.LOSS_RELAY_TO_PEER, 18))
                .event(new VoiceEvent.Quality(
                        good(0, 220),
                        new VoiceEvent.Assessment(Grade.POOR, QualityCause.LOSS_RELAY_TO_PEER, 18, 18, 4_300),
                        new VoiceEvent.LegLosses(0, 0.0, 0, 18.1)));
    }

    /** A call from which nothing has come for three seconds, because the relay is gone. */
    static Scene outage() {
        return sessionLost()
                .event(new VoiceEvent.Reception(false, 430))
                .event(new VoiceEvent.QualityChanged(
                        MediaDirection.RECEIVED, Grade.BAD, Grade.GOOD, QualityCause.RELAY_LOST, 430))
                .event(new VoiceEvent.Quality(
                        new VoiceEvent.Assessment(Grade.BAD, QualityCause.RELAY_LOST, 3_000, 0, 2_800),
                        good(3.2, 240),
                        null));
    }

    static Scene sessionLost() {
        return peerReports()
                .event(new SessionEvent.SessionLost("connection reset", 0, 0))
                .event(new SessionEvent.SessionLost("nothing listens on TCP 192.0.2.1:8888", 1, 3000))
                .after(600);
    }

    static Scene tunnel() {
        return peerReports().event(SessionEvent.PathChanged.toTunnel(SessionEvent.UdpProblem.BLOCKED, null));
    }

    static Scene tunnelForLongPackets() {
        return peerReports().event(SessionEvent.PathChanged.toTunnel(SessionEvent.UdpProblem.LONG_PACKETS_LOST, 1_776));
    }

    /** A call through a relay that turned out to be classic. */
    static Scene fellBack() {
        Scene scene = new Scene();
        scene.event(new SessionEvent.FellBackToClassic("relay.example:8888"));
        CallModel call = inCall().model;
        scene.model = call.with(call.ui().with(scene.model.ui().log().lines().get(0)))
                .with(call.relay().with(scene.model.session()));
        scene.nowMs = scene.model.nowMs();
        return scene;
    }

    static Map<Counter, Long> totals() {
        Map<Counter, Long> totals = new EnumMap<>(Counter.class);
        for (Counter counter : Counter.values()) {
            if (counter.side() == Counter.Side.CALL) {
                totals.put(counter, 0L);
            }
        }
        totals.put(Counter.PACKETS_SENT, 1500L);
        totals.put(Counter.PACKETS_RECEIVED, 1489L);
        totals.put(Counter.PACKETS_LOST, 11L);
        totals.put(Counter.PACKETS_EXPECTED, 1500L);
        totals.put(Counter.PACKETS_PLAYED, 1489L);
        totals.put(Counter.PACKETS_CONCEALED, 11L);
        totals.put(Counter.CONCEALED_MS, 220L);
        return totals;
    }

    /** As above, but some losses were repaired. */
    private static Map<Counter, Long> repairedTotals() {
        Map<Counter, Long> totals = totals();
        totals.put(Counter.PACKETS_RECOVERED, 8L);
        totals.put(Counter.RECOVERED_FROM_COPIES, 7L);
        totals.put(Counter.RECOVERED_BY_RETRANSMISSION, 1L);
        totals.put(Counter.RETRANSMISSIONS_REQUESTED, 2L);
        totals.put(Counter.PACKETS_CONCEALED, 3L);
        totals.put(Counter.CONCEALED_MS, 60L);
        return totals;
    }

    static Scene relayLost() {
        return inCall().event(new CallEvent.RelayFailed("HEARTBEAT", "nothing listens on TCP 192.0.2.1:8888", 1))
                .event(new CallEvent.StateChanged(
                        CallState.RELAY_LOST, 1, 0, 2000, null, "nothing listens on TCP 192.0.2.1:8888"))
                .after(600);
    }

    static Scene ended() {
        return inCall().event(new CallEvent.Recording(true, "voiptui-20260102-140330.wav", 0, 0, 0, null))
                .event(new CallEvent.Recording(false, "voiptui-20260102-140330.wav", 5000, 0, 0, null))
                .event(new CallEvent.StateChanged(CallState.ENDED, 0, 0, 0, EndReason.PEER_LEFT, ""))
                .event(new CallEvent.Summary(
                        CallState.IN_CALL,
                        EndReason.PEER_LEFT,
                        754_000,
                        37_700,
                        37_688,
                        12,
                        4,
                        0,
                        2,
                        0,
                        240,
                        1.93,
                        61.2,
                        12.3,
                        "pcm",
                        -6.2));
    }
}
