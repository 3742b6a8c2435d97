package voiptui.report;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallOutcome;
import voiptui.event.CallState;
import voiptui.event.Counter;
import voiptui.event.Encryption;
import voiptui.event.EndReason;
import voiptui.event.Grade;
import voiptui.event.MediaDirection;
import voiptui.event.PhoneEvent;
import voiptui.event.ProcessingMode;
import voiptui.event.QualityCause;
import voiptui.event.SessionEvent;
import voiptui.event.SessionEvent.MediaPath;
import voiptui.event.SpeechLevel;
import voiptui.event.VoiceEvent;

/** A call, a line and a phone in which everything happens that can: each kind of event at least once. */
final class SampleEvents {

    static final List<CallEvent> CALL = List.of(
            new CallEvent.Calling("192.0.2.1:8888", "192.0.2.1:9999", "192.0.2.7", 5000, "pcm", 44_100, 706),
            new CallEvent.AudioInUse(AudioDirection.INPUT, "default"),
            new CallEvent.StateChanged(CallState.CONNECTING, 1, 3, 0, null, ""),
            new CallEvent.StateChanged(CallState.CONNECTING, 2, 3, 500, null, "nothing listens on TCP 192.0.2.1:8888"),
            new CallEvent.RelayAnswered("HELLO", "WELCOME", 1.23456),
            new CallEvent.StateChanged(CallState.WAITING, 0, 0, 0, null, ""),
            new CallEvent.StateChanged(CallState.IN_CALL, 0, 0, 0, null, ""),
            new CallEvent.MicLevel(-12.3456, -20, false),
            new CallEvent.SpeakerLevel(CallEvent.SILENCE_DBFS, CallEvent.SILENCE_DBFS),
            new CallEvent.MicSilence(true, 2000),
            new CallEvent.MicSilence(false, 3500),
            new CallEvent.MuteChanged(true),
            new CallEvent.MuteChanged(false),
            new CallEvent.NetworkStats(100, 99, 1, 2, 3, 4, 5, 2.3456, 20),
            new CallEvent.PlayoutDelay(61.5, 60, 20, 500),
            new CallEvent.StateChanged(CallState.PEER_SILENT, 0, 0, 0, null, ""),
            new CallEvent.RelayFailed("HEARTBEAT", "no answer within 2000 ms", 1),
            new CallEvent.StateChanged(CallState.RELAY_LOST, 1, 0, 500, null, "no answer within 2000 ms"),
            new CallEvent.StateChanged(CallState.RELAY_LOST, 2, 0, 1000, null, "no answer within 2000 ms"),
            new CallEvent.StateChanged(CallState.RELAY_LOST, 3, 0, 2000, null, "no answer within 2000 ms"),
            new CallEvent.StateChanged(CallState.RELAY_LOST, 4, 0, 4000, null, "no answer within 2000 ms"),
            new CallEvent.StateChanged(CallState.WAITING, 0, 0, 0, null, "the other side hung up"),
            new CallEvent.StateChanged(CallState.RINGING, 0, 0, 0, null, ""),
            new CallEvent.Connected("192.0.2.7", "opus", "libopus", "rtp", List.of("red", "xr"), 48_000, 32),
            new CallEvent.Connected("192.0.2.7", "pcm", null, "classic", List.of(), 44_100, 706),
            new CallEvent.EncryptionChanged(Encryption.CLASSIC, false),
            new CallEvent.EncryptionChanged(Encryption.OLD_PROGRAM, true),
            new CallEvent.EncryptionChanged(
                    Encryption.PENDING,
                    false,
                    "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ",
                    null,
                    false,
                    true),
            new CallEvent.MediaEncrypted(
                    "AEAD_AES_128_GCM", List.of("spheroid", "commando", "tunnel", "Babylon", "acme")),
            new CallEvent.EncryptionChanged(
                    Encryption.END_TO_END,
                    false,
                    "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ",
                    "AEAD_AES_128_GCM",
                    false,
                    true),
            new CallEvent.EncryptionChanged(
                    Encryption.END_TO_END,
                    true,
                    "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ",
                    "AEAD_AES_128_GCM",
                    true,
                    true),
            new CallEvent.MediaEncryptionFailed("the other side shows another certificate"),
            new CallEvent.EncryptionChanged(Encryption.FAILED, false),
            new CallEvent.PeerChanged(
                    "workshop",
                    "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ",
                    "SHA256:b3RoZXIgbGluZXMgYXMgZ29sZGVuIGFzIHRoZSBmaXJ",
                    true,
                    true),
            new CallEvent.PeerChanged(
                    "workshop",
                    "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ",
                    "SHA256:b3RoZXIgbGluZXMgYXMgZ29sZGVuIGFzIHRoZSBmaXJ",
                    false,
                    false),
            new CallEvent.PeerNotSaved("workshop", "cannot write known_peers: permission denied"),
            new CallEvent.PeerReport(1.5, 7, 3.25, null),
            new CallEvent.AudioLost(
                    AudioDirection.INPUT, "default", "unplugged", List.of("0: Built-in", "3: USB Headset")),
            new CallEvent.AudioRestored(AudioDirection.INPUT, "default"),
            new CallEvent.AudioLost(AudioDirection.OUTPUT, "default", "no speaker can be opened", List.of()),
            new CallEvent.DevicesListed(
                    List.of(new CallEvent.Choice("default", "system default")),
                    List.of(
                            new CallEvent.Choice("default", "system default"),
                            new CallEvent.Choice("USB Headset", "Front"))),
            new CallEvent.PreviewLevel("USB Headset", -30.1234, null),
            new CallEvent.AudioInUse(AudioDirection.INPUT, "USB Headset"),
            new CallEvent.AudioWarning(AudioDirection.INPUT, "file:x.wav", "cut short: it holds 1.0 s"),
            new CallEvent.AudioRefused(AudioDirection.OUTPUT, "Hdmi", "there is no speaker 'Hdmi'"),
            new CallEvent.PeerChanged(
                    "workshop", "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ", null, true, false),
            new CallEvent.GainChanged(AudioDirection.INPUT, 6),
            new CallEvent.GainChanged(AudioDirection.OUTPUT, -1.5),
            new CallEvent.GainChanged(AudioDirection.OUTPUT, 0),
            new CallEvent.Processing(ProcessingMode.ALL, null),
            new CallEvent.Processing(ProcessingMode.OFF, null),
            new CallEvent.Processing(ProcessingMode.OFF, "no directory /usr/local/lib/voiptui/natives"),
            new CallEvent.TestTone(true),
            new CallEvent.TestTone(false),
            new CallEvent.Recording(true, "voiptui-20260102-030405.wav", 0, 0, 0, null),
            new CallEvent.Recording(false, "voiptui-20260102-030405.wav", 12_345, 37, 2, null),
            new CallEvent.Recording(false, "voiptui-20260102-030405.wav", 2000, 0, 0, "No space left on device"),
            new CallEvent.Recording(false, "", 0, 0, 0, "cannot write voiptui-20260102-030405.wav: Permission denied"),
            new CallEvent.Totals(totals()),
            new CallEvent.PeerRestarted(),
            new CallEvent.HoldChanged(true),
            new CallEvent.HoldChanged(false),
            new CallEvent.PeerState(true, false, false),
            new CallEvent.PeerState(true, true, true),
            new CallEvent.PeerState(false, false, false),
            new CallEvent.Text(true, "see https://voiptui.example/"),
            new CallEvent.Text(false, "a\u202e\u0007b"),
            new CallEvent.TextFailed("not delivered: hello"),
            new CallEvent.Failed("voiptui-capture", new IllegalStateException("oops")),
            new CallEvent.StateChanged(CallState.ENDED, 0, 0, 0, EndReason.PEER_LEFT, ""),
            new CallEvent.Summary(
                    CallState.IN_CALL,
                    EndReason.PEER_LEFT,
                    62_500,
                    3000,
                    2970,
                    30,
                    4,
                    5,
                    6,
                    7,
                    680,
                    2.3456,
                    61.2,
                    null,
                    "pcm",
                    -3.01,
                    Encryption.END_TO_END,
                    true,
                    "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ"));

