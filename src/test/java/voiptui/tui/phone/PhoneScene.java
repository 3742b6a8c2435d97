package voiptui.tui.phone;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallOutcome;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.Grade;
import voiptui.event.PhoneEvent;
import voiptui.event.PhoneEvent.EchoTestState;
import voiptui.event.SessionEvent;
import voiptui.event.SpeechLevel;
import voiptui.tui.Next;
import voiptui.tui.key.Controls;
import voiptui.tui.terminal.input.KeyPhase;

/** A phone as its screen sees it, event by event, with a clock that the test moves. */
final class PhoneScene {

    /** 14:03:00 on some day. */
    static final long START_MS = 1_700_000_000_000L / 86_400_000L * 86_400_000L + (14 * 60 + 3) * 60_000L;

    private static final PhoneProgram PROGRAM = new PhoneProgram();

    PhoneModel model;
    long nowMs = START_MS;
    int bells;
    final List<Command> asked = new ArrayList<>();

    PhoneScene(boolean ring) {
        this(ring, Controls.DEFAULT);
    }

    PhoneScene(boolean ring, Controls controls) {
        model = PhoneModel.first(new PhoneModel.Setting(
                "relay.example:8888",
                "dora",
                ring,
                "/home/me/.local/state/voiptui/phone.log",
                ZoneOffset.UTC,
                START_MS,
                controls));
    }

    private PhoneScene follow(Next<PhoneModel> next) {
        model = next.model();
        asked.addAll(next.commands());
        bells += next.bell() ? 1 : 0;
        return this;
    }

    PhoneScene event(Event event) {
        return follow(PROGRAM.onEvent(model, event, nowMs));
    }

    /** Time goes on, tick by tick, as the loop does it. */
    PhoneScene after(long ms) {
        long endMs = nowMs + ms;
        while (nowMs < endMs) {
            nowMs = Math.min(endMs, nowMs + 100);
            follow(PROGRAM.onTick(model, nowMs));
        }
        return this;
    }

    PhoneScene key(char key) {
        return key(new KeyStroke(key, false, false));
    }

    PhoneScene key(KeyType key) {
        return key(new KeyStroke(key));
    }

    PhoneScene key(KeyStroke key) {
        return follow(PROGRAM.onKey(model, key, nowMs));
    }

    /** A key at a terminal that reports releases. */
    PhoneScene key(char key, KeyPhase phase) {
        return follow(PROGRAM.onHeldKey(model, new KeyStroke(key, false, false), phase, nowMs));
    }

    PhoneScene type(String text) {
        text.chars().forEach(character -> key((char) character));
        return this;
    }

    PhoneScene state(CallState state) {
        return event(new CallEvent.StateChanged(state, 0, 0, 0, null, ""));
    }

    static PhoneScene first() {
        return new PhoneScene(true).event(new PhoneEvent.Ready("relay.example:8888", "dora", false));
    }

    /** Signed in, and nobody else is known. */
    static PhoneScene alone() {
        return alone(first());
    }

    private static PhoneScene alone(PhoneScene scene) {
        return scene.event(new SessionEvent.RelayVerified(
                        "relay.example:8888", "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXM", false))
                .event(new SessionEvent.SignedIn("dora", "203.0.113.9:50123", false))
                .event(new SessionEvent.PathChanged(SessionEvent.MediaPath.UDP, "203.0.113.9:41234"))
                .event(new SessionEvent.PathReading(12.3))
                .event(new PhoneEvent.Contacts(List.of()));
    }

    static PhoneScene idle() {
        return idle(first());
    }

    static PhoneScene idle(PhoneScene scene) {
        return alone(scene)
                .event(new PhoneEvent.Contacts(List.of(
                        new PhoneEvent.Contact("anna", true, false, START_MS),
                        new PhoneEvent.Contact(
                                "a-name-as-long-as-a-name-may-be.", false, false, START_MS - 5 * 3_600_000L),
                        new PhoneEvent.Contact("cellar", false, false, START_MS - 200_000),
                        new PhoneEvent.Contact("storage", false, false, 0),
                        new PhoneEvent.Contact("workshop", true, true, START_MS))));
    }

