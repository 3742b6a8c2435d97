package voiptui.report;

import java.util.List;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;

/** A call in which everything happens that can: each kind of event at least once. */
final class SampleEvents {

    static final List<CallEvent> CALL = List.of(
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
            new CallEvent.JitterBufferFill(3, 60, 60, 8),
            new CallEvent.StateChanged(CallState.PEER_SILENT, 0, 0, 0, null, ""),
            new CallEvent.RelayFailed("HEARTBEAT", "no answer within 2000 ms", 1),
            new CallEvent.StateChanged(CallState.RELAY_LOST, 1, 0, 500, null, "no answer within 2000 ms"),
            new CallEvent.StateChanged(CallState.RELAY_LOST, 2, 0, 1000, null, "no answer within 2000 ms"),
            new CallEvent.StateChanged(CallState.RELAY_LOST, 3, 0, 2000, null, "no answer within 2000 ms"),
            new CallEvent.StateChanged(CallState.RELAY_LOST, 4, 0, 4000, null, "no answer within 2000 ms"),
            new CallEvent.StateChanged(CallState.WAITING, 0, 0, 0, null, "the other side hung up"),
            new CallEvent.AudioLost(AudioDirection.INPUT, "default", "unplugged", List.of("0: Built-in", "3: USB Headset")),
            new CallEvent.AudioRestored(AudioDirection.INPUT, "default"),
            new CallEvent.AudioLost(AudioDirection.OUTPUT, "default", "no speaker can be opened", List.of()),
            new CallEvent.PeerRestarted(),
            new CallEvent.Failed("voiptui-capture", new IllegalStateException("oops")),
            new CallEvent.StateChanged(CallState.ENDED, 0, 0, 0, EndReason.PEER_LEFT, ""),
            new CallEvent.Summary(CallState.IN_CALL, EndReason.PEER_LEFT, 62_500, 3000, 2970, 30, 4, 5, 6, 7, 680, 2.3456,
                    61.2, null, "pcm", -3.01));

    private SampleEvents() {
    }
}