    /** Every reading about the voice. */
    static final List<VoiceEvent> VOICE = List.of(
            new VoiceEvent.VoiceQuality(4.2345, 3.9876, 2.5, 0.25),
            new VoiceEvent.PeerQuality(4.1234, 2.5, 1.75),
            new VoiceEvent.VoiceDelay(20, null, 40.25, 0),
            new VoiceEvent.VoiceDelay(20, 62.5, 40.25, 11.5),
            new VoiceEvent.VoiceRates(38.4, 40.123, 31, List.of(), 0, false, true),
            new VoiceEvent.VoiceRates(92.5, 40.123, 24, List.of(2, 4), 500, true, false),
            new VoiceEvent.Quality(
                    VoiceEvent.Assessment.UNKNOWN,
                    new VoiceEvent.Assessment(Grade.POOR, QualityCause.LOSS_TO_RELAY, 24.2, 24.2, 3600),
                    new VoiceEvent.LegLosses(24.2, null, 0, 1.5)),
            new VoiceEvent.Replay(VoiceEvent.Replay.Phase.STARTED, 8_000, 3, true),
            new VoiceEvent.ReplayProgress(6_123.4, 12_345.6, 2),
            new VoiceEvent.Replay(VoiceEvent.Replay.Phase.ENDED, 0, 1, true),
            new VoiceEvent.QualityChanged(MediaDirection.RECEIVED, Grade.GOOD, null, QualityCause.NONE, 0),
            new VoiceEvent.QualityChanged(
                    MediaDirection.RECEIVED, Grade.POOR, Grade.GOOD, QualityCause.LOSS_FROM_RELAY, 24.2),
            new VoiceEvent.QualityChanged(MediaDirection.SENT, Grade.FAIR, null, QualityCause.LOSS_RELAY_TO_PEER, 4.2),
            new VoiceEvent.QualityChanged(MediaDirection.RECEIVED, Grade.BAD, Grade.POOR, QualityCause.LOSS, 40),
            new VoiceEvent.QualityChanged(
                    MediaDirection.RECEIVED, Grade.POOR, Grade.BAD, QualityCause.LATE_PACKETS, 48.2),
            new VoiceEvent.QualityChanged(MediaDirection.RECEIVED, Grade.FAIR, Grade.POOR, QualityCause.DELAY, 420),
            new VoiceEvent.QualityChanged(MediaDirection.RECEIVED, Grade.GOOD, Grade.FAIR, QualityCause.NONE, 0),
            new VoiceEvent.QualityChanged(MediaDirection.SENT, Grade.GOOD, Grade.GOOD, QualityCause.LOSS_TO_RELAY, 8),
            new VoiceEvent.QualityChanged(MediaDirection.SENT, Grade.GOOD, Grade.GOOD, QualityCause.NONE, 0),
            new VoiceEvent.Reception(false, 430),
            new VoiceEvent.QualityChanged(
                    MediaDirection.RECEIVED, Grade.BAD, Grade.GOOD, QualityCause.NOTHING_RECEIVED, 430),
            new VoiceEvent.QualityChanged(MediaDirection.RECEIVED, Grade.BAD, Grade.BAD, QualityCause.RELAY_LOST, 2500),
            new VoiceEvent.Reception(true, 3240));