    /** Two of 34 are online; the others were last seen one after the other. */
    static PhoneScene crowd() {
        List<PhoneEvent.Contact> crowd = new ArrayList<>();
        for (int i = 0; i < 34; i++) {
            crowd.add(
                    new PhoneEvent.Contact(String.format("p%02d", i), i < 2, i == 1, START_MS - (34 - i) * 3_600_000L));
        }
        return alone(first()).event(new PhoneEvent.Contacts(crowd));
    }

    static PhoneScene incoming() {
        return idle().event(new PhoneEvent.Incoming("workshop")).after(4000);
    }

    /** A caller with a certificate. */
    static PhoneEvent.Incoming from(String name) {
        return new PhoneEvent.Incoming(name, "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ", false);
    }

    /** A caller whose fingerprint has changed. */
    static PhoneEvent.Incoming changed(String name) {
        return new PhoneEvent.Incoming(
                name,
                "SHA256:b3RoZXIgbGluZXMgYXMgZ29sZGVuIGFzIHRoZSBmaXJ",
                false,
                "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28",
                true,
                true);
    }

    /** Two callers at once. */
    static PhoneScene twoCallers() {
        return incoming().event(from("anna")).after(1000);
    }

    /** A caller during a call. */
    static PhoneScene callWaiting() {
        return inCall().event(from("anna")).after(2000);
    }

    /** The list of blocked callers. */
    static PhoneScene blocked() {
        return idle().event(new PhoneEvent.BlockedPeers(List.of(
                        new PhoneEvent.BlockedPeer("mallory", "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ"),
                        new PhoneEvent.BlockedPeer("eve", "SHA256:QW5vdGhlciBvbmUsIHdpdGggdGhpcnR5LXR3byBieXRlcy4"))))
                .key('b');
    }

    /** A call of ours that the relay was asked for. */
    static PhoneScene dialing() {
        return idle().event(new PhoneEvent.CallStarted("workshop", true))
                .event(new CallEvent.Calling("192.0.2.1:8888", "192.0.2.1:9999", "workshop", 0, "", 0, 0))
                .event(new CallEvent.AudioInUse(AudioDirection.INPUT, "USB Headset"))
                .event(new CallEvent.AudioInUse(AudioDirection.OUTPUT, "default"))
                .event(new CallEvent.StateChanged(CallState.CONNECTING, 1, 0, 0, null, ""));
    }

    static PhoneScene inCall() {
        return dialing()
                .state(CallState.RINGING)
                .after(3000)
                .event(new CallEvent.Connected("workshop", "opus", "libopus", "rtp", List.of(), 48_000, 32))
                .state(CallState.IN_CALL)
                .event(new CallEvent.NetworkStats(1500, 1489, 11, 2, 0, 3, 0, 1.93, 220))
                .event(new CallEvent.PlayoutDelay(61.5, 60, 20, 500))
                .event(new CallEvent.PeerReport(1.5, 7, 3.25, 45.2))
                .after(30_000);
    }

    /** The end of the call, and its last event. */
    PhoneScene end(EndReason reason, long packetsReceived) {
        return event(new CallEvent.StateChanged(CallState.ENDED, 0, 0, 0, reason, ""))
                .event(new CallEvent.Summary(
                        CallState.IN_CALL,
                        reason,
                        30_000,
                        1500,
                        packetsReceived,
                        11,
                        2,
                        0,
                        3,
                        0,
                        220,
                        1.93,
                        61.2,
                        12.3,
                        "opus",
                        -6.2));
    }

    static PhoneScene missed() {
        PhoneScene scene = idle();
        return scene.event(new PhoneEvent.Missed("storage", scene.nowMs - 3 * 86_400_000L))
                .event(new PhoneEvent.Missed("anna", scene.nowMs))
                .key(KeyType.Tab)
                .key(KeyType.Tab)
                .after(61_000)
                .event(new PhoneEvent.Incoming("workshop"))
                .after(30_000)
                .event(new PhoneEvent.RingingEnded("workshop", false, true, false, "nobody answered"))
                .event(new PhoneEvent.Missed("workshop", scene.nowMs));
    }

    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;