    /** Every event of a session with a relay. */
    static final List<SessionEvent> SESSION = List.of(
            new SessionEvent.RelayVerified(
                    "relay.example:8888", "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ", true),
            new SessionEvent.RelayVerified(
                    "relay.example:8888", "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ", false),
            new SessionEvent.SignedIn("dora", "203.0.113.9:50123", false),
            new SessionEvent.PathChanged(MediaPath.UDP, "203.0.113.9:41234"),
            new SessionEvent.PathReading(12.3456),
            new SessionEvent.SessionLost("connection reset", 0, 0),
            new SessionEvent.SessionLost("nothing listens on TCP 192.0.2.1:8888", 1, 500),
            new SessionEvent.SessionLost("nothing listens on TCP 192.0.2.1:8888", 2, 1000),
            new SessionEvent.SessionLost("nothing listens on TCP 192.0.2.1:8888", 3, 2000),
            new SessionEvent.SignedIn("dora", "203.0.113.9:50124", true),
            new SessionEvent.PathChanged(MediaPath.NONE, ""),
            SessionEvent.PathChanged.toTunnel(SessionEvent.UdpProblem.BLOCKED, null),
            new SessionEvent.FellBackToClassic("relay.example:8888"),
            new SessionEvent.Legs(
                    new SessionEvent.Leg(1_000, 12, 1.25),
                    new SessionEvent.Leg(990, 3, null),
                    new SessionEvent.Leg(995, 5, 0.5),
                    null),
            new SessionEvent.RelayMessageUnreadable("connected", "unknown packets 'srtp'"),
            SessionEvent.PathChanged.toTunnel(SessionEvent.UdpProblem.LONG_PACKETS_LOST, 1_776),
            SessionEvent.PathChanged.toTunnel(SessionEvent.UdpProblem.MEDIA_LOST, null),
            new SessionEvent.RelayNotSaved("relay.example:8888", "cannot write /etc/x: read-only file system"),
            new SessionEvent.RelayDraining("relay.example:8888", "two.example:8888", 30_000),
            new SessionEvent.RelayChanged("relay.example:8888", "two.example:8888"),
            new SessionEvent.RelayNotFollowed("two.example:8888", "it is unknown here"),
            new SessionEvent.RelaySucceeded("relay.example:8888", "SHA256:former", "SHA256:new"),
            new SessionEvent.RelayVouchedFor("relay.example:8888", "SHA256:known", "SHA256:other"));

    /** A phone to which everything happens that can, its calls apart. */
    static final List<PhoneEvent> PHONE = List.of(
            new PhoneEvent.Ready("relay.example:8888", "dora", false),
            new PhoneEvent.Contacts(List.of(
                    new PhoneEvent.Contact("anna", true, false, 1_767_323_045_678L, true),
                    new PhoneEvent.Contact("workshop", true, true, 0))),
            new PhoneEvent.Incoming("workshop"),
            new PhoneEvent.RingingEnded("workshop", false, true, false, "nobody answered"),
            new PhoneEvent.Missed("workshop", 1_767_323_045_678L),
            new PhoneEvent.MissedEarlier(List.of(new PhoneEvent.Missed("anna", 1_767_323_045_678L))),
            new PhoneEvent.MissedEarlier(List.of(
                    new PhoneEvent.Missed("anna", 1_767_323_045_678L),
                    new PhoneEvent.Missed("workshop", 1_767_323_005_678L))),
            new PhoneEvent.MissedSeen(),
            new PhoneEvent.Incoming("192.0.2.7", null, true),
            new PhoneEvent.CallRefused("192.0.2.7"),
            new PhoneEvent.Incoming("anna", "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ", false),
            new PhoneEvent.Incoming(
                    "anna", "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ", false, null, true, true),
            new PhoneEvent.Incoming(
                    "anna",
                    "SHA256:b3RoZXIgbGluZXMgYXMgZ29sZGVuIGFzIHRoZSBmaXJ",
                    false,
                    "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ",
                    true,
                    true),
            new PhoneEvent.ConfirmationNeeded("anna"),
            new PhoneEvent.Incoming(
                    "cleo", null, false, "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ", true, false),
            new PhoneEvent.ChangedPeerRefused("cleo", "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ", null),
            new PhoneEvent.ChangedPeerRefused(
                    "anna",
                    "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ",
                    "SHA256:b3RoZXIgbGluZXMgYXMgZ29sZGVuIGFzIHRoZSBmaXJ"),
            new PhoneEvent.UnencryptedRefused("192.0.2.7", Encryption.CLASSIC),
            new PhoneEvent.RingingEnded("anna", true, false, false, ""),
            new PhoneEvent.CallStarted("anna", false),
            new PhoneEvent.CallStarted("workshop", true),
            new PhoneEvent.DialFailed("nobody at all", "neither a name nor an IP address"),
            new PhoneEvent.NobodyCalled("xyqz"),
            new PhoneEvent.DoNotDisturb(true),
            new PhoneEvent.DoNotDisturb(false),
            new PhoneEvent.CommandRefused("there is no call"),
            new PhoneEvent.BlockedPeers(List.of(
                    new PhoneEvent.BlockedPeer("mallory", "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ"))),
            new PhoneEvent.BlockedCall("mallory"),
            new PhoneEvent.BlockChanged("mallory", "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ", false),
            new PhoneEvent.BlockChanged("eve", "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ", true),
            new PhoneEvent.BlockFailed("10.0.0.9", "cannot be blocked: the relay shows no certificate"),
            new PhoneEvent.RecentCalls(List.of(
                    new PhoneEvent.RecentCall("anna", false, 1_767_323_045_678L, CallOutcome.MISSED, 0, null),
                    new PhoneEvent.RecentCall(
                            "workshop", true, 1_767_323_005_678L, CallOutcome.ANSWERED, 31_000, Grade.GOOD))),
            new PhoneEvent.FavoriteChanged("anna", true),
            new PhoneEvent.FavoriteChanged("anna", false),
            new PhoneEvent.FavoriteFailed("anna", "changed only until this phone ends: cannot write /etc/x"),
            new PhoneEvent.DeviceChosen(AudioDirection.INPUT, "USB Headset"),
            new PhoneEvent.EchoTest(PhoneEvent.EchoTestState.OPENING, null, ""),
            new PhoneEvent.EchoTest(PhoneEvent.EchoTestState.RECORDING, null, ""),
            new PhoneEvent.EchoTestLevel(-23.4, SpeechLevel.GOOD),
            new PhoneEvent.EchoTest(PhoneEvent.EchoTestState.PLAYING, SpeechLevel.TOO_QUIET, ""),
            new PhoneEvent.EchoTest(
                    PhoneEvent.EchoTestState.ENDED,
                    null,
                    "the sound system does not respond; restart the sound server"),
            new PhoneEvent.PhoneStopped(EndReason.NAME_REFUSED, "another certificate has the name dora"),
            new PhoneEvent.PhoneStopped(EndReason.QUIT, ""));

    private SampleEvents() {}

    private static Map<Counter, Long> totals() {
        Map<Counter, Long> totals = new EnumMap<>(Counter.class);
        totals.put(Counter.PACKETS_SENT, 100L);
        totals.put(Counter.PACKETS_AFTER_END, 2L);
        return totals;
    }
}