    /** Calls of today, of this week, of this year, and before that; START_MS is a Tuesday. */
    static final List<PhoneEvent.RecentCall> CALLS = List.of(
            call("cleo", false, START_MS - 60_000, CallOutcome.MISSED, 0, null),
            call("cleo", false, START_MS - 90_000, CallOutcome.MISSED, 0, null),
            call("anna", false, START_MS - 2 * 60_000, CallOutcome.ANSWERED, 765_000, Grade.POOR),
            call("workshop", true, START_MS - HOUR_MS, CallOutcome.ANSWERED, 242_000, Grade.GOOD),
            call("workshop", true, START_MS - 2 * HOUR_MS, CallOutcome.NO_ANSWER, 0, null),
            call("cleo", false, START_MS - 3 * HOUR_MS, CallOutcome.MISSED, 0, null),
            call("a-name-as-long-as-a-name-may-be.", true, START_MS - DAY_MS, CallOutcome.ANSWERED, 31_000, Grade.FAIR),
            call("storage", false, START_MS - 3 * DAY_MS, CallOutcome.REJECTED, 0, null),
            call("anna", true, START_MS - 20 * DAY_MS, CallOutcome.ANSWERED, 7_384_000, Grade.BAD),
            call("192.0.2.7", false, START_MS - 400 * DAY_MS, CallOutcome.ANSWERED, 59_000, null));

    private static PhoneEvent.RecentCall call(
            String peer, boolean outgoing, long atMs, CallOutcome outcome, long durationMs, Grade quality) {
        return new PhoneEvent.RecentCall(peer, outgoing, atMs, outcome, durationMs, quality);
    }

    /** Three calls were missed, among others. */
    static PhoneScene recent() {
        return idle().event(new PhoneEvent.MissedEarlier(List.of(
                        new PhoneEvent.Missed("cleo", START_MS - 60_000),
                        new PhoneEvent.Missed("cleo", START_MS - 90_000),
                        new PhoneEvent.Missed("cleo", START_MS - 3 * HOUR_MS))))
                .event(new PhoneEvent.RecentCalls(CALLS));
    }

    /** Favorites, some of them offline, some of them busy. */
    static PhoneScene favorites() {
        return recent().event(new PhoneEvent.Contacts(List.of(
                new PhoneEvent.Contact("anna", true, false, 0),
                new PhoneEvent.Contact("ben", true, false, 0, true, true),
                new PhoneEvent.Contact("cleo", false, false, START_MS - 200_000),
                new PhoneEvent.Contact("dan", false, false, START_MS - 2 * DAY_MS, false, true),
                new PhoneEvent.Contact("zoe", true, true, 0, false, true))));
    }

    /** Devices to choose from. */
    static PhoneScene devices() {
        return idle().key('d')
                .event(new CallEvent.DevicesListed(
                        List.of(
                                new CallEvent.Choice("default", "system default"),
                                new CallEvent.Choice("USB Headset", "USB Audio")),
                        List.of(
                                new CallEvent.Choice("default", "system default"),
                                new CallEvent.Choice("USB Headset", "USB Audio"),
                                new CallEvent.Choice("Speakers", "Built-in"))));
    }

    /** The user speaks, and is heard well. */
    static PhoneScene speaking() {
        return favorites()
                .event(new PhoneEvent.DeviceChosen(AudioDirection.INPUT, "USB Headset"))
                .event(new PhoneEvent.EchoTest(EchoTestState.OPENING, null, ""))
                .event(new PhoneEvent.EchoTest(EchoTestState.RECORDING, null, ""))
                .event(new PhoneEvent.EchoTestLevel(-12, null))
                .event(new PhoneEvent.EchoTestLevel(-28, SpeechLevel.GOOD));
    }

    static PhoneScene sessionLost() {
        return idle().event(new SessionEvent.SessionLost("nothing listens on TCP 192.0.2.1:8888", 2, 4000))
                .after(1000);
    }
}
